"""The answer in sentences: what it comes to, what was asked, how sure it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from priority.siting.problem import Question
from priority.siting.results import Siting
from priority.siting.study.demand import FACILITY, PEOPLE
from priority.siting.study.ground import Ground, Layout, question_of
from priority.siting.study.nobody import nobody_words
from priority.siting.study.outcome import Outcome
from priority.siting.study.results import Seats, UncoveredRow
from priority.siting.study.seats import too_few_seats
from priority.wording import Phrases

#: How many places a proof names.
_NAMED = 5


def distance_words(phrases: Phrases, distance: float, unit: str) -> str:
    """Write a distance: 12.4 分钟, 850 米, 3.2 公里, a bare number in a matrix's own unit."""
    if unit == "m" and distance >= 1000:
        return phrases.write("siting.unit.km", value=_plain(distance / 1000, 2))
    if unit == "m":
        return phrases.write("siting.unit.m", value=f"{round(distance):,}")
    return phrases.write(f"siting.unit.{unit}", value=_plain(distance))


def share_words(share: float) -> str:
    """Write a share in percent; never 100 % where something is missing, never 0 % where something is there."""
    percent = math.floor(share * 1000 + 1e-9) / 10
    if share > 0 and percent == 0:
        percent = 0.1
    return f"{percent:g} %"


def _plain(value: float, digits: int = 1) -> str:
    """A number without needless decimals; rounded up, so that what is beyond a standard never looks as if it met it."""
    whole = math.ceil(round(value * 10**digits, 6))
    return f"{whole / 10**digits:,.{digits}f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, eq=False)
class AnswerWords:
    """Writes the sentences of one answer."""

    layout: Layout
    ground: Ground

    @property
    def _phrases(self) -> Phrases:
        return self.layout.setting.phrases

    @property
    def _question(self) -> Question:
        return question_of(self.layout.setting)

    @property
    def _limited(self) -> bool:
        return self.layout.setting.study.capacities

    def _distance(self, value: float) -> str:
        return distance_words(self._phrases, value, self.ground.distances.unit)

    def sentence(self, outcome: Outcome | None, new: int) -> str:
        """Say what the answer comes to, as a planner would; without an outcome that there is none."""
        write = self._phrases.write
        if outcome is None:
            return write("siting.sentence.none")
        if not len(self.ground.demand):
            return nobody_words(self.ground)
        seats = too_few_seats(self.layout, self.ground, outcome)
        parts = [write("siting.sentence.new", count=new) if new else write("siting.sentence.no_new")]
        parts += self._covered(outcome, "covered" if seats is None or self._limited else "reached")
        parts += self._ways(outcome)
        if seats is not None:
            parts.append(self._room(seats, int(outcome.opened.sum())))
        if not outcome.opened.any():
            parts = [write("siting.sentence.no_site")]
        cut_off = self._cut_off(outcome)
        distances = self.ground.distances
        straight = write(f"siting.sentence.straight_{distances.unit}") if distances.straight else ""
        return write("siting.separator").join([*parts, *cut_off]) + straight + write("siting.end")

    def _covered(self, outcome: Outcome, verb: str) -> list[str]:
        """What is covered, or `reached` alone where there are too few seats: facilities by number, people by share.

        Nothing to say where everybody is served anyway.
        """
        question, demand, write = self._question, self.ground.demand, self._phrases.write
        if question.radius is None:
            return []
        told = []
        facilities, people = demand.kind == FACILITY, demand.kind == PEOPLE
        places = ~facilities & ~people
        for mask, key in ((facilities, "facilities"), (places, "points")):
            if mask.any():
                covered = int((outcome.whole & mask).sum())
                told.append(write(f"siting.covered.{key}", covered=covered, count=int(mask.sum())))
        weight = float(demand.weight[people].sum())
        if weight > 0:
            covered_weight = float(demand.weight[people] @ outcome.covered[people])
            count = self._phrases.number(covered_weight)
            share = share_words(covered_weight / weight if covered_weight < weight * (1 - 1e-12) else 1.0)
            told.append(write(f"siting.{verb}.people", who=self._who(), share=share, count=count))
        if not told:
            return []
        standard = self._distance(question.radius)
        what = self._phrases.join([told[0], *(each.lstrip() for each in told[1:])])
        return [write(f"siting.sentence.{verb}", standard=standard, what=what)]

    def _room(self, seats: Seats, opened: int) -> str:
        """How many people the open sites take in, as far as it is known."""
        unknown = seats.unknown_count
        if self._limited:
            return self._phrases.write("siting.seats.unlimited", unknown=unknown)
        key = "all_unknown" if unknown == opened else "some_unknown" if unknown else "known"
        values = {"total": self._phrases.number(seats.total), "unknown": unknown, "count": opened - unknown or opened}
        return self._phrases.write(f"siting.seats.{key}", **values)

    def _who(self) -> str:
        demand = self.layout.setting.study.demand
        kind = "vulnerable_people" if demand.of == "vulnerable_people" else "people"
        key = f"siting.who.{kind}" + ("_out" if demand.where == "incident" else "")
        return self._phrases.write(key)

    def _ways(self, outcome: Outcome) -> list[str]:
        """The mean way for a p-median, and the longest way of all that have one."""
        write, told = self._phrases.write, []
        weight = self.ground.demand.weight[outcome.demand] * outcome.share
        if self._question.model == "pmedian" and weight.sum() > 0:
            mean = self._distance(float(weight @ outcome.distance / weight.sum()))
            told.append(write("siting.sentence.mean", distance=mean))
        away = outcome.away[np.isfinite(outcome.away) & (self.ground.demand.weight > 0)]
        if away.size:
            told.append(write("siting.sentence.worst", distance=self._distance(float(away.max()))))
        return told

    def _cut_off(self, outcome: Outcome) -> list[str]:
        """How many no site can be reached from."""
        if not self.ground.whole or not outcome.opened.any():
            return []
        gone = ~np.isfinite(outcome.nearest)
        return [self._phrases.write("siting.sentence.cut_off", count=int(gone.sum()))] if gone.any() else []

    def reading(self) -> str:
        """Say what the model asks."""
        question, write = self._question, self._phrases.write
        stays = int(self.layout.stays.sum())
        values = {
            "candidates": len(self.layout.sites) - stays,
            "sites": self._limit(),
            "standard": "" if question.radius is None else self._distance(question.radius),
            "what": write(f"siting.what.{self.layout.setting.study.demand.of}"),
        }
        parts = [write(f"siting.reading.{question.model}", **values)]
        if question.backup:
            parts.append(write("siting.reading.backup", count=question.backup))
        if stays:
            parts.append(write("siting.reading.existing", count=stays))
        if len(np.unique(self.ground.demand.order)) > 1 and not self.layout.setting.study.scenarios:
            parts.append(write("siting.reading.tiers"))
        aside = int((~self.ground.counted).sum())
        if aside:
            parts.append(write("siting.reading.aside", count=aside))
        return write("siting.separator").join(parts) + write("siting.end")

    def _limit(self) -> str:
        question, write = self._question, self._phrases.write
        told = []
        if question.sites is not None:
            told.append(write("siting.limit.sites", count=question.sites))
        if question.budget is not None:
            told.append(write("siting.limit.budget", amount=self._phrases.number(question.budget)))
        return self._phrases.join(told)

    def proof(self, answer: Siting, blocked: tuple[UncoveredRow, ...], more: int) -> str:
        """Say how sure the answer is, or which places leave none."""
        write = self._phrases.write
        if answer.status == "infeasible":
            return self._no_solution(blocked, more)
        if answer.status == "gap" and answer.gap is not None:
            share = max(answer.gap, 0.0001)
            return write("siting.proof.gap", gap=f"{math.ceil(share * 10_000) / 100:g} %")
        if not len(self.ground.demand):
            return write("siting.proof.no_demand")
        if answer.status == "optimal" and answer.model == "lscp" and not answer.selected:
            return write("siting.proof.enough")
        if answer.status == "optimal":
            return write(f"siting.proof.optimal_{answer.model}")
        return write(f"siting.proof.{'unknown' if answer.status == 'unknown' else 'gap_unknown'}")

    def _no_solution(self, blocked: tuple[UncoveredRow, ...], more: int) -> str:
        write = self._phrases.write
        if not blocked:
            return write("siting.proof.infeasible")
        rows = [self._blocked(row) for row in blocked[:_NAMED]]
        rest = more + max(0, len(blocked) - _NAMED)
        names = self._phrases.join(rows) + (write("siting.proof.and_more", count=rest) if rest else "")
        return write("siting.proof.infeasible_places", names=names)

    def _blocked(self, row: UncoveredRow) -> str:
        write = self._phrases.write
        count = write("siting.proof.places", count=row.count) if row.count > 1 else ""
        if row.nearest is None:
            return write(f"siting.proof.place_{row.reason}", name=row.name, count=count)
        nearest = self._distance(row.nearest)
        key = "place_far" if row.reason == "beyond" else "place_full"
        return write(f"siting.proof.{key}", name=row.name, count=count, nearest=nearest)
