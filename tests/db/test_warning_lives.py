"""Random lives of warnings, taken by random people, against a slow reading of the rules that looks at nothing else.

The reading keeps a list of what happened and searches it backwards for every question; who may do what by which plan
is written down in it by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, select

from tests.db.warning_cases import ENERGY, HEATING, Desk, content, desk, resolved, step
from webmap.incidents.admission import read_fact
from webmap.incidents.errors import Refused
from webmap.incidents.records import Author
from webmap.storage.tables import WARNING_STEPS
from webmap.storage.upgrade import upgrade
from webmap.warnings.cap import check_message, read_alert
from webmap.warnings.content import Content
from webmap.warnings.state import WarningState

HEAD, DEPUTY, OFFICE = "指挥长", "副指挥长", "办公室主任"
#: Plan, level: who approves; who issues, returns and refers.
RULES = {
    (ENERGY, "general"): ((), (HEAD, DEPUTY)),
    (ENERGY, "large"): ((), (HEAD, DEPUTY)),
    (HEATING, "general"): ((), (OFFICE,)),
    (HEATING, "large"): ((HEAD, DEPUTY), (OFFICE, HEAD, DEPUTY)),
    (HEATING, "major"): ((HEAD,), (OFFICE, HEAD)),
}
#: Plan, office that issued: who lifts.
LIFTS = {
    (ENERGY, HEAD): (HEAD, DEPUTY),
    (ENERGY, DEPUTY): (HEAD, DEPUTY),
    (HEATING, OFFICE): (OFFICE,),
    (HEATING, HEAD): (OFFICE, HEAD, DEPUTY),
    (HEATING, DEPUTY): (OFFICE, HEAD, DEPUTY),
}
PEOPLE = [
    Author("p-duty", "值班员"),
    Author("p-head", "指挥长甲", frozenset({HEAD})),
    Author("p-deputy", "副指挥长乙", frozenset({DEPUTY})),
    Author("p-deputy-2", "副指挥长丙", frozenset({DEPUTY})),
    Author("p-office", "主任丁", frozenset({OFFICE})),
    Author("p-both", "戊", frozenset({OFFICE, DEPUTY})),
]


@dataclass(frozen=True)
class Happened:
    """One thing that was done. `fault` is what is wrong with the content, "" for nothing; `ends` when it expires."""

    kind: str
    person: Author
    office: str = ""
    level: str = ""
    fault: str = ""
    ends: datetime | None = None


@dataclass
class Reading:
    """The rules, read anew for every question from the list of what happened."""

    plan: str
    ended: bool = False
    past: list[Happened] = field(default_factory=list)

    def last(self, *kinds: str) -> int:
        places = [place for place, one in enumerate(self.past) if one.kind in kinds]
        return places[-1] if places else -1

    def allows(self, wanted: Happened, now: datetime) -> bool:  # noqa: PLR0911  one answer for each kind
        if self.last("lifted") >= 0:
            return False
        issued = self.last("issued")
        prepared = self.past[self.last("issued", "referred", "withdrawn") + 1 :]
        written = [one for one in prepared if one.kind in ("drafted", "revised")]
        if wanted.kind == "revised":
            return bool(written) or issued >= 0
        if wanted.kind == "lifted":
            lifters = {office for one in self.past if one.kind == "issued" for office in LIFTS[self.plan, one.office]}
            return issued >= 0 and wanted.office in lifters and wanted.office in wanted.person.offices
        if not written:
            return False
        version, last = written[-1], prepared[-1].kind
        approvers, issuers = self.approvers(version.level, issued, now), RULES[self.plan, version.level][1]
        complete = version.fault == "" and version.ends is not None and version.ends > now
        mine = wanted.office in wanted.person.offices
        drafted = last in ("drafted", "revised")
        if wanted.kind == "withdrawn":
            return True
        if wanted.kind == "submitted":
            return drafted and complete
        if wanted.kind == "referred":
            return mine and wanted.office in (*issuers, *approvers)
        if wanted.kind == "returned":
            return mine and wanted.office in (*issuers, *approvers) and last in ("submitted", "approved")
        if wanted.kind == "approved":
            since = [one for one in self.past[issued + 1 :] if one.kind in ("drafted", "revised", "submitted")]
            wrote = wanted.person.id in [one.person.id for one in since]
            return mine and wanted.office in approvers and last == "submitted" and not wrote
        ready = last == "approved" if approvers else drafted or last == "submitted"
        return mine and wanted.office in issuers and ready and complete and not self.ended

    def approvers(self, level: str, issued: int, now: datetime) -> tuple[str, ...]:
        """Return who approves a version of a level: those of what is in force where that is higher."""
        own: tuple[str, ...] = RULES[self.plan, level][0]
        told = [one for one in self.past[: issued + 1] if one.kind in ("drafted", "revised")]
        if not told or told[-1].ends is None or told[-1].ends <= now:
            return own
        order = ("general", "large", "major")
        standing: tuple[str, ...] = RULES[self.plan, told[-1].level][0]
        return standing if order.index(told[-1].level) > order.index(level) else own


#: So many lives are lived.
LIVES = 120
KINDS = ("revised", "submitted", "returned", "approved", "issued", "lifted", "referred", "withdrawn")
FAULTS = ("", "", "", "", "", "", "empty", "nowhere", "reason")
#: How often each step is tried, so that most lives are long and some are issued again and again.
WEIGHTS = {"revised": 3, "submitted": 6, "returned": 1, "approved": 6, "issued": 8, "lifted": 1, "referred": 1}
#: What ends a preparation or a life is refused nobody, and is tried rarely.
RARE = ("lifted", "referred", "withdrawn")


def said(desk: Desk, move: Happened) -> tuple[Content, Any]:
    """Return content with the fault that is wanted, and its ground."""
    ends = {"starts_at": desk.clock.after(), "expires_at": (move.ends or desk.clock()).isoformat()}
    texts = {"texts": {"zh": {"预警级别": "x"}}} if move.fault == "empty" else {}
    nowhere = {"shape": {"type": "MultiPolygon", "coordinates": []}} if move.fault == "nowhere" else {}
    suggested = None if move.fault == "reason" else move.level
    return content(move.level, channels=[], **ends, **texts), resolved(suggested, **nowhere)


FIELDS = {
    "submitted": (),
    "returned": ("office", "remarks"),
    "approved": ("office",),
    "issued": ("office",),
    "lifted": ("office", "reason"),
    "referred": ("office", "to", "reason"),
    "withdrawn": ("reason",),
}


def take(desk: Desk, warning_id: str, move: Happened, expected: int) -> WarningState:
    if move.kind == "revised":
        told, ground = said(desk, move)
        wanted = step("revised", content=told.model_dump(mode="json"))
        return desk.register.take(warning_id, wanted, move.person, resolved=ground, expected=expected).state
    values = {"office": move.office, "remarks": "改", "reason": "因为", "to": "市政府"}
    wanted = step(move.kind, **{name: values[name] for name in FIELDS[move.kind]})
    return desk.register.take(warning_id, wanted, move.person, expected=expected).state


@dataclass
class Life:
    """A warning with what the reading of the rules knows of it and what was seen in the database."""

    desk: Desk
    reading: Reading
    state: WarningState
    versions: list[Content]
    rows: list[tuple[object, ...]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def drawn(self, chance: Random) -> Happened:
        """Return a step to try: of a kind that somebody may take now or of any, by somebody who may or by anybody."""
        running = replace(self.reading, ended=False)
        ways = [
            (kind, person, office)
            for kind in KINDS
            for person in PEOPLE
            for office in (HEAD, DEPUTY, OFFICE)
            if running.allows(Happened(kind, person, office), self.desk.clock())
        ]
        kinds = sorted({kind for kind, _, _ in ways})
        if kinds and chance.random() < 0.7:
            kind = chance.choices(kinds, [WEIGHTS.get(kind, 1) for kind in kinds])[0]
        else:
            kind = chance.choice([kind for kind in KINDS if kind not in RARE or chance.random() < 0.3] or [*KINDS])
        fitting = [(person, office) for one, person, office in ways if one == kind]
        person, office = chance.choice(fitting or [(chance.choice(PEOPLE), chance.choice((HEAD, DEPUTY, OFFICE)))])
        if chance.random() < 0.5:
            # Of an office that may do it somebody else, who perhaps may not.
            person = chance.choice([one for one in PEOPLE if office in one.offices])
        elif chance.random() < 0.5:
            person, office = chance.choice(PEOPLE), chance.choice((HEAD, DEPUTY, OFFICE))
        return content_drawn(self.desk, self.reading.plan, chance, Happened(kind, person, office))

    def move(self, chance: Random) -> None:
        """Let time pass, end the incident, or try a step: it is taken where the reading allows it, else refused."""
        lot = chance.random()
        if lot < 0.05:
            self.desk.clock.forward(minutes=chance.choice((20, 200, 1_000)))
        elif lot < 0.07:
            self.end_incident()
        else:
            self.attempt(self.drawn(chance))

    def attempt(self, wanted: Happened) -> None:
        expected = self.reading.allows(wanted, self.desk.clock())
        length = self.state.length
        try:
            self.state = take(self.desk, self.state.id, wanted, length)
            assert expected, wanted
        except Refused as refused:
            assert not expected, (wanted, refused.code)
            assert self.desk.register.read(self.state.id).length == length
            self.refused.add(refused.code)
            return
        self.reading.past.append(wanted)
        if wanted.kind == "revised":
            self.versions.append(said(self.desk, wanted)[0])
        self.rows = self.check_rows()

    def end_incident(self) -> None:
        try:
            closed = {"kind": "closed", "happened_at": self.desk.clock.after(), "reason": "已处置"}
            self.desk.journal.append(self.state.incident_id, read_fact(closed), PEOPLE[0])
            assert not self.state.is_in_force_at(self.desk.clock())
            self.reading.ended = True
        except Refused as refused:
            assert refused.code == "closed_with_warning"
            assert self.state.is_in_force_at(self.desk.clock())

    def check_rows(self) -> list[tuple[object, ...]]:
        """What was written before stands as it was."""
        query = select(WARNING_STEPS).where(WARNING_STEPS.c.warning_id == self.state.id)
        with self.desk.engine.connect() as connection:
            rows = [tuple(row) for row in connection.execute(query.order_by(WARNING_STEPS.c.number))]
        assert rows[: len(self.rows)] == self.rows
        assert len(rows) == len(self.reading.past)
        return rows

    def check_end(self) -> None:
        self.desk.register.forget()
        state = self.desk.register.read(self.state.id)
        assert [item.body.kind for item in state.steps] == [one.kind for one in self.reading.past]
        assert [version.content for version in state.versions.values()] == self.versions
        sent = [one for one in self.reading.past if one.kind in ("issued", "lifted")]
        messages = self.desk.register.messages(state.id)
        assert len(messages) == len(sent)
        for place, message in enumerate(messages):
            assert check_message(message.xml) == ()
            earlier = [one for one in messages[:place] if one.type != "Cancel"]
            named = [one.identifier for one in earlier if one.expires_at > message.sent]
            if message.type == "Cancel" and not named:
                named = [earlier[-1].identifier]
            assert [item.identifier for item in read_alert(message.xml).references] == named
        head, broken = self.desk.journal.verify(state.incident_id)
        assert broken == []
        assert head.number == 1 + len(sent) + self.ended_times()

    def ended_times(self) -> int:
        kinds = [entry.fact.kind for entry in self.desk.journal.read(self.state.incident_id).entries]
        return kinds.count("closed")


def content_drawn(desk: Desk, plan: str, chance: Random, step: Happened) -> Happened:
    level = chance.choice([level for one, level in RULES if one == plan])
    ends = desk.clock() + timedelta(minutes=chance.choice((30, 600, 6_000)))
    return replace(step, level=level, fault=chance.choice(FAULTS), ends=ends)


def begin(desk: Desk, plan: str, chance: Random) -> Life:
    first = content_drawn(desk, plan, chance, Happened("drafted", chance.choice(PEOPLE)))
    told, ground = said(desk, first)
    state = desk.register.draft(desk.incident(plan), told, ground, first.person).state
    reading = Reading(plan)
    reading.past.append(first)
    life = Life(desk, reading, state, [told])
    return replace(life, rows=life.check_rows())


def test_random_lives_follow_the_rules(engine: Engine, tmp_path: Path) -> None:
    upgrade(engine)
    at_desk = desk(engine, tmp_path)
    reached: set[str] = set()
    refused: set[str] = set()
    for seed in range(LIVES):
        chance = Random(seed)  # noqa: S311  nothing secret
        life = begin(at_desk, chance.choice((ENERGY, HEATING, HEATING)), chance)
        for _ in range(chance.randrange(8, 26)):
            life.move(chance)
        life.check_end()
        reached.update(one.kind for one in life.reading.past)
        refused |= life.refused
    # A test in which some rule was never asked would prove nothing of it.
    assert reached == {"drafted", *KINDS}
    asked = {"own_approval", "office_not_held", "warning_incomplete", "warning_lifted_by", "warning_is_lifted"}
    asked |= {"warning_awaits_approval", "warning_approved_by", "warning_issued_by", "warning_incident_ended"}
    asked |= {"warning_change_awaits_approval"}
    assert asked <= refused
