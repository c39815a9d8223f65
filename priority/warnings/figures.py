"""The figures that warning levels are weighed by: reckoned from the picture of an incident, or told by people."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from priority.figures import compute_figures
from priority.network.arrays import NETWORK_KEYS
from priority.picture import Picture
from priority.plans import Plan
from priority.plans.conditions import Value
from priority.plans.warning_figures import NO_RESPONSE, RUNNING_LEVEL, WARNING_FIGURES
from priority.times import NEVER
from priority.warnings.reach import nodes_reached


class UnknownFigure(ValueError):
    """A figure was told that no warning level knows, or with a value of the wrong kind; `key` says which."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


def warning_figures(
    picture: Picture, running_level: str | None, told: Mapping[str, Value | None]
) -> dict[str, Value | None]:
    """Return every figure by key: the plan's own, then those of `WARNING_FIGURES`; None is unknown.

    `running_level` is the response that runs (`NO_RESPONSE` for none, None if not known). What people tell goes before
    what is reckoned. Raises `UnknownFigure`.
    """
    check_told(picture.plan, running_level, told)
    basis = compute_figures(picture)
    figures: dict[str, Value | None] = {item.key: None for item in picture.plan.figures}
    figures.update(dict.fromkeys(WARNING_FIGURES))
    figures.update({key: row.value for key, row in basis.items()})
    figures.update({key: value for key, value in picture.incident.figures.items() if value is not None})
    figures.update(_reckoned(picture))
    figures.update({key: value for key, value in told.items() if value is not None})
    return {**figures, RUNNING_LEVEL: running_level}


def check_told(plan: Plan, running_level: str | None, told: Mapping[str, Value | None]) -> None:
    """Raise `UnknownFigure` for a key or a value that no warning level of the plan can weigh."""
    if running_level not in {None, NO_RESPONSE, *(item.level for item in plan.levels)}:
        raise UnknownFigure(RUNNING_LEVEL)
    for key, value in told.items():
        figure = WARNING_FIGURES.get(key)
        if figure is None or key == RUNNING_LEVEL:
            raise UnknownFigure(key)
        if value is None:
            continue
        if figure.kind == "flag" and not isinstance(value, bool):
            raise UnknownFigure(key)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if figure.kind in ("count", "hours") and not (number and 0 <= float(value) < float("inf")):
            raise UnknownFigure(key)


def _reckoned(picture: Picture) -> dict[str, Value | None]:
    """Reckon the figures from what the cascade does until the horizon, on the networks that the warnings are about."""
    system = picture.system
    about = [NETWORK_KEYS.index(key) for key in picture.plan.warnings.networks]
    chosen = np.isin(system.arrays.network, about)
    now = nodes_reached(picture, until_horizon=False) & chosen
    reached = nodes_reached(picture, until_horizon=True) & chosen
    begins = picture.cascade.facility_spells.begins_s
    failing = (begins != NEVER) & (begins <= picture.horizon_s)
    in_county = system.townships.in_county(picture.plan.county_code)
    hit = system.loads.tally(reached).hit(list(range(len(NETWORK_KEYS)))) & in_county
    hit[system.facilities.township[failing & _shown(picture)]] = True
    townships = int((hit & in_county).sum())
    at_risk = townships > 0 or bool(reached.any())
    spreads = bool((reached & ~now).any()) or bool((failing & (begins > 0) & _shown(picture)).any())
    return {"townships_at_risk": float(townships), "supply_at_risk": at_risk, "spreading": spreads}


def _shown(picture: Picture) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    shown = np.zeros(len(picture.system.facilities.ids), np.bool_)
    shown[picture.shown_facilities] = True
    return shown
