"""Random towns: more crews and units, shorter repairs never make a plan worse; doing nothing is never better."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from priority.restoration.results import RestorationPlan
from tests.pictures import District
from tests.priority.restoration.towns import HERE, PLACES, crew, plan_for, unit

_PLACES = ("government", "hospital", "utility", "school")


@dataclass(frozen=True)
class Case:
    district: District
    faults: dict[str, float]
    crews: dict[str, Any]


@st.composite
def towns(draw: st.DrawFn) -> Case:
    """A town of two networks with feeders behind switches, places on them, pumps between them, crews and units."""
    district, ends = District(), []
    for prefix, network in (("e", "electricity"), ("w", "water")):
        for number in range(draw(st.integers(1, 3))):
            end = f"{prefix}{number}"
            strip = {end: draw(st.integers(0, 3))}
            district.network(network, f"{prefix.upper()}* - s{end}| - {end}:{draw(st.integers(1, 90))}", strip)
            ends.append((network, end))
    power = [end for network, end in ends if network == "electricity"]
    if draw(st.booleans()):
        district.facility("pump", "utility", feeds="W", electricity=(draw(st.sampled_from(power)), 1))
    for number in range(draw(st.integers(1, 3))):
        network, end = draw(st.sampled_from(ends))
        category, hours = draw(st.sampled_from(_PLACES)), draw(st.sampled_from([0, 1, 3]))
        district.facility(f"f{number}", category, strip=draw(st.integers(0, 3)), **{network: (end, hours)})
    faults = draw(st.lists(st.sampled_from([end for _, end in ends]), min_size=1, max_size=3, unique=True))
    skills = [("electricity",), ("water",), ("electricity", "water")]
    crews = [
        crew(f"c{number}", *draw(st.sampled_from(skills)), depot=draw(st.sampled_from([HERE, PLACES])))
        for number in range(draw(st.integers(0, 2)))
    ]
    hours = [{"fault": fault, "hours": draw(st.sampled_from([1, 2, 5]))} for fault in faults]
    units = [
        unit(f"g{number}", setup_hours=draw(st.sampled_from([0.25, 2]))) for number in range(draw(st.integers(0, 1)))
    ]
    document = {"crews": crews, "units": units, "repairs": hours}
    return Case(district, {fault: float(draw(st.integers(0, 1))) for fault in faults}, document)


def losses(plan: RestorationPlan, keys: list[str]) -> tuple[float, ...]:
    values = {level.key: level.value for level in plan.levels}
    return tuple(round(values.get(key, 0.0), 2) for key in keys)


@settings(max_examples=12, deadline=None)
@given(towns(), st.sampled_from(["crew", "unit", "hours"]))
def test_more_never_makes_a_plan_worse(case: Case, what: str) -> None:
    before = plan_for(case.district, case.faults, case.crews)
    more = dict(case.crews)
    if what == "crew":
        more["crews"] = [*more["crews"], crew("c9", "electricity", "water")]
    elif what == "unit":
        more["units"] = [*more["units"], unit("g9", setup_hours=0.5)]
    else:
        more["repairs"] = [{**row, "hours": 0.5} for row in more["repairs"]]
    after = plan_for(case.district, case.faults, more)
    keys = [level.key for level in before.levels]
    assert losses(after, keys) <= losses(before, keys)


@settings(max_examples=12, deadline=None)
@given(towns())
def test_doing_nothing_and_simple_rules_are_never_better(case: Case) -> None:
    plan = plan_for(case.district, case.faults, case.crews)
    value = tuple(level.value for level in plan.levels)
    for level in plan.levels:
        assert level.bound <= level.value <= level.without_repairs + 1e-9
    for row in plan.rules:
        assert value <= row.values
    assert {step.fault for step in plan.steps} | {row.fault for row in plan.open_faults} == set(case.faults)
