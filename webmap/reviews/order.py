"""The ranking that people had at the start, against the order in which places came back."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from webmap.incidents.fold import is_damage
from webmap.incidents.moments import as_entered
from webmap.reviews.material import Material
from webmap.reviews.results import RankedRow, RankingReview

#: Without a level, the ranking is that of an hour after the first damage.
AFTER_DAMAGE = timedelta(hours=1)
#: From these agreements on the orders are called alike, partly alike, unrelated; opposite below.
_WORDS = ((0.7, "alike"), (0.3, "partly"), (-0.3, "unrelated"), (-math.inf, "opposite"))


def ranking_review(material: Material) -> RankingReview:
    """Return the ranking at the first level's start, from what was written by then, with when each place came back.

    Only places that had failed can come back: of the others the order says nothing.
    """
    at = _moment(material)
    if at is None or material.pictures is None:
        return _empty(material, None if at is None else as_entered(at), "no_moment" if at is None else "no_picture")
    picture = material.pictures(at, material.written_by(at))
    back = _back(material)
    returned = {moment: place for place, moment in enumerate(sorted(set(back.values())), start=1)}
    order = [_row(row, back, returned, material) for row in picture["ranking"]]
    both = [row for row in order if row.returned is not None]
    agreement = kendall([row.rank for row in both], [row.returned or 0 for row in both])
    return RankingReview(
        at=as_entered(at),
        order=tuple(order),
        agreement=agreement,
        pairs=len(both),
        sentence=_sentence(material, len(order), len(both), agreement),
    )


def _moment(material: Material) -> datetime | None:
    """A response's start, or an hour after the first damage, once it has come."""
    if material.spans:
        return material.spans[0].begins
    damage = next((item.fact.happened_at for item in material.past if is_damage(item.fact)), None)
    if damage is None or damage + AFTER_DAMAGE > material.at:
        return None
    return damage + AFTER_DAMAGE


def _back(material: Material) -> Mapping[str, datetime]:
    facilities: Sequence[Mapping[str, Any]] = () if material.impact is None else material.impact["facilities"]
    return {item["id"]: datetime.fromisoformat(item["back_at"]) for item in facilities if item["back_at"] is not None}


def _row(
    row: Mapping[str, Any], back: Mapping[str, datetime], returned: Mapping[datetime, int], material: Material
) -> RankedRow:
    moment = back.get(row["id"])
    return RankedRow(
        rank=row["rank"],
        id=row["id"],
        name=row["name"],
        tier=row["tier"],
        back_at=None if moment is None else as_entered(moment.astimezone(material.at.tzinfo)),
        returned=None if moment is None else returned[moment],
    )


def kendall(ranks: Sequence[int], returned: Sequence[int]) -> float | None:
    """Return Kendall's tau-b of two orders, None for fewer than two places or where all came back at once."""
    if len(ranks) < 2 or len(set(returned)) < 2:
        return None
    from scipy.stats import kendalltau  # noqa: PLC0415  only reviews need it

    return round(float(kendalltau(ranks, returned, variant="b").statistic), 4)


def _empty(material: Material, at: str | None, why: str) -> RankingReview:
    sentence = material.phrases.write(f"review.ranking.{why}")
    return RankingReview(at=at, order=(), agreement=None, pairs=0, sentence=sentence)


def _sentence(material: Material, ranked: int, pairs: int, agreement: float | None) -> str:
    phrases = material.phrases
    if not ranked:
        return phrases.write("review.ranking.nothing")
    if agreement is None:
        return phrases.write("review.ranking.too_few" if pairs < 2 else "review.ranking.at_once", pairs=pairs)
    word = next(word for least, word in _WORDS if agreement >= least)
    words = phrases.write(f"review.ranking.{word}")
    return phrases.write("review.ranking.compared", pairs=pairs, agreement=f"{agreement:.2f}", words=words)
