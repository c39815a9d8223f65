"""Who is hit: outages by network, townships, facilities."""

from __future__ import annotations

import numpy as np

from priority.cascade import NEVER
from priority.causes import cause_chain
from priority.facilities import COMMODITY_KEYS, UNKNOWN_RESERVE
from priority.loads import DEMAND_UNITS, Tally
from priority.network.arrays import NETWORK_KEYS
from priority.picture import Picture
from priority.results import FacilityRow, HorizonLoss, Outage, TownshipCommodity, TownshipRow


def share_of(part: float, whole: float) -> float | None:
    """Return part / whole rounded to six digits, None where there is no whole."""
    return round(part / whole, 6) if whole else None


def known_share(part: float, whole: float, part_unknown: float, whole_unknown: float) -> float | None:
    """Return the share, None where unknown figures could change it (nothing lost is 0 of anything, however much)."""
    if part_unknown or (part and whole_unknown):
        return None
    if not whole and whole_unknown:
        return 0.0
    return share_of(part, whole)


def outages(picture: Picture) -> dict[str, Outage]:
    """Return the outage of each network at `at` and at the end of the horizon."""
    arrays = picture.system.arrays
    now = picture.lost_nodes(0)
    later = picture.lost_nodes(picture.horizon_s)
    dead = picture.cascade.dead_lines(picture.system.baseline.live, 0)
    spells = picture.cascade.lost_spells(0)
    tally_later = picture.system.loads.tally(later)
    rows = {}
    for code, key in enumerate(NETWORK_KEYS):
        nodes = np.flatnonzero(now & (arrays.network == code))
        since = spells.begins_s[nodes]
        sums = picture.tally_now.of_network(code)
        total = float(picture.tally_all.customers[code].sum())
        rows[key] = Outage(
            nodes=nodes.size,
            customers=round(sums["customers"]),
            population=round(sums["population"]),
            vulnerable_people=round(sums["vulnerable_people"]),
            demand=round(sums["demand"], 3),
            demand_unit=DEMAND_UNITS[key],
            customers_unknown=round(float(picture.tally_now.customers_unknown[code].sum())),
            customers_total=round(total),
            customers_share=_network_share(picture, picture.tally_now, code),
            since=picture.iso(since.min()) if since.size else None,
            unsupplied_nodes=tuple(arrays.node_ids[nodes]),
            dead_lines=tuple(arrays.line_ids[dead & (arrays.line_network == code)]),
            at_horizon=_horizon(picture, tally_later, code, int((later & (arrays.network == code)).sum())),
        )
    return rows


def _network_share(picture: Picture, tally: Tally, code: int) -> float | None:
    everything = picture.tally_all
    return known_share(
        float(tally.customers[code].sum()),
        float(everything.customers[code].sum()),
        float(tally.customers_unknown[code].sum()),
        float(everything.customers_unknown[code].sum()),
    )


def _horizon(picture: Picture, tally: Tally, code: int, nodes: int) -> HorizonLoss:
    sums = tally.of_network(code)
    return HorizonLoss(
        nodes=nodes,
        customers=round(sums["customers"]),
        population=round(sums["population"]),
        vulnerable_people=round(sums["vulnerable_people"]),
        demand=round(sums["demand"], 3),
        customers_share=_network_share(picture, tally, code),
    )


def facility_rows(picture: Picture) -> tuple[FacilityRow, ...]:
    """Return every facility that the viewer may see, by id."""
    facilities, townships = picture.system.facilities, picture.system.townships
    lost: dict[int, list[str]] = {}
    unmet = picture.cascade.need_track.down(0)
    spells = picture.cascade.facility_spells
    for number, need in enumerate(facilities.needs):
        if unmet[number]:
            lost.setdefault(need.facility, []).append(need.commodity)
    rows = []
    for facility in picture.shown_facilities:
        fails_s, back_s = int(spells.begins_s[facility]), int(spells.ends_s[facility])
        entry = picture.plan.priority_of(facilities.categories[facility])
        township = int(facilities.township[facility])
        inside = township < townships.outside
        rows.append(
            FacilityRow(
                id=facilities.ids[facility],
                name=facilities.names[facility],
                category=facilities.categories[facility],
                tier=None if entry is None else entry.tier,
                township=townships.codes[township] if inside else None,
                township_name=townships.names[township] if inside else picture.phrases.write("name.outside"),
                state=picture.state(facility),
                fails_at=None if fails_s == NEVER else picture.iso(fails_s),
                back_at=None if back_s == NEVER else picture.iso(back_s),
                hours_left=None if fails_s == NEVER else round(max(0, fails_s) / 3600, 4),
                reserve_unknown=_reserve_unknown(picture, int(facility)),
                lost=tuple(sorted(lost.get(int(facility), []), key=COMMODITY_KEYS.index)),
                causes=cause_chain(picture, int(facility)),
            )
        )
    return tuple(rows)


def _reserve_unknown(picture: Picture, facility: int) -> bool:
    """Tell whether the need that ends a facility has a reserve that nobody knows."""
    spells = picture.cascade.facility_spells
    need = int(spells.cause[facility])
    return need >= 0 and picture.reserve_s(need, int(spells.begins_s[facility])) == UNKNOWN_RESERVE


def township_rows(picture: Picture) -> tuple[TownshipRow, ...]:
    """Return every township by code; one more row for what lies in none, if anything does."""
    townships, facilities = picture.system.townships, picture.system.facilities
    shown = picture.shown_facilities
    where, width = facilities.township[shown], townships.outside + 1
    failed = np.bincount(where, picture.failed(0)[shown], minlength=width)
    on_reserve = np.bincount(where, picture.on_reserve(0)[shown], minlength=width)
    everybody = picture.tally_all.hit(list(range(len(NETWORK_KEYS))))
    outside_used = bool(everybody[-1]) or bool((where == townships.outside).any())
    rows = []
    for number in range(width if outside_used else width - 1):
        inside = number < townships.outside
        rows.append(
            TownshipRow(
                code=townships.codes[number] if inside else None,
                name=townships.names[number] if inside else picture.phrases.write("name.outside"),
                county_code=str(townships.county_codes[number]) if inside else None,
                commodities={key: _commodity(picture, code, number) for code, key in enumerate(NETWORK_KEYS)},
                population_affected=round(float(picture.tally_now.population[:, number].max())),
                facilities_failed=int(failed[number]),
                facilities_on_reserve=int(on_reserve[number]),
            )
        )
    return tuple(rows)


def _commodity(picture: Picture, code: int, township: int) -> TownshipCommodity:
    out = float(picture.tally_now.customers[code, township])
    total = float(picture.tally_all.customers[code, township])
    return TownshipCommodity(
        customers_out=round(out),
        customers_unknown=round(float(picture.tally_now.customers_unknown[code, township])),
        customers=round(total),
        share=known_share(
            out,
            total,
            float(picture.tally_now.customers_unknown[code, township]),
            float(picture.tally_all.customers_unknown[code, township]),
        ),
        population=round(float(picture.tally_now.population[code, township])),
        vulnerable_people=round(float(picture.tally_now.vulnerable_people[code, township])),
    )
