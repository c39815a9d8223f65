"""A third plan, with four levels, other thresholds and another priority list: a file, and no code."""

THIRD_PLAN = """
key: snow-xidistrict
title: {zh: 西区雨雪冰冻供电应急预案, en: Snow plan of the western district}
document_number: 西政办发〔2026〕1号
issuer: 西区人民政府办公室
issued_on: 2024-02-29
county_code: "140525"
county_name: {zh: 西区, en: Western district}
office: {zh: 西区应急管理局, en: Western bureau of emergency management}
commodities: [electricity]
revision: {clause: "6.1", every_years: 2, text: 每2年修订一次}
organisation:
  headquarters: {clause: "2.1", name: 西区指挥部, commander: 区长, deputies: 副区长, duties: [统一指挥]}
  office: {clause: "2.2", name: 办公室, seat: 西区应急管理局, director: 局长, duties: [值守]}
  units: [{name: 供电所, clause: "2.3", duty: 抢修}]
  groups: [{key: repair, name: 抢修组, clause: "2.4", lead: 供电所, members: [], duty: 抢修}]
  on_site: {clause: "2.5", lead: 供电所, members: 事发镇, duty: 现场处置}
  telephones: [{unit: 供电所, clause: 附录 1, numbers: ["2000001"], township_code: "140502102"}]
figures:
  - key: households_share
    kind: share
    title: {zh: 停电用户占比, en: Share without power}
    clauses: ["4.1(1)"]
    measure: {kind: customers_out_share, networks: [electricity]}
  - {key: roads_blocked, kind: flag, title: {zh: 道路中断, en: Roads blocked}, clauses: ["4.4(2)"]}
levels:
  - level: 四级
    clause: "4.1"
    conditions: [{clause: 4.1(1), text: 5%以上15%以下用户停电, test: {figure: households_share, band: [0.05, 0.15]}}]
    decided_by: [值班长]
    procedure: 值班长启动
    report_every_minutes: 360
    measures: [{clause: "4.1", text: 巡查, group: repair}]
  - level: 三级
    clause: "4.2"
    conditions: [{clause: 4.2(1), text: 15%以上35%以下用户停电, test: {figure: households_share, band: [0.15, 0.35]}}]
    decided_by: [局长]
    procedure: 局长启动
    measures: [{clause: "4.2", text: 抢修}]
  - level: 二级
    clause: "4.3"
    conditions: [{clause: 4.3(1), text: 35%以上75%以下用户停电, test: {figure: households_share, band: [0.35, 0.75]}}]
    decided_by: [副区长]
    procedure: 副区长启动
    measures: [{clause: "4.3", text: 调度}]
  - level: 一级
    clause: "4.4"
    conditions:
      - {clause: 4.4(1), text: 75%以上用户停电, test: {figure: households_share, band: [0.75, null]}}
      - clause: 4.4(2)
        text: 35%以上用户停电且道路中断
        test: {all: [{figure: households_share, at_least: 0.35}, {figure: roads_blocked, is: true}]}
    decided_by: [区长]
    procedure: 区长启动
    measures: [{clause: "4.4", text: 请求支援}]
reports: {clause: "4.5", text: 及时报告, content: [时间, 地点]}
ending: {clause: "4.6", text: 谁启动谁结束, rule: 谁启动谁结束}
priority_list:
  - {tier: 1, category: school, clause: "5.1", name: {zh: 学校, en: Schools}}
  - {tier: 2, category: hospital, clause: "5.1", name: {zh: 医院, en: Hospitals}}
warnings:
  clause: "3.1"
  levels: [{key: snow, name: 雨雪预警, clause: "3.1", criteria: 可能停电, approved_by: [局长], issued_by: 办公室}]
  required_content: [级别]
  lifting_clause: "3.2"
  lifting: 谁发布谁解除
interpretations: []
"""
