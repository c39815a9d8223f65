"""What a study is asked of: the system, the plan, the reader."""

from __future__ import annotations

from dataclasses import dataclass

from priority.network.arrays import NETWORK_KEYS
from priority.plans import Plan
from priority.siting.study.input import SitingStudy
from priority.system import SupplySystem
from priority.wording import Phrases

#: What a kind of site stands in for while it is out.
REPLACES: dict[str, tuple[str, ...]] = {
    "coal_depot": ("heat",),
    "mobile_boiler": ("heat",),
    "mobile_generator": ("electricity",),
    "warm_shelter": ("heat", "electricity"),
    "water_point": ("water",),
    "crew": NETWORK_KEYS,
}
#: Crews serve everybody; the electricity network reaches most of the people.
_EVERYBODY = ("electricity",)


@dataclass(frozen=True, eq=False)
class Setting:
    """A study with the district that it is made for, its plan, the reader's language and right to restricted places."""

    system: SupplySystem
    study: SitingStudy
    plan: Plan
    phrases: Phrases
    restricted: bool

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks whose loss counts."""
        return self.study.demand.networks or REPLACES[self.study.kind]

    @property
    def people_networks(self) -> tuple[str, ...]:
        """The networks whose consumers are the people."""
        if self.study.demand.networks is None and self.study.kind == "crew" and self.study.demand.where == "district":
            return _EVERYBODY
        return self.networks

    @property
    def commodities(self) -> tuple[str, ...]:
        """What a facility has to lack to count; a coal depot serves boilers that lack coal too."""
        return (*self.networks, "coal") if self.study.kind == "coal_depot" else self.networks

    def shows(self, facility: int) -> bool:
        """Tell whether the reader may know of a facility."""
        return self.restricted or not self.system.facilities.restricted[facility]

    def township_name(self, township: int) -> str:
        """Return the name of a township by number, words for places outside all."""
        townships = self.system.townships
        return self.phrases.write("name.outside") if township >= townships.outside else townships.names[township]
