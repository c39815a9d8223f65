"""A siting study as people enter it: what is supplied to whom, from which candidates, under which standard."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictBool, StringConstraints, ValidationError

from priority.fields import Identifier, none_twice
from priority.incident import Area, Incident, Network, known_categories, known_plan
from priority.plans import PLAN_KEYS
from priority.plans.models import Language
from priority.restoration.input import Position
from priority.siting.problem import InvalidSiting, Model
from priority.siting.study.agreement import disagreements
from priority.siting.study.echo import study_document
from priority.validation import first_problems, problem, problems_of
from priority.wording import Phrases

SiteKind = Literal["coal_depot", "mobile_boiler", "mobile_generator", "warm_shelter", "water_point", "crew"]
#: Who is served: people of the networks, facilities of the plan's list, both in that order, or entered points alone.
DemandOf = Literal["people", "vulnerable_people", "facilities", "facilities_then_people", "points"]
#: More entered places and rows of a matrix than these are refused.
MOST_POINTS = 20_000
MOST_SITES = 5_000

_Name = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=200)]
#: No amount is larger: sums and products of amounts stay far from where floating point ends.
_MOST = 1e12
_Amount = Annotated[float, Field(ge=0, le=_MOST, strict=True, allow_inf_nan=False)]
_Ids = Annotated[tuple[Identifier, ...], Field(max_length=MOST_POINTS), AfterValidator(none_twice)]
_Categories = Annotated[
    tuple[Identifier, ...], AfterValidator(none_twice), AfterValidator(known_categories), Field(max_length=100)
]


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class DemandPoint(_Input):
    """A place that a person entered as demand. Without `tier` it stands beside the people, after every class."""

    id: Identifier
    name: _Name
    point: Position
    weight: _Amount = 1.0
    tier: Annotated[int, Field(ge=1, le=1000, strict=True)] | None = None


class DemandInput(_Input):
    """Whom the sites are to serve; entered `points` are always added.

    `where`: all of the townships, or what the incident takes out within its horizon. `networks`: of an incident, whose
    loss counts; None for what the kind replaces (of a warm shelter heat and electricity). `share_in_need`: how many of
    the people need it, an assumption.
    """

    of: DemandOf = "people"
    where: Literal["district", "incident"] = "district"
    townships: _Ids = ()
    categories: _Categories = ()
    networks: Annotated[tuple[Network, ...], Field(min_length=1), AfterValidator(none_twice)] | None = None
    points: Annotated[tuple[DemandPoint, ...], Field(max_length=MOST_POINTS)] = ()
    share_in_need: Annotated[float, Field(ge=0, le=1, strict=True, allow_inf_nan=False)] = 1.0


class ScenarioInput(_Input):
    """One of several incidents that a choice has to stand; without an incident it is the normal state."""

    name: _Name
    incident: Incident | None = None


class SitePoint(_Input):
    """A place that a person entered as a candidate. Without `capacity` or `cost` that is unknown."""

    id: Identifier
    name: _Name
    point: Position
    capacity: _Amount | None = None
    cost: _Amount | None = None


class CandidatesInput(_Input):
    """Where sites could stand: records of the layer, places of facilities, entered points; `without` leaves ids out."""

    layer: StrictBool = True
    categories: _Categories = ()
    points: Annotated[tuple[SitePoint, ...], Field(max_length=MOST_SITES)] = ()
    without: _Ids = ()


class QuestionInput(_Input):
    """The model, the number of new sites or the budget for them, and the standard in the unit of the distances."""

    model: Model = "mclp"
    sites: Annotated[int, Field(ge=0, le=MOST_SITES, strict=True)] | None = None
    budget: _Amount | None = None
    standard: _Amount | None = None
    backup: Annotated[int, Field(ge=0, le=10, strict=True)] = 0
    shared: StrictBool = False


class MatrixInput(_Input):
    """Distances of demands (rows) to sites (columns) in one unit; null where there is no way."""

    demand_ids: _Ids
    site_ids: _Ids
    value: Annotated[tuple[tuple[_Amount | None, ...], ...], Field(max_length=MOST_POINTS)]


class DistanceInput(_Input):
    """Minutes by road, metres straight, or a matrix's own unit. `closed_roads` are closed beside the incident's."""

    by: Literal["road", "straight", "matrix"] = "road"
    closed_roads: _Ids = ()
    matrix: MatrixInput | None = None


class ExcludedInput(_Input):
    """Where no site may stand: hit by the incident, without electricity through it, in drawn areas (EPSG:4490)."""

    affected: StrictBool = False
    failed_network: StrictBool = False
    areas: Annotated[tuple[Area, ...], Field(max_length=100)] = ()


class SitingStudy(_Input):
    """One question of a planner: the kind of site, the demand, the candidates, the standard."""

    name: Annotated[str, StringConstraints(strict=True, max_length=200)] | None = None
    kind: SiteKind
    plan: Annotated[str, AfterValidator(known_plan), Field(json_schema_extra={"enum": list(PLAN_KEYS)})]
    demand: DemandInput = DemandInput()
    incident: Incident | None = None
    scenarios: Annotated[tuple[ScenarioInput, ...], Field(max_length=20)] = ()
    candidates: CandidatesInput = CandidatesInput()
    existing: StrictBool = True
    question: QuestionInput
    distance: DistanceInput = DistanceInput()
    capacities: StrictBool = False
    excluded: ExcludedInput = ExcludedInput()
    seconds: Annotated[float, Field(gt=0, le=300, strict=True, allow_inf_nan=False)] = 20.0

    @classmethod
    def parse(cls, document: object, language: Language = "zh", plans: Collection[str] = PLAN_KEYS) -> SitingStudy:
        """Check a JSON document and return the study; `InvalidSiting` names every wrong field and its remedy.

        `plans` are the keys of the plans there are. What only the district can tell (townships, roads, ids of a
        matrix, costs) is checked when the study is made.
        """
        phrases = Phrases(language)
        if not isinstance(document, dict):
            raise InvalidSiting([problem(phrases, "", "not_object", {})])
        try:
            study = cls.model_validate(document, context={"plan_keys": tuple(plans)})
        except ValidationError as error:
            raise InvalidSiting(problems_of(error, phrases)) from error
        wrong = disagreements(study, phrases)
        if wrong:
            raise InvalidSiting(first_problems(wrong, phrases))
        return study

    def document(self) -> dict[str, Any]:
        """Return the study as a JSON document that parses to the same study; drawn areas as GeoJSON."""
        return study_document(self)
