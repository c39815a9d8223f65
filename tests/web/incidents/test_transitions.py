"""Who may start, change and end what, against tables written from the plans' texts by hand."""

from __future__ import annotations

import itertools

import pytest

from priority.plans import Plan, load_plan, parse_plan
from tests.third_plan import THIRD_PLAN
from tests.web.incidents.logs import fact
from webmap.incidents.effective import Effective
from webmap.incidents.entries import KINDS, Fact
from webmap.incidents.errors import Refused
from webmap.incidents.standing import Standing
from webmap.incidents.transitions import RULED_KINDS, follow, offices_that_may, require_allowed

DIRECTOR, DEPUTY, COMMANDER = "办公室主任", "副指挥长", "指挥长"
OFFICES = (DIRECTOR, DEPUTY, COMMANDER)
#: 4.2.1-4.2.3 宣布启动; 4.3.1-4.3.3 启动: the same in both plans.
DECIDES = {"III": {DIRECTOR}, "II": {DEPUTY, COMMANDER}, "I": {COMMANDER}}
#: The clauses of levels, of ending and of lifting a warning, as the plans number them.
CLAUSES = {
    "energy-chengqu": ({"III": "4.2.1", "II": "4.2.2", "I": "4.2.3"}, "4.4", "3.5"),
    "heating-zezhou": ({"III": "4.3.3", "II": "4.3.2", "I": "4.3.1"}, "4.10", "3.4"),
}
LEVELS = ("III", "II", "I")
PLANS = sorted(CLAUSES)


def started(minute: float, level: str, office: str) -> Fact:
    return fact("level_started", minute, office=office, level=level, recommended=level)


def changed(minute: float, level: str, office: str) -> Fact:
    return fact("level_changed", minute, office=office, level=level, recommended=level)


def ended(minute: float, office: str) -> Fact:
    return fact("level_ended", minute, office=office)


def after_all(plan: Plan, *facts: Fact) -> Standing:
    return follow(plan, [Effective(number, one, "") for number, one in enumerate(facts, start=1)], len(facts))


def refusal(plan: Plan, *facts: Fact) -> Refused:
    with pytest.raises(Refused) as refused:
        after_all(plan, *facts)
    assert refused.value.broken == len(facts)
    for language in ("zh", "en"):
        assert "{" not in refused.value.message(language) + refused.value.remedy(language)  # type: ignore[arg-type]
    return refused.value


def allowed(plan: Plan, *facts: Fact) -> bool:
    try:
        after_all(plan, *facts)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(("key", "level"), list(itertools.product(PLANS, LEVELS)))
def test_a_level_is_started_by_the_offices_that_its_clause_names(key: str, level: str) -> None:
    plan = load_plan(key)
    assert {office for office in OFFICES if allowed(plan, started(0, level, office))} == DECIDES[level]
    for office in set(OFFICES) - DECIDES[level]:
        refused = refusal(plan, started(0, level, office))
        assert (refused.code, refused.clause) == ("not_deciding", CLAUSES[key][0][level])
        assert CLAUSES[key][0][level] in refused.message("zh")


@pytest.mark.parametrize(("key", "level"), list(itertools.product(PLANS, LEVELS)))
def test_a_level_is_ended_by_those_who_started_it(key: str, level: str) -> None:
    plan = load_plan(key)
    begun = started(0, level, min(DECIDES[level]))
    assert {office for office in OFFICES if allowed(plan, begun, ended(9, office))} == DECIDES[level]
    for office in set(OFFICES) - DECIDES[level]:
        refused = refusal(plan, begun, ended(9, office))
        assert (refused.code, refused.clause) == ("not_ending", CLAUSES[key][1])
        assert plan.ending.rule in refused.message("zh")


@pytest.mark.parametrize(
    ("key", "lower", "higher"), [(k, a, b) for k in PLANS for a, b in itertools.combinations(LEVELS, 2)]
)
def test_raising_is_for_the_higher_level_s_offices_and_lowering_for_those_who_may_end(
    key: str, lower: str, higher: str
) -> None:
    plan = load_plan(key)
    low, high = started(0, lower, min(DECIDES[lower])), started(0, higher, min(DECIDES[higher]))
    assert {office for office in OFFICES if allowed(plan, low, changed(5, higher, office))} == DECIDES[higher]
    assert {office for office in OFFICES if allowed(plan, high, changed(5, lower, office))} == DECIDES[higher]
    # A response that was lowered is still ended by those who started it at the higher level.
    lowered = changed(5, lower, min(DECIDES[higher]))
    assert {office for office in OFFICES if allowed(plan, high, lowered, ended(9, office))} == DECIDES[higher]
    # And one that was raised by those who raised it.
    raised = changed(5, higher, min(DECIDES[higher]))
    assert {office for office in OFFICES if allowed(plan, low, raised, ended(9, office))} == DECIDES[higher]


def test_the_director_cannot_end_what_the_commander_raised() -> None:
    plan = load_plan("energy-chengqu")
    refused = refusal(plan, started(0, "III", DIRECTOR), changed(20, "II", COMMANDER), ended(40, DIRECTOR))
    assert refused.message("zh").endswith(
        "“谁启动谁结束”：II 级响应应由指挥长或副指挥长宣布结束，办公室主任不能结束（4.4）"
    )
    assert "4.4" in refused.message("en")
    assert refused.quotation == plan.ending.text


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ([("changed", "II")], "no_level_to_change"),
        ([("ended", "")], "no_level_to_end"),
        ([("started", "II"), ("started", "I")], "level_running"),
        ([("started", "II"), ("changed", "II")], "same_level"),
        ([("started", "II"), ("ended", ""), ("ended", "")], "no_level_to_end"),
        ([("started", "II"), ("ended", ""), ("changed", "I")], "no_level_to_change"),
        ([("started", "IV")], "level_unknown"),
        ([("started", "II"), ("changed", "0")], "level_unknown"),
    ],
)
@pytest.mark.parametrize("key", PLANS)
def test_steps_in_an_order_that_cannot_be(key: str, facts: list[tuple[str, str]], code: str) -> None:
    made = [
        ended(minute, COMMANDER)
        if step == "ended"
        else fact(f"level_{step}", minute, office=COMMANDER, level=level, recommended=level)
        for minute, (step, level) in enumerate(facts)
    ]
    assert refusal(load_plan(key), *made).code == code


def test_after_the_end_a_response_may_be_started_again() -> None:
    plan = load_plan("energy-chengqu")
    standing = after_all(plan, started(0, "II", COMMANDER), ended(5, DEPUTY), started(9, "III", DIRECTOR))
    assert standing == Standing("III", (DIRECTOR,))


@pytest.mark.parametrize(("recommended", "code"), [("III", "reason_missing"), (None, "reason_without_recommendation")])
def test_who_decides_otherwise_than_recommended_says_why(recommended: str | None, code: str) -> None:
    plan = load_plan("energy-chengqu")
    fields = {"office": COMMANDER, "level": "II", "recommended": recommended}
    assert refusal(plan, fact("level_started", 0, **fields)).code == code
    assert allowed(plan, fact("level_started", 0, **fields, reason="还会扩大"))


def warning(minute: float, level: str, office: str, **more: object) -> Fact:
    return fact("warning_issued", minute, office=office, level=level, scope="东街", text="可能停热", **more)


@pytest.mark.parametrize(
    ("key", "level", "issuers"),
    [
        # Energy plan 3.3: 区指挥部发布, at every level.
        ("energy-chengqu", "general", {COMMANDER, DEPUTY}),
        ("energy-chengqu", "large", {COMMANDER, DEPUTY}),
        ("energy-chengqu", "major", {COMMANDER, DEPUTY}),
        # Heating plan 3.3: the office issues; above 一般 after approval, so by itself it cannot.
        ("heating-zezhou", "general", {DIRECTOR}),
        ("heating-zezhou", "large", {COMMANDER, DEPUTY}),
        ("heating-zezhou", "major", {COMMANDER}),
    ],
)
def test_who_issues_a_warning(key: str, level: str, issuers: set[str]) -> None:
    plan = load_plan(key)
    assert {office for office in OFFICES if allowed(plan, warning(0, level, office))} == issuers


def test_the_office_issues_what_was_approved() -> None:
    plan = load_plan("heating-zezhou")
    refused = refusal(plan, warning(0, "major", DIRECTOR, approved_by=DEPUTY))
    assert (refused.code, refused.clause) == ("warning_not_approved", "3.3(3)")
    assert allowed(plan, warning(0, "large", DIRECTOR, approved_by=DEPUTY))
    assert allowed(plan, warning(0, "major", DIRECTOR, approved_by=COMMANDER))
    assert refusal(load_plan("energy-chengqu"), warning(0, "red", COMMANDER)).code == "warning_unknown"


@pytest.mark.parametrize(
    ("key", "issuer", "level", "lifters"),
    [
        ("energy-chengqu", DEPUTY, "major", {COMMANDER, DEPUTY}),
        ("heating-zezhou", DIRECTOR, "general", {DIRECTOR}),
        ("heating-zezhou", COMMANDER, "major", {COMMANDER, DEPUTY, DIRECTOR}),
    ],
)
def test_who_issued_a_warning_lifts_it(key: str, issuer: str, level: str, lifters: set[str]) -> None:
    plan = load_plan(key)
    issued = warning(0, level, issuer)
    lifts = {office: fact("warning_lifted", 5, office=office, warning=1) for office in OFFICES}
    assert {office for office in OFFICES if allowed(plan, issued, lifts[office])} == lifters
    for office in set(OFFICES) - lifters:
        assert refusal(plan, issued, lifts[office]).clause == CLAUSES[key][2]
    assert refusal(plan, issued, lifts[min(lifters)], lifts[min(lifters)]).code == "warning_not_standing"


def test_an_incident_is_not_closed_over_what_is_in_force() -> None:
    plan = load_plan("energy-chengqu")
    close = fact("closed", 30, reason="误报")
    assert allowed(plan, close)
    refused = refusal(plan, started(0, "III", DIRECTOR), close)
    assert (refused.code, refused.clause) == ("closed_with_level", "4.4")
    refused = refusal(plan, warning(0, "general", COMMANDER), close)
    assert (refused.code, refused.clause) == ("closed_with_warning", "3.5")


@pytest.mark.parametrize("key", PLANS)
def test_the_priority_order_is_changed_by_the_headquarters_at_any_time(key: str) -> None:
    plan = load_plan(key)
    orders = {
        office: fact("priority_ordered", 9, office=office, categories=["hospital"], reason="夜间低温")
        for office in OFFICES
    }
    assert {office for office in OFFICES if allowed(plan, orders[office])} == {DEPUTY, COMMANDER}
    assert allowed(plan, started(0, "II", COMMANDER), orders[DEPUTY], ended(10, COMMANDER), orders[COMMANDER])
    refused = refusal(plan, orders[DIRECTOR])
    assert (refused.code, refused.clause) == ("not_ordering", plan.priority_list[0].clause)


def handed_over(minute: float, office: str = COMMANDER) -> Fact:
    return fact("command_handed_over", minute, office=office, to="市指挥部", reason="超出本县处置能力")


def taken_back(minute: float, office: str = COMMANDER) -> Fact:
    return fact("command_taken_back", minute, office=office)


def test_the_command_goes_upward_and_comes_back_by_the_commander_alone() -> None:
    plan = load_plan("heating-zezhou")
    assert {office for office in OFFICES if allowed(plan, handed_over(0, office))} == {COMMANDER}
    assert {office for office in OFFICES if allowed(plan, handed_over(0), taken_back(5, office))} == {COMMANDER}
    for code, *facts in (
        ("not_handing_over", handed_over(0, DEPUTY)),
        ("not_taking_back", handed_over(0), taken_back(5, DEPUTY)),
    ):
        refused = refusal(plan, *facts)
        assert (refused.code, refused.clause) == (code, "4.4(3)")
        assert "及时向上级指挥部移交处置权" in str(refused.quotation)
    assert refusal(plan, handed_over(0), handed_over(5)).code == "handed_over_already"
    assert refusal(plan, taken_back(5)).code == "not_handed_over"
    assert refusal(plan, handed_over(0), taken_back(5), taken_back(6)).code == "not_handed_over"


def test_a_level_is_not_decided_while_the_command_is_above() -> None:
    plan = load_plan("heating-zezhou")
    running = started(0, "II", COMMANDER)
    for step in (changed(9, "I", COMMANDER), changed(9, "III", DEPUTY), ended(9, COMMANDER)):
        refused = refusal(plan, running, handed_over(5), step)
        assert (refused.code, refused.clause) == ("handed_over", "4.4(3)")
        assert "市指挥部" in refused.message("zh")
        assert "4.4(3)" in refused.message("zh")
        assert allowed(plan, running, handed_over(5), taken_back(7), step)
        # What was decided before the handover may be written after it.
        assert allowed(plan, running, step, handed_over(10))
    assert refusal(plan, handed_over(5), started(9, "I", COMMANDER)).code == "handed_over"
    assert refusal(plan, handed_over(5), fact("closed", 9, reason="误报")).code == "closed_handed_over"
    # Warnings are the own headquarters' still.
    assert allowed(plan, running, handed_over(5), warning(9, "general", DIRECTOR))


def history(*facts: tuple[int, Fact]) -> list[Effective]:
    """Facts with the numbers of their entries, in the order in which they happened."""
    return [Effective(number, one, "") for number, one in facts]


def test_a_handover_by_mistake_is_withdrawn_with_its_end_whatever_was_decided_since() -> None:
    plan = load_plan("heating-zezhou")
    level = (4, started(9, "II", COMMANDER))
    mistake = [(2, handed_over(3)), (3, taken_back(5))]
    assert require_allowed(plan, history(*mistake, level), 4) == Standing("II", (COMMANDER, DEPUTY))
    # Entry 5 withdraws the handover, entry 6 its end.
    assert require_allowed(plan, history(mistake[1], level), 5).level == "II"
    assert require_allowed(plan, history(level), 6).level == "II"
    with pytest.raises(Refused) as caught:
        require_allowed(plan, history(mistake[0], level), 5)
    assert (caught.value.code, caught.value.broken) == ("handed_over", 4)
    # What was written stays readable; nothing new is taken back that was not handed over.
    assert follow(plan, history(mistake[1], level)).level == "II"
    with pytest.raises(Refused) as caught:
        require_allowed(plan, history(mistake[1], level, (6, taken_back(12))), 6)
    assert (caught.value.code, caught.value.broken) == ("not_handed_over", None)


def test_a_handover_that_is_written_late_leaves_what_was_decided_before_anybody_knew() -> None:
    plan = load_plan("heating-zezhou")
    level, late = (2, started(9, "II", COMMANDER)), (3, handed_over(5))
    standing = require_allowed(plan, history(late, level), 3)
    assert (standing.level, standing.handed_over_to) == ("II", "市指挥部")
    with pytest.raises(Refused) as caught:
        require_allowed(plan, history(late, level, (4, changed(12, "I", COMMANDER))), 4)
    assert (caught.value.code, caught.value.broken) == ("handed_over", None)
    # Nor is it decided late as if nobody had known.
    with pytest.raises(Refused):
        require_allowed(plan, history(late, (4, started(8, "II", COMMANDER))), 4)


def test_the_energy_plan_speaks_of_no_handover() -> None:
    plan = load_plan("energy-chengqu")
    refused = refusal(plan, started(0, "I", COMMANDER), handed_over(5))
    assert (refused.code, refused.clause) == ("no_handover_in_plan", None)
    assert "晋城市城区能源供应应急预案" in refused.message("zh")


def taken_over(minute: float, office: str = COMMANDER, by: str | None = "h-2") -> Fact:
    return fact("supply_taken_over", minute, office=office, stopped="h-1", by=by, reason="无法保障供热")


def test_the_headquarters_names_who_takes_a_suppliers_area_over() -> None:
    plan = load_plan("heating-zezhou")
    assert {office for office in OFFICES if allowed(plan, taken_over(0, office))} == {COMMANDER, DEPUTY}
    refused = refusal(plan, taken_over(0, DIRECTOR))
    assert (refused.code, refused.clause) == ("not_naming_supplier", "4.5.3")
    assert "由县指挥部指定有关供热企业临时接管" in str(refused.quotation)
    assert refusal(plan, taken_over(0, by="h-1")).code == "takeover_by_itself"
    assert allowed(plan, taken_over(0), taken_over(5, by=None))
    assert refusal(load_plan("energy-chengqu"), taken_over(0)).code == "no_takeover_in_plan"


def test_a_third_plan_has_its_own_offices_and_clauses() -> None:
    plan = parse_plan(THIRD_PLAN, "third.yaml")
    assert allowed(plan, started(0, "四级", "值班长"), changed(5, "一级", "区长"), ended(9, "区长"))
    refused = refusal(plan, started(0, "四级", "值班长"), changed(5, "一级", "局长"))
    assert (refused.clause, "区长" in refused.message("en")) == ("4.4", True)
    assert refusal(plan, started(0, "四级", "值班长"), ended(5, "区长")).clause == "4.6"


def test_the_offices_that_may_take_a_step_can_be_asked_for() -> None:
    plan = load_plan("energy-chengqu")
    assert offices_that_may(plan, Standing(), started(0, "II", DIRECTOR)) == (
        COMMANDER,
        DEPUTY,
    )
    assert offices_that_may(plan, Standing("II", (COMMANDER, DEPUTY)), ended(0, DIRECTOR)) == (COMMANDER, DEPUTY)
    assert offices_that_may(plan, Standing(), fact("closed", 0, reason="误报")) is None


def test_kinds_without_a_rule_change_nothing() -> None:
    assert set(KINDS) - RULED_KINDS >= {"note", "fault_located", "repaired", "correction", "level_recommended"}
    plan = load_plan("energy-chengqu")
    assert after_all(plan, fact("note", 0, text="甲"), fact("repaired", 1, element="e")) == Standing()
