"""Pictures of an incident's present as messages: assessed, written and compressed once for an audience."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from priority.errors import InvalidIncident
from webmap.accounts.roles import Grant, Role
from webmap.accounts.viewer import Viewer
from webmap.api.incidents import assess_bounded
from webmap.api.log.reader import reader_of
from webmap.documents import write_document
from webmap.errors import fault_of
from webmap.incidents.journal import Look
from webmap.languages import Language
from webmap.live.messages import Message, written_message
from webmap.live.picture_documents import PresentDocuments, present_documents
from webmap.live.telling import PictureAudience
from webmap.runtime import Runtime, Snapshot
from webmap.workload import TooBusy, Workload

if TYPE_CHECKING:
    from priority.errors import Problem

#: Assessments kept as text, some hundred kilobytes each: the start's stays while the present goes on.
_KEPT = 12
#: Ids that are named where the data no longer hold them; the others are counted.
_MOST_NAMED = 5
_NULL = b"null"


@dataclass(frozen=True)
class PicturePlan:
    """What a picture is to be made of. `of` is what decides whether it differs from the one before."""

    look: Look
    audience: PictureAudience
    snapshot: Snapshot
    documents: PresentDocuments

    @property
    def data_version(self) -> str:
        """The data version that it is computed from."""
        return self.snapshot.data_version

    @property
    def runs(self) -> bool:
        """Whether the incident's present is the clock's, and the picture grows old."""
        return self.documents.runs

    @property
    def of(self) -> Mapping[str, Any]:
        """A moment that goes by with the clock makes no other picture; what happens at a moment does."""
        document = self.documents.document
        return {**document, "at": None} if self.runs else document


@dataclass(frozen=True)
class MadePicture:
    """A picture as a message; one that is provisional is to be made again soon."""

    message: Message
    is_provisional: bool


class Pictures:
    """Makes pictures. Of one thread; what it computes and keeps is told by `computed`."""

    def __init__(self, runtime: Runtime, workload: Workload) -> None:
        self._runtime = runtime
        self._workload = workload
        self._kept: OrderedDict[tuple[str, PictureAudience, bytes], bytes] = OrderedDict()
        self.computed = 0

    def plan(self, look: Look, audience: PictureAudience, now: datetime) -> PicturePlan:
        """Return what the picture of an incident's present would be made of. Raises `MissingLayers`."""
        language, restricted = audience
        snapshot = self._runtime.snapshot_of(look.log)
        reader = reader_of(self._runtime, _somebody(restricted), language, look.log.opening.plan, look.log)
        return PicturePlan(look, audience, snapshot, present_documents(look, reader, now))

    def paint(self, plan: PicturePlan) -> MadePicture:
        """Return the picture; where the incident cannot be assessed, it says why."""
        found, documents = plan.documents, plan.documents
        base = assessment = failure = _NULL
        is_provisional = False
        if found.is_marked:
            try:
                base, assessment, refused = self._assessed(plan, found.base, found.document)
                failure = _NULL if refused is None else write_document(refused)
            except Exception as error:
                failure = write_document(fault_of(error, plan.audience[0]).document())
                is_provisional = not isinstance(error, InvalidIncident)
                if is_provisional and not isinstance(error, TooBusy):
                    raise
        head = {
            "incident": plan.look.log.opening.incident_id,
            "length": plan.look.length,
            "at": documents.document["at"],
            "hours": documents.hours,
            "data_version": plan.data_version,
            "base_document": documents.base,
            "document": documents.document,
        }
        parts = (write_document(head)[:-1], b',"base":', base, b',"assessment":', assessment, b',"failure":', failure)
        return MadePicture(written_message("picture", b"".join((*parts, b"}"))), is_provisional)

    def _assessed(
        self, plan: PicturePlan, base: dict[str, Any], document: dict[str, Any]
    ) -> tuple[bytes, bytes, dict[str, Any] | None]:
        """Assess both moments. Reported figures that are refused are left out, and told as the error that they are."""
        try:
            return self._assess(plan, base), self._assess(plan, document), None
        except InvalidIncident as error:
            refused = _figures(error.problems)
            if not refused:
                raise
            rest = [_without_figures(one, refused) for one in (base, document)]
            told = fault_of(error, plan.audience[0]).document()
            return self._assess(plan, rest[0]), self._assess(plan, rest[1]), told

    def _assess(self, plan: PicturePlan, document: dict[str, Any]) -> bytes:
        key = plan.data_version, plan.audience, write_document(document)
        if key not in self._kept:
            language, restricted = plan.audience
            self.computed += 1
            found = assess_bounded(
                plan.snapshot, self._runtime.plans, document, language, self._workload, restricted=restricted
            )
            if plan.documents.gone:
                found["assumptions"] = [_gone(plan.documents.gone, language), *found["assumptions"]]
            self._kept[key] = write_document(found)
        self._kept.move_to_end(key)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return self._kept[key]


def _somebody(restricted: bool) -> Viewer:
    """Of who looks a picture knows this alone."""
    return Viewer(frozenset({Grant(Role.DUTY_OFFICER if restricted else Role.OBSERVER)}))


def _figures(problems: list[Problem]) -> frozenset[str]:
    """Return the figures that are wrong, if nothing else is."""
    fields = [problem.field.partition(".") for problem in problems]
    is_figure = [first == "figures" and bool(rest) for first, _, rest in fields]
    return frozenset(rest for _, _, rest in fields) if fields and all(is_figure) else frozenset()


def _without_figures(document: dict[str, Any], keys: frozenset[str]) -> dict[str, Any]:
    kept = {key: value for key, value in document.get("figures", {}).items() if key not in keys}
    rest = {name: value for name, value in document.items() if name != "figures"}
    return {**rest, "figures": kept} if kept else rest


def _gone(gone: tuple[str, ...], language: Language) -> dict[str, str]:
    from priority.wording import Phrases  # noqa: PLC0415  as everywhere: what needs numba is loaded when used

    phrases = Phrases(language)
    names = phrases.join(gone[:_MOST_NAMED])
    return {"code": "gone", "text": phrases.write("aftermath.note.gone", count=len(gone), names=names)}
