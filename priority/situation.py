"""The one sentence that a commander reads first: what happened, who is hit, who falls next."""

from __future__ import annotations

import numpy as np

from priority.damage import Damage
from priority.network.arrays import NETWORK_KEYS
from priority.picture import Picture
from priority.results import Moment, Outage, RankingRow
from priority.times import NEVER


def situation(
    picture: Picture, outages: dict[str, Outage], ranking: tuple[RankingRow, ...], moments: tuple[Moment, ...]
) -> str:
    """Return the sentence for the state at `at`, in the language of the picture; `moments` are what is to come."""
    write = picture.phrases.write
    if _calm(picture):
        return write("situation.normal")
    parts = [_what_is_hit(picture, outages)]
    listed = [row for row in ranking if row.tier is not None]
    failed = sum(row.state == "failed" for row in listed)
    if failed:
        parts.append(write("situation.failed", count=failed))
    waiting = [
        (row.hours_left, row.rank, row) for row in listed if row.state != "failed" and row.hours_left is not None
    ]
    if waiting:
        hours_left, _, following = min(waiting)
        left = picture.phrases.duration(round(hours_left * 3600))
        parts.append(write("situation.next", name=following.name, duration=left))
    coming = _coming(picture, outages, moments)
    if coming:
        helped = any(damage.ends_s > 0 for damage in picture.damages if damage.ends_s != NEVER)
        key = "situation.coming_planned" if helped or picture.cascade.actions.placed else "situation.coming"
        parts.append(write(key, horizon=picture.phrases.duration(picture.horizon_s), losses=coming))
    return write("situation.separator").join(parts) + write("situation.end")


def _what_is_hit(picture: Picture, outages: dict[str, Outage]) -> str:
    head = _head(picture)
    losses = _losses(picture, {key: outage.customers for key, outage in outages.items()})
    unknown = sum(outage.customers_unknown for outage in outages.values())
    if unknown:
        told = picture.phrases.write("situation.unknown", count=unknown)
        losses = picture.phrases.join([losses, told]) if losses else told
    if not losses:
        return picture.phrases.write("situation.no_loss", head=head)
    hit = picture.tally_now.hit(list(range(len(NETWORK_KEYS))))
    townships = int(hit[:-1].sum())  # the last place stands for "in no township"
    return picture.phrases.write("situation.loss", head=head, townships=townships, losses=losses)


def _head(picture: Picture) -> str:
    write = picture.phrases.write
    begun = [damage for damage in picture.damages if damage.begun]
    if not begun:
        coming = [damage for damage in picture.damages if damage.time_s > 0]
        if not coming:
            return (
                write("situation.head_repaired", count=len(picture.damages)) if picture.damages else _without(picture)
            )
        first = coming[0]
        return write("situation.head_future", name=picture.damage_name(first), clock=picture.clock(first.time_s))
    named = [damage for damage in begun if damage.kind != "area"]
    if not named:
        return write("situation.head_area", count=picture.phrases.number(_elements(begun)))
    name = picture.damage_name(_heaviest(picture, named))
    if len(begun) == 1:
        return write("situation.head_one", name=name)
    count = len(named) + (1 if len(named) < len(begun) else 0)
    return write("situation.head_many", name=name, count=count)


def _without(picture: Picture) -> str:
    """Return the head where nothing is damaged: devices were operated, or coal does not come."""
    operated = any(device.time_s <= 0 for device in picture.cascade.actions.operated)
    return picture.phrases.write("situation.head_operated" if operated else "situation.head_coal")


def _calm(picture: Picture) -> bool:
    """Tell whether nothing is damaged or operated, and no stock ends within the horizon."""
    if picture.damages or picture.cascade.actions.operated:
        return False
    return not picture.cascade.facility_track.rows.size and not picture.cascade.vertex_track.rows.size


def _heaviest(picture: Picture, begun: list[Damage]) -> Damage:
    """Return the damage through which most customers are without supply now; of equal ones the first."""
    lost = picture.lost_nodes(0)
    cause = picture.cascade.lost_spells(0).cause[lost]
    mine = (cause >= 0) & (cause < len(picture.damages))
    customers = np.bincount(cause[mine], picture.system.loads.customers[lost][mine], minlength=len(picture.damages))
    number = {damage: place for place, damage in enumerate(picture.damages)}
    return max(begun, key=lambda damage: (customers[number[damage]], -number[damage]))


def _elements(damages: list[Damage]) -> int:
    return sum(damage.nodes.size + damage.lines.size for damage in damages)


def _losses(picture: Picture, customers: dict[str, int]) -> str:
    phrases = picture.phrases
    parts = [
        phrases.write(f"situation.out_{key}", customers=phrases.number(customers[key]))
        for key in NETWORK_KEYS
        if customers[key] > 0
    ]
    return phrases.join(parts)


def _coming(picture: Picture, outages: dict[str, Outage], moments: tuple[Moment, ...]) -> str:
    """Return the worst that each network comes to within the horizon where it grows, "" if nothing does."""
    worst = {key: max(moment.customers_out[key] for moment in moments) for key in outages}
    return _losses(picture, {key: worst[key] if worst[key] > outages[key].customers else 0 for key in outages})
