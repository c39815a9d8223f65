"""How the figures of an impact are defined, and what they rest on."""

from __future__ import annotations

from layers.vocabulary import NETWORKS
from priority.aftermath.results import Definition, Heating, NetworkImpact
from priority.aftermath.series import MOST_ROWS, change_times, step_hours
from priority.aftermath.view import View
from priority.results import Assumption

#: Figures by their key, and whether IEEE Std 1366 defines them.
_DEFINED = {
    "out": False,
    "customer_hours": False,
    "people_hours": False,
    "customers_hit": False,
    "people_hit": False,
    "energy": False,
    "time_to_restore": False,
    "hours_per_customer": False,
    "interruptions": True,
    "saifi": True,
    "saidi": True,
    "caidi": True,
    "failed_hours": False,
    "reserve": False,
    "degree_hours": False,
}


def definitions(view: View, told_s: int) -> tuple[Definition, ...]:
    """Return how each figure is defined; `told_s` is within how many seconds a stock of coal must end to count."""
    write, hours = view.phrases.write, view.phrases.duration(told_s)
    return tuple(
        Definition(
            key=key,
            title=write(f"aftermath.title.{key}"),
            text=write(f"aftermath.text.{key}", hours=hours),
            unit=write(f"aftermath.unit.{key}"),
            source=write("aftermath.source.ieee" if by_standard else "aftermath.source.own"),
        )
        for key, by_standard in _DEFINED.items()
    )


def assumptions(
    view: View, networks: dict[str, NetworkImpact], warmth: Heating | None, *, running: bool
) -> tuple[Assumption, ...]:
    """Return what the figures rest on and do not know, those about the data first."""
    county = view.plan.county_name.in_language(view.phrases.language)
    notes = _about_data(view)
    notes += [_note(view, "model"), _note(view, "whole_network", county=county)]
    if running:
        notes.append(_note(view, "running", clock=view.phrases.clock(view.until)))
    notes += _unknown_points(view, networks)
    unknown = _unknown_reserves(view)
    if unknown:
        notes.append(_note(view, "unknown_reserve", count=unknown))
    if warmth is not None and warmth.hours_unknown:
        notes.append(_note(view, "unknown_temperature", hours=f"{warmth.hours_unknown:g}"))
    count, step = change_times(view).size, step_hours(view)
    if count > MOST_ROWS:
        notes.append(_note(view, "thinned", count=count, shown=MOST_ROWS))
    if step > 1:
        notes.append(_note(view, "coarse", hours=step))
    return tuple(notes)


def _note(view: View, code: str, **values: object) -> Assumption:
    return Assumption(code=code, text=view.phrases.write(f"aftermath.note.{code}", **values))


def _about_data(view: View) -> list[Assumption]:
    system = view.system
    told = {"synthetic": system.synthetic, "estimated": system.estimated}
    notes = [
        Assumption(code=code, text=view.phrases.write(f"assumption.{code}")) for code, holds in told.items() if holds
    ]
    if not view.restricted and system.facilities.restricted.any():
        notes.append(_note(view, "restricted"))
    return notes


def _unknown_points(view: View, networks: dict[str, NetworkImpact]) -> list[Assumption]:
    notes = []
    for choice in NETWORKS:
        row, name = networks[choice.key], view.phrases.title(choice.title)
        if row.customers_unknown:
            notes.append(_note(view, "unknown_customers", network=name, count=row.customers_unknown))
        if row.unserved.unknown_points:
            notes.append(_note(view, "unknown_demand", network=name, count=row.unserved.unknown_points))
    return notes


def _unknown_reserves(view: View) -> int:
    """Return how many facilities lost a required supply whose reserve nobody knows."""
    places = view.account.places
    hit = {
        need.facility
        for number, need in enumerate(view.system.facilities.needs)
        if places.touched[number] and places.shown[need.facility] and places.known(number) is None
    }
    return len(hit)
