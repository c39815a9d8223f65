"""From a study to what it looks at, and to its answer, in the languages of the product."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from priority.errors import InvalidSiting
from webmap.languages import DEFAULT_LANGUAGE, LANGUAGES, Language, as_language
from webmap.runtime import Runtime, Snapshot
from webmap.siting.claims import Claimed
from webmap.siting.runs import ANSWERED
from webmap.siting.watch import Watch

if TYPE_CHECKING:
    from priority.plans import Plan
    from priority.siting.effort import Progress
    from priority.siting.study.input import SitingStudy

#: Fields of a study that a list tells; of the others some are large.
_BRIEF = ("name", "kind", "plan", "question", "seconds", "capacities", "existing")
_BRIEF_DEMAND = ("of", "where", "townships", "categories", "networks", "share_in_need")


class StudyUnfit(InvalidSiting):
    """The district does not have what a study asks for; told in each language, the author's first."""

    def __init__(self, told: Mapping[Language, InvalidSiting]) -> None:
        super().__init__(list(next(iter(told.values())).problems))
        self._told = told

    def told_in(self, language: Language) -> InvalidSiting:
        """Return the error in a language."""
        return self._told.get(language, self)


@dataclass(frozen=True)
class Answered:
    """An answer: its document by language, what a list tells of it, the data that it was computed from."""

    documents: Mapping[Language, Mapping[str, Any]]
    summary: Mapping[str, Any]
    data_version: str

    @property
    def has_sites(self) -> bool:
        """Whether there is an answer: the best so far, where the search was stopped."""
        return self.summary["status"] in ANSWERED


def brief_of(study: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Return what a list tells of a study's document, with the language in which it was asked.

    It tells one question from another: of what may be large it has the number alone.
    """
    told = {name: study[name] for name in _BRIEF}
    demand = {name: study["demand"][name] for name in _BRIEF_DEMAND}
    distance, candidates, excluded = study["distance"], study["candidates"], study["excluded"]
    return {
        **told,
        "demand": {**demand, "points": len(study["demand"]["points"])},
        "distance": {"by": distance["by"], "closed_roads": len(distance["closed_roads"])},
        "candidates": {**candidates, "points": len(candidates["points"]), "without": len(candidates["without"])},
        "excluded": {**excluded, "areas": len(excluded["areas"])},
        "incident": None if study["incident"] is None else _incident_brief(study["incident"]),
        "scenarios": len(study["scenarios"]),
        "language": language,
    }


def _incident_brief(incident: Mapping[str, Any]) -> dict[str, Any]:
    """Return when an incident is, and how much of each happened in it."""
    lists = ("faults", "area_townships", "closed_roads")
    return {"at": incident["at"], "area": incident.get("area") is not None} | {
        name: len(incident.get(name) or []) for name in lists
    }


def computing(runtime: Runtime) -> Callable[[Claimed, Watch], Answered]:
    """Return what computes a claimed run over a runtime's data and plans."""

    def compute(claimed: Claimed, watch: Watch) -> Answered:
        from priority.siting.study.input import SitingStudy  # noqa: PLC0415  the models take a moment to load

        language = as_language(claimed.asked_in) or DEFAULT_LANGUAGE
        study = SitingStudy.parse(claimed.study, language, runtime.plans.keys())
        return answer(runtime, study, language, watch.hear, watch.cancelled)

    return compute


def answer(
    runtime: Runtime,
    study: SitingStudy,
    language: Language,
    listener: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Answered:
    """Solve a study over the present data and tell the answer in all languages.

    Who may read it sees restricted places (`Action.STUDY_SITES`). Raises `StudyUnfit` for what the
    district does not have, `UnknownPlan`, and what unusable data raise.
    """
    from priority.siting.effort import Effort  # noqa: PLC0415  numba is needed from here on, not before
    from priority.siting.study.plan import plan_sites_in  # noqa: PLC0415

    plan, snapshot = runtime.plan(study.plan), runtime.snapshot()
    system = snapshot.system()
    effort = Effort(study.seconds, listener, cancelled)
    try:
        found = plan_sites_in(_first(language), system, study, plan, restricted=True, effort=effort)
    except InvalidSiting as error:
        told = {language: error}
        for other in _first(language)[1:]:
            try:
                plan_sites_in((other,), system, study, plan, restricted=True, effort=Effort(0.0))
            except InvalidSiting as again:
                told[other] = again
        raise StudyUnfit(told) from error
    documents = {language: told.document() for language, told in found.items()}
    return Answered(documents, _summary(documents), snapshot.data_version)


def _first(language: Language) -> tuple[Language, ...]:
    """Return all languages, that of the author first: what is wrong with a study is told in that one."""
    return (language, *(other for other in LANGUAGES if other != language))


def survey_document(snapshot: Snapshot, study: SitingStudy, plan: Plan, language: Language) -> dict[str, Any]:
    """Return what a study looks at, without solving it. Raises as `answer`."""
    from priority.siting.study.outlook import survey  # noqa: PLC0415  numba is needed from here on, not before

    document: dict[str, Any] = survey(snapshot.system(), study, plan, language=language, restricted=True).document()
    return document


def _summary(documents: Mapping[Language, Mapping[str, Any]]) -> dict[str, Any]:
    told = next(iter(documents.values()))
    return {
        "status": told["status"],
        "sentence": {language: document["sentence"] for language, document in documents.items()},
        "covered_share": told["demand"]["covered_share"],
        "new_sites": sum(bool(site["new"]) for site in told["sites"]),
    }
