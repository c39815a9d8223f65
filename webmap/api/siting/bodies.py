"""The bodies that ask for a run or do something with one, checked field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from priority.errors import InvalidSiting, Problem
from webmap.incidents.entry_fields import Name
from webmap.languages import Language

if TYPE_CHECKING:
    from priority.plans import Plan
    from priority.siting.study.input import SitingStudy


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class StartBody(_Body):
    """A study to be computed. `client_key` makes a repeat find the run of the first."""

    study: Any
    client_key: Name | None = None


class NameBody(_Body):
    """Another name of a run; null for none."""

    name: Name | None


class AwayBody(_Body):
    """Whether a run is put away."""

    away: Annotated[bool, Field(strict=True)]


class KeyBody(_Body):
    """`client_key` makes a repeat find what the first request did."""

    client_key: Name | None = None


def read_study(
    document: object, plans: Mapping[str, Plan], language: Language, most_seconds: float, place: str = ""
) -> SitingStudy:
    """Return the study that a document asks for; a longer search than `most_seconds` is cut to that.

    Raises `InvalidSiting`, which names fields as they stand in the request, where the study is found at `place`.
    """
    from priority.siting.study.input import SitingStudy  # noqa: PLC0415  the models take a moment to load

    try:
        study = SitingStudy.parse(document, language, plans.keys())
    except InvalidSiting as error:
        if not place:
            raise
        raise InvalidSiting([_within(place, item) for item in error.problems]) from error
    return study if study.seconds <= most_seconds else study.model_copy(update={"seconds": float(most_seconds)})


def _within(place: str, item: Problem) -> Problem:
    return Problem(f"{place}.{item.field}".rstrip("."), item.message, item.remedy)
