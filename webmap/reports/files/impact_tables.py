"""The impact as tables: by network, township, facility, class and hour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from layers.schema import Choice, Title
from layers.vocabulary import FACILITY_CATEGORIES, NETWORKS
from webmap.languages import Language
from webmap.reports.files.tables import (
    ReportColumn,
    ReportTable,
    hours,
    integer,
    moment,
    number,
    ratio,
    share,
    text,
    title_of,
)

if TYPE_CHECKING:
    from priority.aftermath import Impact

_Made = Callable[[str, str, str], ReportColumn]


def networks_table(impact: Impact, language: Language) -> ReportTable:
    """One row a network: who was out, for how long in sum, when it came back, IEEE 1366 indices."""
    columns = (
        text("network", "网络", "Network"),
        integer("customers_total", "总户数", "Customers"),
        integer("customers_unknown", "户数不明的用户点", "Consumer points of unknown customers"),
        integer("customers_hit", "停供过的户数", "Customers hit"),
        integer("people_hit", "停供过的人口", "People hit"),
        integer("vulnerable_people_hit", "其中老弱病残孕幼", "Vulnerable people hit"),
        integer("peak_customers", "同时停供最多户数", "Most customers out at once"),
        moment("peak_at", "停供最多的时间", "Peak at"),
        number("customer_hours", "停供户时", "Customer-hours"),
        number("people_hours", "停供人时", "People-hours"),
        number("unserved", "少供的量", "Not delivered"),
        text("unserved_unit", "少供量的单位", "Unit of what was not delivered"),
        moment("first_loss_at", "首次停供", "First loss"),
        hours("restored_50_hours", "恢复 50 %（小时）", "50 % restored (h)"),
        hours("restored_90_hours", "恢复 90 %（小时）", "90 % restored (h)"),
        hours("restored_100_hours", "恢复 100 %（小时）", "100 % restored (h)"),
        integer("out_at_end", "截至时仍停户数", "Customers still out"),
        integer("interruptions", "持续停供户次（超过 5 分钟）", "Customer interruptions over 5 min"),
        integer("momentary_interruptions", "短时停供户次", "Momentary customer interruptions"),
        ratio("saifi", "SAIFI（次/户）", "SAIFI (per customer)"),
        number("saidi_minutes", "SAIDI（分钟/户）", "SAIDI (minutes per customer)"),
        number("caidi_minutes", "CAIDI（分钟/次）", "CAIDI (minutes per interruption)"),
    )
    records = []
    for key, row in impact.networks.items():
        record = row.model_dump(mode="json")
        restored = {
            f"restored_{part}_hours": None if reached is None else reached["hours"]
            for part, reached in record["restored"].items()
        }
        unserved = {"unserved": row.unserved.value, "unserved_unit": row.unserved.unit.replace("m3", "m³")}
        records.append({**record, **restored, **unserved, "network": title_of(NETWORKS, key, language)})
    return ReportTable("networks", Title("各网络影响", "Impact by network"), columns, records)


def townships_table(impact: Impact, language: Language) -> ReportTable:
    """One row a township: people, facilities, and for each network customers, hours, time to restore."""
    columns = (
        text("name", "乡镇（街道）", "Township"),
        text("code", "区划代码", "Code"),
        text("county_code", "县（区）代码", "County code"),
        integer("people_hit", "受影响人口", "People hit"),
        number("people_hours", "受影响人时", "People-hours"),
        integer("facilities_failed", "失去供应的单位", "Facilities failed"),
        hours("facility_failed_hours", "单位失去供应时数", "Facility hours without"),
        *(column for network in NETWORKS for column in _township_columns(network)),
    )
    records = []
    for row in impact.townships:
        parts = {
            f"{key}_{name}": value
            for key, part in row.networks.items()
            for name, value in part.model_dump(mode="json").items()
        }
        records.append({**row.model_dump(mode="json", exclude={"networks"}), **parts})
    return ReportTable("townships", Title("各镇街影响", "Impact by township"), columns, records)


def _township_columns(network: Choice) -> tuple[ReportColumn, ...]:
    zh, en = network.title.zh, network.title.en

    def column(make: _Made, name: str, title_zh: str, title_en: str) -> ReportColumn:
        return make(f"{network.key}_{name}", f"{zh}{title_zh}", f"{en}: {title_en}")

    return (
        column(integer, "customers", "总户数", "customers"),
        column(integer, "customers_unknown", "户数不明的用户点", "points of unknown customers"),
        column(integer, "customers_hit", "停供过的户数", "customers hit"),
        column(integer, "peak_customers", "同时停供最多户数", "most customers out"),
        column(number, "customer_hours", "停供户时", "customer-hours"),
        column(number, "people_hours", "停供人时", "people-hours"),
        column(hours, "hours_per_customer", "户均停供小时", "hours per customer hit"),
        column(moment, "first_loss_at", "首次停供", "first loss"),
        column(moment, "restored_at", "全部恢复", "restored"),
        column(hours, "hours_to_restore", "恢复用时（小时）", "hours to restore"),
        column(integer, "out_at_end", "截至时仍停户数", "customers still out"),
    )


def facilities_table(impact: Impact, language: Language) -> ReportTable:
    """One row a facility that failed, lived on a reserve or got a unit: by tier, then by the hours that it was out."""
    columns = (
        text("name", "单位", "Facility"),
        text("category", "类别", "Category"),
        integer("tier", "保障次序（预案类别）", "Tier in the plan"),
        text("township_name", "所在乡镇（街道）", "Township"),
        integer("failures", "失去供应次数", "Times failed"),
        moment("failed_at", "首次失去供应", "First failed"),
        moment("back_at", "最后恢复", "Back at"),
        hours("failed_hours", "失去供应小时", "Hours without"),
        hours("on_reserve_hours", "靠备用维持小时", "Hours on reserve"),
        hours("reserve_used_hours", "用去备用（小时）", "Reserve used (h)"),
        share("reserve_used_share", "备用用去比例", "Share of the reserve used"),
        integer("units_placed", "接入的移动设备", "Mobile units placed"),
        text("causes", "原因", "Causes", long=True),
        text("id", "编号", "Identifier"),
    )
    rows = sorted(impact.facilities, key=lambda row: (row.tier is None, row.tier or 0, -row.failed_hours, row.id))
    records = [_facility_record(row.model_dump(mode="json", by_alias=True), language) for row in rows]
    return ReportTable("facilities", Title("重点单位影响", "Facilities"), columns, records)


def _facility_record(row: dict[str, Any], language: Language) -> dict[str, Any]:
    failures, reserves = row["failures"], row["reserves"]
    shares = [use["used_share"] for use in reserves if use["used_share"] is not None]
    causes = list(dict.fromkeys(spell["cause"] for spell in failures))
    return {
        **row,
        "category": title_of(FACILITY_CATEGORIES, row["category"], language),
        "failures": len(failures),
        "failed_at": failures[0]["from"] if failures else None,
        "reserve_used_hours": max((use["used_hours"] for use in reserves), default=None),
        "reserve_used_share": max(shares, default=None),
        "units_placed": len(row["units_placed"]),
        "causes": ("；" if language == "zh" else "; ").join(causes) or None,
    }


def classes_table(impact: Impact) -> ReportTable:
    """One row a class of the plan's list, also where none of it was hit."""
    columns = (
        integer("tier", "保障次序（预案类别）", "Tier in the plan"),
        text("title", "类别", "Class"),
        integer("count", "单位数", "Facilities"),
        integer("hit", "受影响", "Hit"),
        integer("failed", "失去供应", "Failed"),
        hours("failed_hours", "失去供应小时合计", "Hours without"),
        hours("on_reserve_hours", "靠备用小时合计", "Hours on reserve"),
    )
    records = [row.model_dump(mode="json") for row in impact.classes]
    return ReportTable("classes", Title("重点单位分类", "Classes of facilities"), columns, records)


def series_table(impact: Impact) -> ReportTable:
    """One row an hour: what is out from then on."""
    columns = (
        moment("at", "时间", "Time"),
        hours("hours", "第几小时", "Hour"),
        *(integer(f"customers_{key}", f"{zh}停供户数", f"{en}: customers out") for key, zh, en in _networks()),
        *(integer(f"people_{key}", f"{zh}停供人口", f"{en}: people out") for key, zh, en in _networks()),
        integer("people_hit", "受影响人口", "People hit"),
        integer("facilities_failed", "失去供应的单位", "Facilities failed"),
        integer("facilities_on_reserve", "靠备用维持的单位", "Facilities on reserve"),
        number("temperature_c", "室外气温（℃）", "Outdoor temperature (°C)"),
    )
    records = []
    for row in impact.series:
        customers = {f"customers_{key}": value for key, value in row.customers_out.items()}
        people = {f"people_{key}": value for key, value in row.people_out.items()}
        records.append({**row.model_dump(mode="json"), **customers, **people})
    return ReportTable("hours", Title("逐时停供", "Hour by hour"), columns, records)


def township_hours_table(impact: Impact) -> ReportTable:
    """One row an hour and township in which anybody was out then."""
    columns = (
        moment("at", "时间", "Time"),
        text("code", "区划代码", "Code"),
        text("name", "乡镇（街道）", "Township"),
        *(integer(f"customers_{key}", f"{zh}停供户数", f"{en}: customers out") for key, zh, en in _networks()),
        integer("people_hit", "受影响人口", "People hit"),
    )
    names = [row.name for row in impact.townships]
    records = []
    for number_, step in enumerate(impact.series):
        for place, code in enumerate(impact.by_hour.codes):
            customers = {f"customers_{key}": rows[number_][place] for key, rows in impact.by_hour.customers_out.items()}
            people = impact.by_hour.people_hit[number_][place]
            if people or any(customers.values()):
                found = {"at": step.at, "code": code, "name": names[place], "people_hit": people}
                records.append({**found, **customers})
    return ReportTable("township_hours", Title("镇街逐时停供", "Townships hour by hour"), columns, records)


def definitions_table(impact: Impact) -> ReportTable:
    """How each figure is defined."""
    columns = (
        text("title", "指标", "Figure"),
        text("unit", "单位", "Unit"),
        text("text", "定义", "Definition", long=True),
        text("source", "出处", "Source"),
    )
    records = [row.model_dump(mode="json") for row in impact.definitions]
    return ReportTable("definitions", Title("指标定义", "Definitions"), columns, records)


def _networks() -> list[tuple[str, str, str]]:
    return [(network.key, network.title.zh, network.title.en) for network in NETWORKS]
