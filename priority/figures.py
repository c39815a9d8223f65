"""The plan's figures that an assessment can compute, for the plan's county alone, each with how it was computed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from priority.errors import InvalidIncident, Problem
from priority.loads import DEMAND_UNITS
from priority.network.arrays import NETWORK_KEYS
from priority.picture import Picture
from priority.plans import Figure, Plan
from priority.results import FigureBasis
from priority.wording import Phrases

_UNITS = {"share": "share", "count": "count", "days": "days"}
_SECONDS_PER_DAY = 86_400
#: Above this a number is a slip of the keyboard, and arithmetic with it would overflow.
_LARGEST = 1e15


def compute_figures(picture: Picture) -> dict[str, FigureBasis]:
    """Return every figure of the plan that has a measure, by key. `value` is None where it cannot be known."""
    return {
        figure.key: _compute(picture, figure, figure.measure.kind)
        for figure in picture.plan.figures
        if figure.measure is not None
    }


def check_reported(plan: Plan, figures: dict[str, float | bool | str | None], phrases: Phrases) -> None:
    """Raise `InvalidIncident` for reported figures that the plan does not have or that cannot be so."""
    problems = problems_of(plan, figures, phrases, prefix="figures.")
    if problems:
        raise InvalidIncident(problems)


def problems_of(
    plan: Plan, figures: Mapping[str, float | bool | str | None], phrases: Phrases, *, prefix: str
) -> list[Problem]:
    """Return what is wrong with reported figures, each under `prefix` and its key."""
    problems = []
    for key, value in figures.items():
        figure = plan.figure(key)
        if figure is None:
            code, known = "figure_unknown", [item.key for item in plan.figures]
        else:
            code, known = _wrong(figure, value), list(figure.choices)
        if code:
            remedy = phrases.write(f"remedy.{code}", known=phrases.join(known))
            problems.append(Problem(f"{prefix}{key}", phrases.write(f"problem.{code}"), remedy))
    return problems


def _wrong(figure: Figure, value: float | bool | str | None) -> str:
    """Return the problem's code, "" if the value fits. None is unknown and always fits."""
    if value is None:
        return ""
    if figure.kind == "flag":
        return "" if isinstance(value, bool) else "figure_flag"
    if figure.kind == "choice":
        return "" if value in figure.choices else "figure_choice"
    if isinstance(value, bool | str) or not 0 <= value <= _LARGEST:  # false for NaN too
        return f"figure_{figure.kind}"
    if figure.kind == "count" and value != int(value):
        return "figure_count"
    return "figure_percent" if figure.kind == "share" and value > figure.maximum else ""


def _networks(picture: Picture, figure: Figure) -> tuple[list[int], str]:
    keys = () if figure.measure is None else figure.measure.networks
    lack = picture.phrases.join([picture.phrases.write(f"lack.{key}") for key in keys])
    return [NETWORK_KEYS.index(key) for key in keys], lack


def _compute(picture: Picture, figure: Figure, kind: str) -> FigureBasis:
    """Measure a figure; unknown, not zero, where the data has no such customers in the county."""
    codes, lack = _networks(picture, figure)
    if not (picture.tally_all.hit(codes) & _county(picture)).any():
        county = picture.plan.county_name.in_language(picture.phrases.language)
        return _basis(picture, figure, None, picture.phrases.write("method.no_denominator", county=county, lack=lack))
    return _MEASURES[kind](picture, figure)


def _county(picture: Picture) -> NDArray[np.bool_]:
    return picture.system.townships.in_county(picture.plan.county_code)


def _basis(
    picture: Picture,
    figure: Figure,
    value: float | None,
    method: str,
    parts: tuple[float | None, float | None] = (None, None),
) -> FigureBasis:
    return FigureBasis(
        title=figure.title.in_language(picture.phrases.language),
        value=None if value is None else round(value, 9),
        unit=_UNITS[figure.kind],
        numerator=None if parts[0] is None else round(parts[0], 3),
        denominator=None if parts[1] is None else round(parts[1], 3),
        method=method,
        clauses=figure.clauses,
    )


def _affected_townships(picture: Picture, figure: Figure) -> FigureBasis:
    codes, lack = _networks(picture, figure)
    affected = picture.tally_now.hit(codes) & _county(picture)
    county = picture.plan.county_name.in_language(picture.phrases.language)
    method = picture.phrases.write("method.affected_townships", county=county, lack=lack)
    return _basis(picture, figure, float(affected.sum()), method)


def _share(picture: Picture, figure: Figure, attribute: str) -> FigureBasis:
    codes, lack = _networks(picture, figure)
    county = _county(picture)
    lost = float(getattr(picture.tally_now, attribute)[codes][:, county].sum())
    total = float(getattr(picture.tally_all, attribute)[codes][:, county].sum())
    words = {"county": picture.plan.county_name.in_language(picture.phrases.language), "lack": lack}
    missing = _missing(picture, codes, county, attribute)
    if missing and (lost or _missing(picture, codes, county, attribute, lost_only=True)):
        known = {"numerator": f"{round(lost):,}", "denominator": f"{round(total):,}"}
        method = picture.phrases.write("method.unknown_nodes", count=missing, **known, **words)
        return _basis(picture, figure, None, method, (lost, total))
    if total == 0:
        value = 0.0 if missing else None
        return _basis(picture, figure, value, picture.phrases.write("method.no_denominator", **words))
    key = "method.customers_out_share" if attribute == "customers" else "method.load_lost_share"
    method = picture.phrases.write(
        key,
        numerator=f"{round(lost):,}",
        denominator=f"{round(total):,}",
        unit=DEMAND_UNITS[NETWORK_KEYS[codes[0]]],
        **words,
    )
    return _basis(picture, figure, lost / total, method, (lost, total))


def _missing(
    picture: Picture, codes: list[int], townships: NDArray[np.bool_], attribute: str, *, lost_only: bool = False
) -> int:
    """Count the consumer nodes in these townships whose customers or demand nobody knows."""
    tally = picture.tally_now if lost_only else picture.tally_all
    return int(getattr(tally, f"{attribute}_unknown")[codes][:, townships].sum())


def _customers_out_share(picture: Picture, figure: Figure) -> FigureBasis:
    return _share(picture, figure, "customers")


def _load_lost_share(picture: Picture, figure: Figure) -> FigureBasis:
    return _share(picture, figure, "demand")


def _local_gap_share(picture: Picture, figure: Figure) -> FigureBasis:
    codes, lack = _networks(picture, figure)
    affected = picture.tally_now.hit(codes) & _county(picture)
    if affected.sum() < 2:
        return _basis(picture, figure, 0.0, picture.phrases.write("method.local_gap_single"))
    lost = float(picture.tally_now.demand[codes][:, affected].sum())
    total = float(picture.tally_all.demand[codes][:, affected].sum())
    missing = _missing(picture, codes, affected, "demand")
    if missing:
        known = {"numerator": f"{round(lost):,}", "denominator": f"{round(total):,}"}
        county = picture.plan.county_name.in_language(picture.phrases.language)
        method = picture.phrases.write("method.unknown_nodes", count=missing, county=county, lack=lack, **known)
        return _basis(picture, figure, None, method, (lost, total))
    method = picture.phrases.write(
        "method.local_gap_share",
        townships=int(affected.sum()),
        lack=lack,
        numerator=f"{round(lost):,}",
        denominator=f"{round(total):,}",
        unit=DEMAND_UNITS[NETWORK_KEYS[codes[0]]],
    )
    return _basis(picture, figure, lost / total if total else None, method, (lost, total))


def _outage_days(picture: Picture, figure: Figure) -> FigureBasis:
    codes, lack = _networks(picture, figure)
    loads = picture.system.loads
    inside = _county(picture)[loads.township] & np.isin(loads.network, codes)
    inside &= (loads.customers > 0) | loads.customers_unknown
    times = picture.cascade.lost_spells(0).begins_s[inside & picture.lost_nodes(0)]
    if not times.size:
        county = picture.plan.county_name.in_language(picture.phrases.language)
        return _basis(picture, figure, 0.0, picture.phrases.write("method.outage_none", county=county, lack=lack))
    first = int(times.min())
    method = picture.phrases.write(
        "method.outage_days", clock=picture.clock(first), duration=picture.phrases.duration(-first), lack=lack
    )
    return _basis(picture, figure, -first / _SECONDS_PER_DAY, method)


_MEASURES: dict[str, Callable[[Picture, Figure], FigureBasis]] = {
    "affected_townships": _affected_townships,
    "customers_out_share": _customers_out_share,
    "load_lost_share": _load_lost_share,
    "local_gap_share": _local_gap_share,
    "outage_days": _outage_days,
}
