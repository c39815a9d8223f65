"""A film's still against the assessment of the same moment."""

from __future__ import annotations

from priority.assessment import Assessment
from tests.priority.film.projector import Still

_CALM = ("supplied", None, False)


def agrees(still: Still, truth: Assessment, time_s: int) -> None:
    """Assert that a still shows what the assessment of its moment says."""
    dead_nodes = {node for outage in truth.outages.values() for node in outage.unsupplied_nodes}
    dead_lines = {line for outage in truth.outages.values() for line in outage.dead_lines}
    for row in truth.isolation:
        if row.active:
            dead_nodes |= set(row.lost_nodes)
            dead_lines |= set(row.lost_lines)
    assert still.nodes == dead_nodes
    assert still.lines == dead_lines
    for row in truth.facilities:
        state, fails_s, unknown = still.facilities.get(row.id, _CALM)
        assert (row.id, state) == (row.id, row.state)
        left = None if fails_s is None else round(max(0, fails_s - time_s) / 3600, 4)
        assert (row.id, left, unknown) == (row.id, row.hours_left, row.reserve_unknown)
    agrees_on_townships(still, truth)
    agrees_on_headline(still, truth)
    assert still.ranking == tuple(row.id for row in truth.ranking if row.tier is not None)[:12]


def agrees_on_townships(still: Still, truth: Assessment) -> None:
    for township in truth.townships:
        for network, loss in township.commodities.items():
            found = still.cells.get((township.code, network), (0, 0, 0))
            assert found == (loss.customers_out, loss.customers_unknown, loss.population)


def agrees_on_headline(still: Still, truth: Assessment) -> None:
    if not still.figures:
        assert not any(outage.customers for outage in truth.outages.values())
        return
    hit = [row for row in truth.townships if any(loss.customers_out for loss in row.commodities.values())]
    listed = [row.state for row in truth.facilities if row.tier is not None]
    assert still.figures["townships"] == len(hit)
    assert still.figures["inside"] == sum(row.county_code == truth.plan.county_code for row in hit)
    assert still.figures["failed"] == listed.count("failed")
    assert still.figures["on_reserve"] == listed.count("on_reserve")
    assert still.figures["unknown"] == listed.count("unknown")
    assert still.figures["customers"] == tuple(outage.customers for outage in truth.outages.values())
    assert still.figures["customers_unknown"] == tuple(outage.customers_unknown for outage in truth.outages.values())
