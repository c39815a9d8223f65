"""What the two plans hold: nobody and nothing of the texts is missing, and the parts point at each other rightly."""

from __future__ import annotations

from datetime import date

import pytest

from priority.plans import PLAN_KEYS, Plan, load_plan
from priority.plans.conditions import comparisons

ENERGY, HEATING = load_plan("energy-chengqu"), load_plan("heating-zezhou")
both = pytest.mark.parametrize("plan", [ENERGY, HEATING], ids=PLAN_KEYS)

TEN_CLASSES = [
    ("government", "国家党政机关"),
    ("defence", "武装部队、在役运转的国防设施"),
    ("command_centre", "抢险、救灾或应急指挥中心"),
    ("hospital", "急救中心和中心医院"),
    ("fire_service", "消防机构及设施"),
    ("broadcast_telecom", "广电、通讯等要害部门"),
    ("utility", "供水、供电和燃气供应等公用服务企业"),
    ("transport_control", "城市交通、铁道指挥调度中心"),
    ("transport_hub", "交通枢纽"),
    ("essential_goods", "基本生活必需品生产企业"),
]


def test_identity() -> None:
    assert (ENERGY.document_number, ENERGY.issued_on) == ("城政办发〔2025〕15号", date(2025, 7, 25))
    assert (HEATING.document_number, HEATING.issued_on) == ("泽政办发〔2023〕11号", date(2023, 5, 29))


def test_member_units() -> None:
    units = ENERGY.organisation.units
    assert [unit.clause for unit in units] == [f"2.3({number})" for number in range(1, 23)]
    assert len({unit.name for unit in HEATING.organisation.units}) == len(HEATING.organisation.units) == 24
    assert "供热用电" in next(unit.duty for unit in HEATING.organisation.units if unit.name == "供电公司")


def test_working_groups() -> None:
    for plan, section in ((ENERGY, "2.4"), (HEATING, "2.6")):
        assert [group.clause for group in plan.organisation.groups] == [f"{section}.{number}" for number in range(1, 9)]
    assert (ENERGY.organisation.on_site.clause, HEATING.organisation.on_site.clause) == ("2.4.9", "2.5")


def test_telephones() -> None:
    telephones = ENERGY.organisation.telephones
    assert len({item.unit for item in telephones}) == len(telephones) == 36
    assert len({number for item in telephones for number in item.numbers}) == 37
    assert [item.unit for item in telephones if len(item.numbers) > 1] == ["区应急管理局"]
    assert {item.clause for item in telephones} == {"附录 8.3"}
    assert HEATING.organisation.telephones == ()


def test_member_units_by_the_names_of_the_appendix() -> None:
    members: dict[str, list[str]] = {}
    for item in ENERGY.organisation.telephones:
        if item.member is not None:
            members.setdefault(item.member, []).append(item.unit)
    without = [unit.name for unit in ENERGY.organisation.units if unit.name not in members]
    assert without == ["区自然资源局", "各镇（街道）", "相关能源供应单位"]
    telecom = "中国移动晋城分公司、中国联通晋城分公司、中国电信晋城分公司"
    assert sorted(members.pop(telecom)) == sorted(telecom.split("、"))
    for member, (listed,) in members.items():  # the same office, the district's name written otherwise
        common = [sign for sign in listed if sign in member]
        assert len(common) >= len(listed) - 1, (member, listed)
    stands = [[unit.name for unit in plan.organisation.units if unit.townships] for plan in (ENERGY, HEATING)]
    assert stands == [["各镇（街道）"], ["事发地乡镇政府"]]


def test_townships_own_offices() -> None:
    linked = {item.township_code: item.unit for item in ENERGY.organisation.telephones if item.township_code}
    assert linked == {
        "140502100": "北石店镇人民政府",
        "140502006": "钟家庄街道办事处",
        "140502007": "西上庄街道办事处",
        "140502001": "东街街道办事处",
        "140502003": "南街街道办事处",
        "140502002": "西街街道办事处",
        "140502004": "北街街道办事处",
        "140502009": "开发区街道办事处",
    }


@both
def test_ten_classes_stand_in_the_plans_order(plan: Plan) -> None:
    listed = [(item.category, item.name.zh) for item in plan.priority_list if 1 <= item.tier <= 10]
    assert listed == TEN_CLASSES
    assert all(item.adopted == (plan is HEATING) for item in plan.priority_list if 1 <= item.tier <= 10)


def test_the_ten_classes_are_the_words_of_every_levels_measure() -> None:
    places = [(level, item) for level in ENERGY.levels for item in level.measures if item.text.startswith("优先保障")]
    assert [item.clause for _, item in places] == ["4.2.1(6)", "4.2.2(7)", "4.2.3(4)"]
    for _, measure in places:
        found = [measure.text.index(name) for _, name in TEN_CLASSES]
        assert found == sorted(found)


@both
def test_levels_run_upwards(plan: Plan) -> None:
    assert [level.level for level in plan.levels] == ["III", "II", "I"]


def test_every_condition_and_measure_of_the_energy_plan() -> None:
    for level, measures in zip(ENERGY.levels, (8, 11, 8), strict=True):
        assert [item.clause for item in level.conditions] == [f"{level.clause}({n})" for n in range(1, 8)]
        assert [item.clause for item in level.measures] == [f"{level.clause}({n})" for n in range(1, measures + 1)]


def test_every_condition_and_measure_of_the_heating_plan() -> None:
    assert [[item.clause for item in level.conditions] for level in HEATING.levels] == [
        ["4.3.3(1)"],
        ["4.3.2(1)①", "4.3.2(1)②", "4.3.2(1)③"],
        ["4.3.1(1)①", "4.3.1(1)②", "4.3.1(1)③"],
    ]
    for level in HEATING.levels:
        assert {item.clause for item in level.measures} == {f"{level.clause}(3)"}
        assert len({item.text for item in level.measures}) == len(level.measures)


def test_causes() -> None:
    assert [cause.clause for cause in HEATING.cause_measures] == [f"4.5.{number}" for number in range(1, 6)]
    damaged = HEATING.cause_measures[1]
    assert [step.clause for step in damaged.steps] == ["4.5.2", "4.5.2", *(f"4.5.2({n})" for n in range(1, 6))]
    assert "关闭泄漏点前面的阀门" in damaged.steps[2].text


@both
def test_a_measures_unit_is_named_in_its_own_words(plan: Plan) -> None:
    measures = [item for level in plan.levels for item in level.measures]
    measures += [step for cause in plan.cause_measures for step in cause.steps]
    measures += plan.warnings.actions
    named = [item for item in measures if item.unit]
    assert named
    assert all(item.unit in item.text for item in named if item.unit)


@both
def test_figures_and_clauses_name_each_other(plan: Plan) -> None:
    used: dict[str, set[str]] = {}
    for level in plan.levels:
        for condition in level.conditions:
            for item in comparisons(condition.test):
                used.setdefault(item.figure, set()).add(condition.clause)
    for grade in plan.grades:
        for item in comparisons(grade.test):
            used.setdefault(item.figure, set()).add("1.5")
    for key, clauses in used.items():
        figure = plan.figure(key)
        assert figure is not None
        assert set(figure.clauses) == clauses, key


@both
def test_people_are_told_how_to_report(plan: Plan) -> None:
    assert all(figure.hint is not None for figure in plan.figures)
    assert all(len(figure.choice_titles) == len(figure.choices) for figure in plan.figures)
    shares = [figure for figure in plan.figures if figure.kind == "share"]
    assert all("0." in figure.hint.zh and "0." in figure.hint.en for figure in shares if figure.hint)


def test_a_stock_may_exceed_its_mean_and_nothing_else_may_exceed_its_whole() -> None:
    above = {figure.key for plan in (ENERGY, HEATING) for figure in plan.figures if figure.maximum > 1}
    assert above == {"coal_stock_share"}


def test_warnings() -> None:
    for plan, channels in ((ENERGY, [0, 0, 0]), (HEATING, [5, 6, 8])):
        assert [level.key for level in plan.warnings.levels] == ["general", "large", "major"]
        assert [len(level.channels) for level in plan.warnings.levels] == channels
    assert (ENERGY.warnings.lifting_clause, HEATING.warnings.lifting_clause) == ("3.5", "3.4")
    assert HEATING.warnings.levels[2].targeted_notice is not None


def test_rulings() -> None:
    assert {ruling.key for ruling in ENERGY.interpretations} == {
        "lower_bound_included",
        "shanxi_above_scale",
        "gas_gap_exactly_10",
        "gas_gap_exactly_20",
        "gas_gap_short",
        "several_townships",
        "unknown_is_not_false",
        "colours",
        "tier_order",
    }
    assert {ruling.key for ruling in HEATING.interpretations} == {
        "lower_bound_included",
        "below_general_threshold",
        "grade_not_extent",
        "general_or_above",
        "unknown_is_not_false",
        "handover_by_commander",
        "takeover_by_headquarters",
        "colours",
        "tier_order",
    }
    raising = {ruling.key: ruling.level for ruling in ENERGY.interpretations if ruling.level}
    assert raising == {"shanxi_above_scale": "I", "gas_gap_exactly_20": "II"}
