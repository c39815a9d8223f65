"""Every figure in a clause's wording stands in the numbers beside it, and no other."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from priority.plans import PLAN_KEYS, Plan, load_plan
from priority.plans.conditions import Expression, comparisons, grades_named
from tests.priority.plans.wording import NO_LIMIT, Limit, limits_in_test, limits_in_wording

ENERGY, HEATING = load_plan("energy-chengqu"), load_plan("heating-zezhou")
LEVELS = (*ENERGY.levels, *HEATING.levels)
both = pytest.mark.parametrize("plan", [ENERGY, HEATING], ids=PLAN_KEYS)
ZERO = Decimal(0)
#: Limits that the wording does not state: a gap, a death, an injury or a loss is one only above zero.
ABOVE_ZERO = {
    "4.2.1(6)": {Limit("gas_gap_share", "from", ZERO, False), Limit("gas_local_gap_share", "from", ZERO, False)},
    "1.5(4)": {
        Limit("deaths", "from", ZERO, False),
        Limit("serious_injuries", "from", ZERO, False),
        Limit("direct_loss_yuan", "from", ZERO, False),
    },
}
CLAUSES: list[tuple[str, str, Expression]] = [
    *((item.clause, item.text, item.test) for level in LEVELS for item in level.conditions),
    *((grade.clause, grade.text, grade.test) for grade in HEATING.grades),
]
WITH_FIGURES = [(clause, text) for clause, text, _ in CLAUSES if re.search(r"\d", text)]


def plain(text: str) -> str:
    """Write Ⅲ as III, so that both spellings of the plans are one."""
    return text.replace("Ⅲ", "III").replace("Ⅱ", "II").replace("Ⅰ", "I")


@pytest.mark.parametrize(("clause", "text", "test"), CLAUSES, ids=[clause for clause, _, _ in CLAUSES])
def test_the_numbers_are_those_of_the_wording(clause: str, text: str, test: Expression) -> None:
    assert limits_in_test(test) == limits_in_wording(text) | ABOVE_ZERO.get(clause, set())


def test_the_clauses_with_figures_are_all_read() -> None:
    assert len(WITH_FIGURES) == 6 + 5 + 5 + 4
    assert sum(len(limits_in_wording(text)) for _, text in WITH_FIGURES) == 49
    assert all(any(words in text for _, text in WITH_FIGURES) for words in NO_LIMIT)


@pytest.mark.parametrize(("clause", "text"), WITH_FIGURES, ids=[clause for clause, _ in WITH_FIGURES])
def test_another_figure_in_the_wording_would_be_noticed(clause: str, text: str) -> None:
    read = limits_in_wording(text)
    for number in re.finditer(r"\d+", text):
        other = f"{text[: number.start()]}{int(number[0]) + 7}{text[number.end() :]}"
        assert limits_in_wording(other) != read
    swapped = text.translate(str.maketrans("上下", "下上"))
    assert swapped == text or limits_in_wording(swapped) != read


@pytest.mark.parametrize(
    "text",
    [
        "管道输送中断三天以上",
        "全区供需缺口约12",
        "造成3人死亡",
        "全区30%以上供电用户停电并造成死亡",
        "停水30%以上",
        "造成3人以上死亡约12",
    ],
)
def test_a_figure_that_cannot_be_read_is_no_silent_pass(text: str) -> None:
    with pytest.raises(AssertionError):
        limits_in_wording(text)


def test_words_of_degree_are_those_of_the_wording() -> None:
    for level in ENERGY.levels:
        for condition in level.conditions:
            chosen = {item.figure: set(item.one_of or (item.is_,)) for item in comparisons(condition.test)}
            if "供需失衡" in condition.text:
                severe, abnormal = "严重供需失衡" in condition.text, "价格异常波动" in condition.text
                assert chosen["coal_imbalance"] == ({"severe"} if severe else {"regional", "severe"})
                assert chosen["coal_price"] == ({"abnormal"} if abnormal else {"fluctuating", "abnormal"})
            shared = "与其他县区同时发生" in condition.text
            assert (chosen.get("blackout_shared_with_other_counties") == {True}) == shared


@both
def test_what_the_headquarters_thinks_is_the_level_of_its_clause(plan: Plan) -> None:
    judged = {}
    for level in plan.levels:
        for condition in level.conditions:
            for item in comparisons(condition.test):
                if item.figure == "headquarters_judgement":
                    judged[level.level] = item.is_
                    assert f"指挥部认为应当启动{level.level}级" in plain(condition.text)
    assert judged == {level: level for level in judged}
    assert set(judged) == ({"III", "II", "I"} if plan is ENERGY else {"II", "I"})


def test_capacity_is_that_of_the_body_in_the_wording() -> None:
    asked = {}
    for plan in (ENERGY, HEATING):
        for level in plan.levels:
            for condition in level.conditions:
                for item in comparisons(condition.test):
                    if item.figure.startswith("beyond_"):
                        asked[condition.clause] = (item.figure, item.is_)
                        body = "指挥部" if item.figure != "beyond_township_capacity" else "镇"
                        assert re.search(rf"(超过|超出|依靠)\S*?{body}", condition.text)
    assert asked == {
        "4.2.2(1)": ("beyond_township_capacity", True),
        "4.2.3(6)": ("beyond_district_capacity", True),
        "4.3.3(1)": ("beyond_township_capacity", False),
        "4.3.2(1)②": ("beyond_township_capacity", True),
        "4.3.1(1)②": ("beyond_county_capacity", True),
    }


def test_grades_in_conditions_are_those_of_the_wording() -> None:
    names = {grade.name.zh: place for place, grade in enumerate(HEATING.grades)}
    keys = [grade.key for grade in HEATING.grades]
    found = 0
    for level in HEATING.levels:
        for condition in level.conditions:
            words = re.match(r"发生(一般|较大|重大)(以上|以下)?供热突发事件", condition.text)
            if words is None:
                assert not list(grades_named(condition.test))
                continue
            place = names[words[1]]
            # A grade without 以上 is read as "at least" too: interpretation general_or_above.
            meant = {"以上": keys[place:], "以下": keys[:place] or ["none"], None: keys[place:]}[words[2]]
            assert list(grades_named(condition.test)) == meant
            found += 1
    assert found == 3


def test_grades_run_upwards_as_the_plan_names_them() -> None:
    assert [grade.name.zh for grade in HEATING.grades] == ["一般", "较大", "重大", "特别重大"]
    assert [grade.clause for grade in HEATING.grades] == ["1.5(4)", "1.5(3)", "1.5(2)", "1.5(1)"]


def test_report_intervals_are_those_of_the_wording() -> None:
    said = re.findall(r"启动应急(I+)级响应时报告时间间隔为(\d+)小时1报", plain(ENERGY.reports.text))
    assert {level.level: level.report_every_minutes for level in ENERGY.levels} == {
        level: int(hours) * 60 for level, hours in said
    }
    assert all(level.report_every_minutes is None for level in HEATING.levels)
    assert "小时" not in HEATING.reports.text


def test_time_limits_of_reports_are_those_of_the_wording() -> None:
    text = HEATING.reports.text
    written, answer = re.search(r"(\d+)分钟内呈送文字报告", text), re.search(r"(\d+)分钟内有效回应", text)
    assert written is not None
    assert answer is not None
    assert (HEATING.reports.first_written_minutes, HEATING.reports.answer_minutes) == (int(written[1]), int(answer[1]))
    assert len(re.findall(r"\d+", text)) == 2
    assert HEATING.reports.final_written == ("书面终报" in text)
    assert ENERGY.reports.final_written == ("书面" in ENERGY.reports.text)
    assert ENERGY.reports.first_written_minutes is None
    for plan in (ENERGY, HEATING):
        assert plan.reports.receivers is not None
        assert plan.reports.receivers in plan.reports.text
        assert f"{plan.organisation.office.name}" in plan.reports.text.split(plan.reports.receivers)[0]
    assert "分钟" not in ENERGY.reports.text


def test_what_recurs_recurs_as_the_wording_says() -> None:
    for plan in (ENERGY, HEATING):
        assert f"每{plan.revision.every_years}年修订一次" in plan.revision.text
    assert ENERGY.drills is not None
    assert ENERGY.drills.every_years == 2
    assert "每两年开展一次" in ENERGY.drills.text
    assert HEATING.drills is None


@both
def test_who_decides_is_whom_the_procedure_names(plan: Plan) -> None:
    for level in plan.levels:
        named = re.findall(
            r"，由[区县]指挥部([^，。]+?主任|[^，。]*?指挥长)(?:宣布)?启动(I+)级", plain(level.procedure)
        )
        assert [(tuple(re.split("或", who)), which) for who, which in named] == [(level.decided_by, level.level)]


def test_who_approves_a_warning_is_whom_the_procedure_names() -> None:
    for warning in HEATING.warnings.levels:
        named = re.search(r"[由经]县指挥部([^，。]+?)批准", warning.procedure or "")
        assert warning.approved_by == (tuple(named[1].split("或")) if named else ())
        assert "、".join(HEATING.warnings.required_content[:-1]) + "和发布机关" in (warning.procedure or "")
    for warning in ENERGY.warnings.levels:
        assert warning.approved_by == ()
        assert "批准" not in (warning.procedure or "")


@both
def test_the_rule_of_ending_stands_in_its_clause(plan: Plan) -> None:
    assert f"“{plan.ending.rule}”" in plan.ending.text
