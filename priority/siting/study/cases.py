"""The incident of a study, or each of its scenarios: what is out at any time within the horizon."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from priority.assessment import take_picture
from priority.errors import InvalidIncident, Problem
from priority.incident import Incident
from priority.network.kernels import BoolArray
from priority.picture import Picture
from priority.precedence import precedence
from priority.siting.problem import InvalidSiting
from priority.siting.study.setting import Setting

#: The place of classes outside the plan's list, as in `priority.precedence`; people come after every class.
_OUTSIDE = 10_000
PEOPLE_ORDER = _OUTSIDE + 1


@dataclass(frozen=True, eq=False)
class Case:
    """The normal state, an incident, or a scenario. `picture` is None without an incident."""

    setting: Setting
    name: str | None
    picture: Picture | None

    @property
    def incident(self) -> Incident | None:
        """The incident as it was assessed."""
        return None if self.picture is None else self.picture.incident

    @property
    def closed_roads(self) -> frozenset[str]:
        """Roads that nobody may drive: the study's and the incident's."""
        own = () if self.incident is None else self.incident.closed_roads
        return frozenset((*self.setting.study.distance.closed_roads, *own))

    @cached_property
    def nodes_out(self) -> BoolArray:
        """Nodes (n), devices left out, that lose their supply at any time from `at` to the horizon."""
        if self.picture is None:
            return np.zeros(self.setting.system.arrays.node_ids.size, np.bool_)
        begins_s = self.picture.cascade.lost_spells(0).begins_s
        out: BoolArray = self.picture.counted & (begins_s <= self.picture.horizon_s)
        return out

    @cached_property
    def facilities_failing(self) -> BoolArray:
        """Facilities (f) that fail at any time from `at` to the horizon."""
        if self.picture is None:
            return np.zeros(len(self.setting.system.facilities.ids), np.bool_)
        failing: BoolArray = self.picture.cascade.facility_spells.begins_s <= self.picture.horizon_s
        return failing

    def facilities_lacking(self, commodities: tuple[str, ...]) -> BoolArray:
        """Return the facilities (f) that lack one of these commodities, which they require, within the horizon."""
        needs = self.setting.system.facilities.needs
        lacking = np.zeros(len(self.setting.system.facilities.ids), np.bool_)
        if self.picture is None:
            return lacking
        begins_s = self.picture.cascade.need_spells.begins_s
        for number, need in enumerate(needs):
            if need.required and need.commodity in commodities and begins_s[number] <= self.picture.horizon_s:
                lacking[need.facility] = True
        return lacking

    def order_of(self, category: str) -> int:
        """Return a class's place, smaller before larger: the commander's order first, then the plan's list."""
        if self.incident is not None:
            return precedence(self.setting.plan, self.incident, category)
        entry = self.setting.plan.priority_of(category)
        return _OUTSIDE if entry is None else entry.tier


def cases_of(setting: Setting) -> tuple[Case, ...]:
    """Return the one case of a study, or its scenarios. Raises `InvalidSiting` naming what the district lacks."""
    study = setting.study
    if not study.scenarios:
        return (Case(setting, None, _picture(setting, study.incident, "incident")),)
    return tuple(
        Case(setting, item.name, _picture(setting, item.incident, f"scenarios[{number}].incident"))
        for number, item in enumerate(study.scenarios)
    )


def _picture(setting: Setting, incident: Incident | None, field: str) -> Picture | None:
    if incident is None:
        return None
    plan = setting.plan
    if incident.plan != plan.key:
        # Reported figures are those of the other plan; they do not change what is out.
        incident = incident.model_copy(update={"plan": plan.key, "figures": {}})
    try:
        return take_picture(
            setting.system, incident, plan, language=setting.phrases.language, restricted=setting.restricted
        )
    except InvalidIncident as error:
        told = [Problem(f"{field}.{item.field}".rstrip("."), item.message, item.remedy) for item in error.problems]
        raise InvalidSiting(told) from error
