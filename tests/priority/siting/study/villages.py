"""Homes, sites and places along one road, for tests: a kilometre takes about a minute to drive."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from shapely import Point

from priority.plans import load_plan
from priority.siting.effort import Effort
from priority.siting.study.input import SitingStudy
from priority.siting.study.outlook import survey
from priority.siting.study.plan import plan_sites
from priority.siting.study.results import CandidateRow, SitingPlan, SitingSurvey
from priority.system import SupplySystem
from tests.pictures import WEST, District
from tests.priority.small import incident_document
from tests.typed_frames import typed_frame

_KM_EAST, _KM_NORTH = 1 / 91.0, 1 / 111.0
PLAN = "energy-chengqu"


def at(east_km: float, north_km: float = 0.0) -> list[float]:
    """Longitude and latitude of a place so far along the road and north of it."""
    return [WEST + east_km * _KM_EAST, 35.2 + north_km * _KM_NORTH]


@dataclass
class Villages:
    """Collects homes, sites and facilities; `roads` are drawn from one kilometre to another, a vertex each."""

    district: District = field(default_factory=District)
    sites: list[dict[str, Any]] = field(default_factory=list)

    def road(self, identifier: str, start_km: int, end_km: int, north_km: int = 0) -> Villages:
        self.district.road(identifier, " ".join(f"{east},{north_km}" for east in range(start_km, end_km + 1)))
        return self

    def home(self, name: str, east_km: float, people: int | None, network: str = "heat") -> Villages:
        """A consumer on a branch of its own: a fault on `<name>-sw--<name>` takes it alone."""
        self.district.network(network, f"{network}-s* - {name}-sw| - {name}:1")
        node = self.district.nodes[name]
        vulnerable = None if people is None else people // 10
        node.update(population=people, vulnerable_people=vulnerable, geometry=Point(*at(east_km)))
        return self

    def site(self, identifier: str, east_km: float, status: str = "candidate", **fields: Any) -> Villages:
        common = {"provenance": "synthetic", "source": "test", "kind": "warm_shelter", "status": status}
        place = Point(*at(east_km, fields.pop("north_km", 0.0)))
        self.sites.append({**common, "id": identifier, "name": f"安置点{identifier}", "geometry": place, **fields})
        return self

    def facility(self, identifier: str, category: str, east_km: float, **fields: Any) -> Villages:
        self.district.facility(identifier, category, **fields)
        self.district.facilities[-1]["geometry"] = Point(*at(east_km))
        return self

    def system(self) -> SupplySystem:
        frames = self.district.frames()
        if self.sites:
            frames["sites"] = typed_frame("sites", self.sites)
        return SupplySystem.build(frames, "1-test")


def study_document(model: str = "mclp", *, sites: int | None = 1, standard: float | None = 5.2, **fields: Any) -> Any:
    question = {"model": model, "sites": sites, "standard": standard, **fields.pop("question", {})}
    return {"kind": "warm_shelter", "plan": PLAN, "question": question, **fields}


def plan_for(
    villages: Villages | SupplySystem,
    document: Any,
    *,
    language: Any = "zh",
    restricted: bool = True,
    effort: Effort | None = None,
) -> SitingPlan:
    system = villages.system() if isinstance(villages, Villages) else villages
    study = SitingStudy.parse(document, language)
    return plan_sites(system, study, load_plan(study.plan), language=language, restricted=restricted, effort=effort)


def survey_for(
    villages: Villages | SupplySystem, document: Any, *, language: Any = "zh", restricted: bool = True
) -> SitingSurvey:
    system = villages.system() if isinstance(villages, Villages) else villages
    study = SitingStudy.parse(document, language)
    return survey(system, study, load_plan(study.plan), language=language, restricted=restricted)


def out(*homes: str, hour: float = 0.0, **fields: Any) -> Any:
    """An incident that takes out these homes, each from that hour on."""
    return incident_document({f"{home}-sw--{home}": hour for home in homes}, **fields)


def chosen(plan: SitingPlan) -> list[str]:
    return [site.id for site in plan.sites if site.new]


def candidate(plan: SitingPlan | SitingSurvey, identifier: str) -> CandidateRow:
    return next(row for row in plan.candidates if row.id == identifier)
