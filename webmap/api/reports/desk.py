"""The desk where reports are asked for: rights, the log, the source, and answers kept for who asks the same again."""

from __future__ import annotations

import base64
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast

from webmap.accounts.log_rights import require_right
from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.api.log.reader import reader_of
from webmap.api.reports.kept import Kept
from webmap.exports.attachments import file_name
from webmap.incidents.kept import KeptLogs
from webmap.languages import Language
from webmap.reports.file import ReportFile
from webmap.reports.opening import Sources, log_of
from webmap.reports.products import Drawing, Product, make
from webmap.reports.progress import Progress, untold
from webmap.reports.source import ReportSource
from webmap.workload import Workload

#: A report of a long incident takes this long at the most; who comes meanwhile is told by it when to try again.
_SECONDS = 30.0
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Wanted:
    """Of which incident, moment and entries something is asked for; None: the present, all."""

    incident_id: str
    at: datetime | None = None
    known: int | None = None


@dataclass(frozen=True)
class ReportDesk:
    """Makes what a viewer asks for in a language, once for all who ask the same."""

    sources: Sources
    logs: KeptLogs
    workload: Workload
    viewer: Viewer
    language: Language
    kept: Kept

    def file(self, wanted: Wanted, product: Product) -> Callable[[Progress], ReportFile]:
        """Return what makes a product. Asking raises `UnknownIncident` and `MissingRight`, making the rest."""
        return self._making(wanted, (product, self._name), lambda source: make(product, source))

    def impact(self, wanted: Wanted, drawing: Drawing) -> Callable[[Progress], dict[str, Any]]:
        """Return what makes the impact with its classes for a map."""
        return self._making(wanted, ("impact", drawing), lambda source: impact_document(source, drawing))

    def review(self, wanted: Wanted) -> Callable[[Progress], dict[str, Any]]:
        """Return what makes the review of the response."""
        return self._making(wanted, "review", lambda source: source.review.document())

    def items(self, wanted: Wanted, kind: str) -> Callable[[Progress], dict[str, Any]]:
        """Return what says what a report of that kind would say, and what is missing."""
        return self._making(wanted, ("items", kind, self._name), lambda source: items_document(source, kind))

    @property
    def _name(self) -> str | None:
        return None if self.viewer.person is None else self.viewer.person.display_name

    def _making(
        self, wanted: Wanted, what: Hashable, of_source: Callable[[ReportSource], _Made]
    ) -> Callable[[Progress], _Made]:
        look = self.logs.look(wanted.incident_id)
        plan = look.log.opening.plan
        require_right(self.viewer, Action.SEE_LOG, plan)
        asked = self.sources.asked(look, wanted.at, wanted.known, self._name)
        reader = reader_of(self.sources.runtime, self.viewer, self.language, plan, log_of(look, asked))
        version = self.sources.runtime.data_version()
        key = (wanted.incident_id, asked.at, asked.known, self.viewer.audience, self.language, version, what)

        def making(progress: Progress = untold) -> _Made:
            return self.workload.answer(
                key, _SECONDS, lambda: of_source(self.sources.open(look, reader, asked, progress))
            )

        return making


def impact_document(source: ReportSource, drawing: Drawing) -> dict[str, Any]:
    """Return the impact and in which class each township is, with how the classes were made."""
    from webmap.reports.maps import classes_document, on_screen  # noqa: PLC0415  they load slowly

    impact, language = source.impact.document(), source.language
    source.progress("classes", 0, 1)
    measure, network, scheme = drawing.measure, drawing.network, drawing.scheme
    return {
        **head(source),
        "impact": impact,
        "classes": classes_document(impact, measure, network, scheme, drawing.count),
        "hourly": on_screen.hourly_document(impact, network, scheme, drawing.count, language),
        "bivariate": on_screen.bivariate_document(impact, measure, network, scheme, language),
    }


def items_document(source: ReportSource, kind: str) -> dict[str, Any]:
    """Return the items of a report as the form shows them."""
    from webmap.reports.documents import Kind, form_items  # noqa: PLC0415

    return {**head(source), "kind": kind, "items": [item.document() for item in form_items(source, cast(Kind, kind))]}


def head(source: ReportSource) -> dict[str, Any]:
    """Return what every answer says of what it rests on."""
    return {
        "incident": {"id": source.opening.incident_id, "name": source.opening.name, "drill": source.opening.drill},
        "at": source.at.isoformat(timespec="seconds"),
        "known": source.known,
        "data_version": source.data_version,
        "synthetic": source.synthetic,
    }


def file_line(file: ReportFile) -> Mapping[str, Any]:
    """Return a file as the last line of a stream."""
    content = base64.b64encode(file.content).decode("ascii")
    return {"file": {"name": file_name(file.plain_name, file.name_parts), "mimetype": file.mimetype, "base64": content}}
