"""Who may take which step of a warning, by both plans, against a table written by hand from their texts."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import get_args

import pytest

from priority.plans import Plan, load_plan
from tests.db.warning_cases import (
    COMMANDER,
    DEPUTY,
    DIRECTOR,
    DUTY,
    ENERGY,
    HEATING,
    LEVEL_NAMES,
    NOW,
    content,
    resolved,
    step,
)
from tests.web.warnings.lives import DEPUTIES, HEAD, OFFICE, PEOPLE, after, drafted, in_force, submitted
from webmap.incidents.errors import Refused
from webmap.incidents.records import Author, Phase
from webmap.warnings.state import WarningState
from webmap.warnings.step_rules import Case
from webmap.warnings.steps import Approved, Drafted, Issued, Lifted, Referred, Returned, Revised, Submitted
from webmap.warnings.transitions import STEP_RIGHTS, TABLE, Possibility, may, require_allowed
from webmap.warnings.wanted import WANTED_KINDS, Wanted

#: Plan, level: who approves, who issues (3.3 of both plans; 区指挥部 acts through its commander and deputies).
BY_THE_PLANS = {
    (ENERGY, "general"): (set(), {HEAD, DEPUTIES}),
    (ENERGY, "large"): (set(), {HEAD, DEPUTIES}),
    (ENERGY, "major"): (set(), {HEAD, DEPUTIES}),
    (HEATING, "general"): (set(), {OFFICE}),
    (HEATING, "large"): ({HEAD, DEPUTIES}, {OFFICE, HEAD, DEPUTIES}),
    (HEATING, "major"): ({HEAD}, {OFFICE, HEAD}),
}
#: Plan, office that issued: who lifts (3.5, 3.4: 谁发布谁解除).
LIFTERS = {
    (ENERGY, HEAD): {HEAD, DEPUTIES},
    (ENERGY, DEPUTIES): {HEAD, DEPUTIES},
    (HEATING, OFFICE): {OFFICE},
    (HEATING, HEAD): {OFFICE, HEAD, DEPUTIES},
    (HEATING, DEPUTIES): {OFFICE, HEAD, DEPUTIES},
}


def allowed(
    state: WarningState,
    wanted: Wanted,
    author: Author,
    *,
    plan: Plan | None = None,
    phase: Phase = "reported",
    now: datetime = NOW,
) -> str:
    """Return "" where the step is allowed, else the code of the refusal, which says what to do in both languages."""
    try:
        require_allowed(Case(plan or load_plan(state.plan), state, author, phase, now), wanted)
    except Refused as refused:
        for language in ("zh", "en"):
            assert refused.message(language)  # type: ignore[arg-type]
            assert refused.remedy(language)  # type: ignore[arg-type]
        return refused.code
    return ""


def who_may(state: WarningState, kind: str, **fields: str) -> set[str]:
    """Return the offices whose holders may take a step in that office's name."""
    return {
        office for office, person in PEOPLE.items() if allowed(state, step(kind, office=office, **fields), person) == ""
    }


@pytest.mark.parametrize(("plan", "level"), BY_THE_PLANS)
def test_offices_are_those_that_the_plans_name(plan: str, level: str) -> None:
    approvers, issuers = BY_THE_PLANS[plan, level]
    waiting = submitted(plan, level)
    assert who_may(waiting, "approved") == approvers
    assert who_may(waiting, "returned", remarks="缺范围") == issuers
    assert who_may(waiting, "referred", to="市政府", reason="超出权限") == issuers
    assert who_may(waiting, "issued") == (set() if approvers else issuers)
    assert who_may(drafted(plan, level), "issued") == (set() if approvers else issuers)
    assert who_may(drafted(plan, level), "approved") == set()
    for office in approvers:
        assert who_may(after(waiting, Approved(office=office), PEOPLE[office]), "issued") == issuers


@pytest.mark.parametrize(("plan", "level"), BY_THE_PLANS)
def test_who_issued_lifts(plan: str, level: str) -> None:
    for office in BY_THE_PLANS[plan, level][1]:
        assert who_may(in_force(plan, level, office), "lifted", reason="恢复") == LIFTERS[plan, office]


def test_an_update_by_another_office_is_lifted_by_either() -> None:
    state = after(in_force(HEATING, "large", HEAD), Revised(content=content("general"), resolved=resolved()))
    state = after(state, Issued(office=OFFICE, entry=3, identifier="m-2"), DIRECTOR)
    assert who_may(state, "lifted", reason="恢复") == {OFFICE, HEAD, DEPUTIES}


#: Plan, level in force, level of the update: who approves it.
CHANGES = {
    (HEATING, "general", "general"): set(),
    (HEATING, "general", "large"): {HEAD, DEPUTIES},
    (HEATING, "general", "major"): {HEAD},
    (HEATING, "large", "general"): {HEAD, DEPUTIES},
    (HEATING, "large", "large"): {HEAD, DEPUTIES},
    (HEATING, "large", "major"): {HEAD},
    (HEATING, "major", "general"): {HEAD},
    (HEATING, "major", "large"): {HEAD},
    (ENERGY, "major", "general"): set(),
    (ENERGY, "general", "major"): set(),
}


@pytest.mark.parametrize(("plan", "before", "level"), CHANGES)
def test_an_update_is_approved_by_those_of_the_higher_level(plan: str, before: str, level: str) -> None:
    approvers, issuers = CHANGES[plan, before, level], BY_THE_PLANS[plan, level][1]
    state = in_force(plan, before, HEAD)
    state = after(state, Revised(content=content(level), resolved=resolved(level)), DUTY)
    state = after(state, Submitted(), DUTY)
    assert who_may(state, "approved") == approvers
    assert who_may(state, "issued") == (set() if approvers else issuers)
    assert who_may(state, "returned", remarks="改") == approvers | issuers
    for office in approvers:
        assert who_may(after(state, Approved(office=office), PEOPLE[office]), "issued") == issuers
    # What has expired is in force no more: it is issued anew by the rules of its own level.
    late = content(level, expires_at=(NOW + timedelta(days=3)).isoformat())
    state = after(in_force(plan, before, HEAD), Revised(content=late, resolved=resolved(level)), DUTY)
    own, office = BY_THE_PLANS[plan, level][0], sorted(issuers)[0]
    code = allowed(state, step("issued", office=office), PEOPLE[office], now=NOW + timedelta(days=1))
    assert code == ("warning_awaits_approval" if own else "")


def test_lowering_what_was_approved_says_who_has_to_approve_it() -> None:
    state = after(in_force(HEATING, "large", HEAD), Revised(content=content(), resolved=resolved()), DUTY)
    found = of(may(load_plan(HEATING), state, DIRECTOR, "reported", NOW, drafts=True), "issued").refusal
    assert found is not None
    assert (found.code, found.clause) == ("warning_change_awaits_approval", "3.3(2)")
    assert found.message("zh").startswith("正在生效的较大风险预警经指挥长或副指挥长批准发布，改为一般风险预警也须经")


@pytest.mark.parametrize("part", ["drafted", "revised", "submitted"])
def test_nobody_approves_what_he_had_a_part_in(part: str) -> None:
    state = drafted(HEATING, "large", COMMANDER if part == "drafted" else DUTY)
    if part == "revised":
        state = after(state, Revised(content=content("large"), resolved=resolved("large")), COMMANDER)
    state = after(state, Submitted(), COMMANDER if part == "submitted" else DUTY)
    assert allowed(state, step("approved", office=HEAD), COMMANDER) == "own_approval"
    assert allowed(state, step("approved", office=DEPUTIES), DEPUTY) == ""
    # Returned and changed by somebody else it is still his in part.
    state = after(state, Returned(office=DEPUTIES, remarks="改"), DEPUTY)
    state = after(state, Revised(content=content("large"), resolved=resolved("large")), DUTY)
    state = after(state, Submitted(), DUTY)
    assert allowed(state, step("approved", office=HEAD), COMMANDER) == "own_approval"
    # Once issued the next version begins anew.
    state = after(state, Issued(office=DEPUTIES, approved_by=DEPUTIES, entry=2, identifier="m-1"), DEPUTY)
    state = after(state, Revised(content=content("large"), resolved=resolved("large")), DUTY)
    assert allowed(after(state, Submitted(), DUTY), step("approved", office=HEAD), COMMANDER) == ""


def test_an_office_is_used_by_who_holds_it() -> None:
    waiting = submitted(HEATING, "large")
    assert allowed(waiting, step("approved", office=HEAD), DEPUTY) == "office_not_held"
    assert allowed(waiting, step("approved", office=OFFICE), DIRECTOR) == "warning_approved_by"
    assert allowed(waiting, step("approved", office="局长"), DIRECTOR) == "warning_approved_by"


def test_a_changed_version_must_be_submitted_and_approved_again() -> None:
    state = after(submitted(HEATING, "large"), Approved(office=HEAD), COMMANDER)
    assert allowed(state, step("issued", office=OFFICE), DIRECTOR) == ""
    state = after(state, Revised(content=content("large"), resolved=resolved("large")), DUTY)
    assert allowed(state, step("issued", office=OFFICE), DIRECTOR) == "warning_awaits_approval"
    assert allowed(state, step("approved", office=HEAD), COMMANDER) == "warning_not_submitted"
    assert allowed(state, step("submitted"), DUTY) == ""


def test_what_was_returned_is_changed_before_anything_else() -> None:
    for level in ("general", "large"):
        state = after(submitted(HEATING, level), Returned(office=OFFICE, remarks="缺范围"), DIRECTOR)
        assert allowed(state, step("submitted"), DUTY) == "warning_already_returned"
        assert allowed(state, step("issued", office=OFFICE), DIRECTOR) == "warning_already_returned"
        assert allowed(state, step("withdrawn", reason="不需要"), DUTY) == ""
        assert allowed(state, step("referred", office=OFFICE, to="市政府", reason="超出权限"), DIRECTOR) == ""
        revised = after(state, Revised(content=content(level), resolved=resolved(level)), DUTY)
        assert allowed(revised, step("submitted"), DUTY) == ""


INCOMPLETE = {
    "warning_incomplete": (content(texts={"zh": {"预警级别": " 一般 "}}), resolved()),
    "warning_area_empty": (content(), resolved(shape={"type": "MultiPolygon", "coordinates": []})),
    "warning_expires_past": (content(), resolved()),
    "warning_other_level": (content(), resolved("large")),
    "warning_reason_missing": (content(), resolved(None)),
}


@pytest.mark.parametrize("code", INCOMPLETE)
def test_what_is_not_complete_is_neither_submitted_nor_issued(code: str) -> None:
    said, ground = INCOMPLETE[code]
    bare = WarningState("w", "i", "首站停运", HEATING, False)
    state = after(bare, Drafted(content=said, resolved=ground))
    now = NOW + timedelta(hours=12) if code == "warning_expires_past" else NOW
    assert allowed(state, step("submitted"), DUTY, now=now) == code
    assert allowed(state, step("issued", office=OFFICE), DIRECTOR, now=now) == code
    with_reason = said.model_copy(update={"reason": "现场判断"})
    state = after(bare, Drafted(content=with_reason, resolved=ground))
    expected = "" if code in {"warning_other_level", "warning_reason_missing"} else code
    assert allowed(state, step("submitted"), DUTY, now=now) == expected


def test_of_an_incident_that_ended_warnings_are_lifted_and_none_issued() -> None:
    waiting = submitted(HEATING, "general")
    assert allowed(waiting, step("issued", office=OFFICE), DIRECTOR, phase="ended") == "warning_incident_ended"
    state = in_force(HEATING, "general", OFFICE)
    assert allowed(state, step("lifted", office=OFFICE, reason="恢复"), DIRECTOR, phase="ended") == ""


def test_a_life_that_ended_takes_no_step() -> None:
    lifted = Lifted(office=OFFICE, reason="恢复", entry=3, identifier="m-2")
    referred = Referred(office=OFFICE, to="市政府", reason="超出权限")
    ends = {
        "lifted": after(in_force(HEATING, "general", OFFICE), lifted, DIRECTOR),
        "referred": after(submitted(HEATING, "general"), referred, DIRECTOR),
        "withdrawn": after(submitted(HEATING, "general"), step("withdrawn", reason="不需要"), DUTY),
    }
    for name, state in ends.items():
        assert state.status_at(NOW) == name
        found = may(load_plan(HEATING), state, DIRECTOR, "reported", NOW, drafts=True)
        assert {item.kind: item.refusal.code for item in found if item.refusal} == dict.fromkeys(
            WANTED_KINDS, f"warning_is_{name}"
        )


def test_of_a_warning_in_force_only_the_version_in_preparation_is_given_up() -> None:
    state = in_force(HEATING, "general", OFFICE)
    assert allowed(state, step("withdrawn", reason="不需要"), DUTY) == "warning_nothing_pending"
    state = after(state, Revised(content=content(), resolved=resolved()), DUTY)
    state = after(state, step("withdrawn", reason="不需要"), DUTY)
    assert (state.status_at(NOW), state.pending, state.told.number) == ("issued", None, 1)
    assert allowed(state, step("lifted", office=OFFICE, reason="恢复"), DIRECTOR) == ""


def of(found: tuple[Possibility, ...], kind: str) -> Possibility:
    return next(item for item in found if item.kind == kind)


def test_everybody_is_told_what_he_may_do_and_who_may_do_the_rest() -> None:
    plan, state = load_plan(HEATING), submitted(HEATING, "large")
    found = may(plan, state, DEPUTY, "reported", NOW, drafts=True)
    approving = of(found, "approved")
    assert (approving.offices, approving.mine, approving.allowed) == ((HEAD, DEPUTIES), (DEPUTIES,), True)
    assert of(found, "revised").allowed
    observer = may(plan, state, Author("p-o", "观察员"), "reported", NOW, drafts=False)
    assert [item.kind for item in observer if item.allowed] == []
    refusal = of(observer, "approved").refusal
    assert refusal is not None
    assert (refusal.message("zh"), refusal.remedy("zh")) == (
        "较大风险预警由指挥长或副指挥长批准（3.3(2)）",
        "请指挥长或副指挥长批准",
    )
    assert refusal.quotation == plan.warnings.levels[1].procedure
    drafting = of(observer, "revised").refusal
    assert drafting is not None
    assert "值班员" in drafting.message("zh")


@pytest.mark.parametrize(("plan", "level"), BY_THE_PLANS)
def test_what_is_offered_is_what_is_allowed(plan: str, level: str) -> None:
    fields = {"remarks": "改", "reason": "恢复", "to": "市政府", "content": content(level).model_dump(mode="json")}
    takes = {"revised": ("content",), "returned": ("remarks",), "lifted": ("reason",), "withdrawn": ("reason",)}
    takes["referred"] = ("to", "reason")
    approvers, issuers = BY_THE_PLANS[plan, level]
    states = [drafted(plan, level), submitted(plan, level)]
    states += [after(states[1], Approved(office=office), PEOPLE[office]) for office in sorted(approvers)[:1]]
    states += [in_force(plan, level, office) for office in sorted(issuers)]
    for state in states:
        for person in PEOPLE.values():
            for item in may(load_plan(plan), state, person, "reported", NOW, drafts=True):
                said = {name: fields[name] for name in takes.get(item.kind, ())}
                if TABLE[item.kind].offices is not None:
                    said["office"] = next(iter(person.offices))
                assert (allowed(state, step(item.kind, **said), person) == "") == item.allowed, item


def test_a_third_plan_needs_no_line_of_code(monkeypatch: pytest.MonkeyPatch) -> None:
    base = load_plan(HEATING)
    level = base.warnings.levels[0].model_copy(
        update={
            "key": "amber",
            "name": "橙色预警",
            "clause": "7.1",
            "approved_by": ("副指挥长",),
            "issued_by": "县指挥部",
        }
    )
    plan = base.model_copy(update={"key": "third", "warnings": base.warnings.model_copy(update={"levels": (level,)})})
    monkeypatch.setitem(LEVEL_NAMES, "amber", "橙色预警")
    state = submitted("third", "amber")
    told = {
        office: [
            allowed(state, step("approved", office=office), person, plan=plan),
            allowed(after(state, Approved(office=DEPUTIES), DEPUTY), step("issued", office=office), person, plan=plan),
        ]
        for office, person in PEOPLE.items()
    }
    assert told == {
        HEAD: ["warning_approved_by", ""],
        DEPUTIES: ["", ""],
        OFFICE: ["warning_approved_by", "warning_issued_by"],
    }


def test_the_table_has_every_step_with_its_right() -> None:
    assert tuple(TABLE) == WANTED_KINDS
    assert set(STEP_RIGHTS) == {"drafted", *TABLE}
    assert {model.model_fields["kind"].default for model in get_args(Wanted)} == set(TABLE)
