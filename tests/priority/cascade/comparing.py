"""Comparing two courses of one system: is one never worse than the other, at any moment?"""

from __future__ import annotations

from priority.assessment import Assessment
from tests.priority.cascade.random_systems import BEFORE_ALL_H, RandomSystem


def failed_at(result: Assessment) -> dict[float, set[str]]:
    """The facilities that have failed, from each moment of the timeline on."""
    failed: set[str] = set()
    course = {}
    for moment in result.timeline:
        failed = (failed | set(moment.new_failures)) - set(moment.returned)
        course[moment.hours] = failed
    return course


def never_worse(better: Assessment, worse: Assessment) -> None:
    """At no moment of either timeline has the better course a failure or customers out that the worse one has not."""
    failed = [failed_at(better), failed_at(worse)]
    out = [{moment.hours: moment.customers_out for moment in result.timeline} for result in (better, worse)]
    for hour in sorted(failed[0].keys() | failed[1].keys()):
        few, many = ([course[at] for at in course if at <= hour] for course in failed)
        assert few[-1] <= many[-1]
        low, high = ([course[at] for at in course if at <= hour] for course in out)
        assert all(low[-1][key] <= high[-1][key] for key in low[-1])
    for row, other in zip(better.facilities, worse.facilities, strict=True):
        assert other.fails_at is not None or row.fails_at is None
        if row.fails_at and other.fails_at:
            assert row.fails_at >= other.fails_at


def never_more_nodes_out(better: Assessment, worse: Assessment) -> None:
    for key, outage in better.outages.items():
        assert set(outage.unsupplied_nodes) <= set(worse.outages[key].unsupplied_nodes)
    failed = [{row.id for row in result.facilities if row.state == "failed"} for result in (better, worse)]
    assert failed[0] <= failed[1]


def never_harms(better: RandomSystem, worse: RandomSystem, hour: float) -> None:
    never_worse(better.seen_at(BEFORE_ALL_H), worse.seen_at(BEFORE_ALL_H))
    never_more_nodes_out(better.seen_at(hour), worse.seen_at(hour))
