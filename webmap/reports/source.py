"""What every report, map and file of an incident is made of: the log as one reader may see it, and what it adds up to.

Parts that take time are computed at first use and kept with the source. A source is of one request: it is not shared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from operator import eq
from typing import TYPE_CHECKING, Any, TypeVar

from webmap.api.incidents import assess_document
from webmap.api.log.entry_documents import entry_documents, prose_for
from webmap.api.log.redaction import hidden_numbers, names_hidden, open_document, without_words
from webmap.exports.incident_mark import IncidentMark
from webmap.incidents.effective import Effective, effective_facts
from webmap.incidents.entries import Closed, DetailGiven, LevelEnded, TemperatureReported
from webmap.incidents.fold import fold_of
from webmap.incidents.mentions import elements_named
from webmap.incidents.prose import Prose
from webmap.incidents.records import Log, Opening
from webmap.incidents.stages import PICTURE_KINDS, ReadStages
from webmap.incidents.state import IncidentState
from webmap.languages import Language
from webmap.reports.progress import Progress, untold

if TYPE_CHECKING:
    from priority.aftermath import Impact
    from priority.plans import Plan
    from webmap.api.log.reader import Reader
    from webmap.reviews import Review
    from webmap.runtime import Snapshot

_Read = TypeVar("_Read")


#: Ids that are named where the data no longer hold them; the others are counted.
_MOST_NAMED = 5


@dataclass(frozen=True)
class Asked:
    """Of which moment and from which entries a report is asked for, when and by whom (None: a command)."""

    at: datetime
    known: int
    made_at: datetime
    made_by: str | None = None


class ReportSource:
    """An incident at a moment, for one reader: `facts` are those up to `at` that the reader may know of.

    `log` holds the entries that it may rest on. What names a hidden place is left out of `facts`; of `entries` it is
    told without the place, and pictures are without what is broken there, as on the page. `plan_keys` are those of all
    plans.
    """

    def __init__(
        self,
        log: Log,
        reader: Reader,
        plan: Plan,
        snapshot: Snapshot,
        asked: Asked,
        *,
        plan_keys: tuple[str, ...],
        progress: Progress = untold,
    ) -> None:
        self.log = log
        self.reader = reader
        self.plan = plan
        self.snapshot = snapshot
        self.at = asked.at
        self.known = asked.known
        self.made_at = asked.made_at
        self.made_by = asked.made_by
        self.plan_keys = plan_keys
        self.progress = progress

    @property
    def opening(self) -> Opening:
        """How the incident was opened."""
        return self.log.opening

    @property
    def mark(self) -> IncidentMark:
        """What says on every product which incident it is of, and that it is a drill."""
        return IncidentMark(self.opening)

    @property
    def language(self) -> Language:
        """The reader's language."""
        return self.reader.language

    @property
    def restricted(self) -> bool:
        """Whether the reader may know of restricted places."""
        return self.reader.viewer.sees_restricted

    @property
    def synthetic(self) -> bool:
        """Whether any of the data is made up."""
        return self.snapshot.synthetic

    @property
    def data_version(self) -> str:
        """The data version that everything is computed from: that of the incident."""
        return self.snapshot.data_version

    @cached_property
    def prose(self) -> Prose:
        """What writes facts as sentences, in the reader's language and with the names that the reader may know."""
        return prose_for(self.reader)

    @cached_property
    def all_facts(self) -> tuple[Effective, ...]:
        """Everything that counts up to `at`, in the order of happening; what the reader may not know of too."""
        return tuple(item for item in effective_facts(self.log.entries) if item.fact.happened_at <= self.at)

    @cached_property
    def facts(self) -> tuple[Effective, ...]:
        """What counts up to `at` and the reader may know of, in the order of happening.

        Of an entry that named a hidden place before it was corrected the words are left out, as on the log's page.
        """
        hides, hidden = self.reader.hides, hidden_numbers(self.log.entries, self.reader.hides)
        return tuple(
            item
            if hidden.isdisjoint((item.number, item.corrected_by))
            else replace(item, fact=without_words(item.fact, self.prose.phrases))
            for item in self.all_facts
            if not names_hidden(item.fact, hides)
        )

    @cached_property
    def entries(self) -> list[dict[str, Any]]:
        """The log's entries as the API tells them to this reader."""
        return entry_documents(
            list(self.log.entries), self.log.entries, self.reader, self.prose, drill=self.opening.drill
        )

    @cached_property
    def state(self) -> IncidentState:
        """The incident at the moment, as the log says it: what the reader may not know of included."""
        return fold_of(self.log, self.all_facts, self.at)

    @cached_property
    def assessment(self) -> Mapping[str, Any]:
        """The assessment document at the moment, as the page shows it to this reader."""
        self.progress("assessment", 0, 1)
        plans, document = {self.plan.key: self.plan}, self.shown(self.state.document)
        return assess_document(self.snapshot, plans, document, self.language, restricted=self.restricted)

    @cached_property
    def until(self) -> datetime:
        """The moment up to which the impact is counted: the end of the incident, or `at` while it lasts."""
        ends = [item.fact.happened_at for item in self.all_facts if isinstance(item.fact, LevelEnded | Closed)]
        if self.state.phase != "ended" or not ends:
            return self.at
        changes = [item.fact.happened_at for item in self.all_facts if item.fact.kind in PICTURE_KINDS]
        return min(self.at, max([ends[-1], *changes]))

    @cached_property
    def impact(self) -> Impact:
        """What the incident cost from its first moment until `until`; until `at` if something is still out then."""
        found = self._impact_of(self.log, self.until)
        return found if not found.running or self.until == self.at else self._impact_of(self.log, self.at)

    @cached_property
    def first_impact(self) -> Impact | None:
        """The same as it was known when the incident was first ended; None if nothing since has changed it."""
        ended = [entry for entry in self.log.entries if isinstance(entry.fact, LevelEnded | Closed)]
        if not ended:
            return None
        then = self.log.up_to(ended[0].number)
        until = datetime.fromisoformat(self.impact.until)
        known, now = self._stages(then, until, dict), self._stages(self.log, until, dict)
        if len(known) == len(now) and all(map(eq, known, now)):
            return None
        return self._impact_of(then, until)

    def _stages(self, log: Log, until: datetime, read: Callable[[Mapping[str, Any]], _Read]) -> ReadStages[_Read]:
        """Of what changes the picture alone: a figure that was reported later makes no other stage of this."""
        facts = [item for item in effective_facts(log.entries) if item.fact.kind in PICTURE_KINDS]
        return ReadStages(log, facts, until, read)

    def _impact_of(self, log: Log, until: datetime) -> Impact:
        from priority.aftermath import impact_over_time  # noqa: PLC0415  numba is needed from here on, not before
        from priority.incident import Incident  # noqa: PLC0415

        def read(document: Mapping[str, Any]) -> Incident:
            return Incident.parse(self.shown(document), self.language, self.plan_keys)

        found = impact_over_time(
            self.snapshot.system(),
            self._stages(log, until, read),
            self.plan,
            until,
            language=self.language,
            restricted=self.restricted,
            temperatures=self.temperatures,
            progress=lambda done, total: self.progress("impact", done, total),
        )
        return self._with_gone(found)

    @cached_property
    def temperatures(self) -> tuple[tuple[datetime, float], ...]:
        """The outdoor temperatures that were reported, °C, in the order of happening."""
        told = (item.fact for item in self.all_facts)
        return tuple((fact.happened_at, fact.celsius) for fact in told if isinstance(fact, TemperatureReported))

    @cached_property
    def details(self) -> Mapping[str, Effective]:
        """What was given for reports, by item: the last of each."""
        return {item.fact.item: item for item in self.facts if isinstance(item.fact, DetailGiven)}

    @cached_property
    def review(self) -> Review:
        """The response against the plan."""
        from webmap.reports.reviewing import review_of_source  # noqa: PLC0415

        return review_of_source(self)

    def picture(self, at: datetime, known_at: datetime) -> Mapping[str, Any]:
        """Return `facilities` and `ranking` of the assessment of a moment, from what was written by another."""
        from priority.assessment import prospect  # noqa: PLC0415  numba is needed from here on, not before
        from priority.incident import Incident  # noqa: PLC0415

        facts = effective_facts(self.log.known_at(known_at).entries)
        document = self.shown(fold_of(self.log, facts, at).document)
        incident = Incident.parse(document, self.language, self.plan_keys)
        system = self.snapshot.system()
        found = prospect(system, incident, self.plan, language=self.language, restricted=self.restricted)
        return found.model_dump(mode="json")

    @cached_property
    def gone(self) -> tuple[str, ...]:
        """Ids that the log names and the data no longer hold: figures are without them, and say so.

        Of a reader who may not know of restricted places they are hidden as those are.
        """
        named = {name for entry in self.log.entries for name in elements_named(entry.fact)}
        known, hides = self.reader.places.knows_of, self.reader.hides
        return tuple(sorted(name for name in named if not known(name) and not hides(name)))

    def shown(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return an incident document of what the reader may know of and the data still hold."""
        hides, gone = self.reader.hides, frozenset(self.gone)
        return open_document(document, lambda name: hides(name) or name in gone)[0]

    def _with_gone(self, impact: Impact) -> Impact:
        if not self.gone:
            return impact
        from priority.results import Assumption  # noqa: PLC0415

        phrases = self.prose.phrases
        names = phrases.join(self.gone[:_MOST_NAMED])
        text = phrases.write("aftermath.note.gone", count=len(self.gone), names=names)
        return impact.model_copy(update={"assumptions": (Assumption(code="gone", text=text), *impact.assumptions)})
