"""A film shows at every moment what the assessment of that moment says, for random incidents."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from priority.assessment import assess
from priority.film import Film, film_of
from priority.incident import Incident
from priority.plans import load_plan
from tests.priority.aftermath.stories import Story, moment, stories
from tests.priority.film.compared import agrees
from tests.priority.film.projector import still_at
from tests.priority.small import AT

thorough = settings(max_examples=40, deadline=None)


def film(story: Story) -> Film:
    stages = story.stages()
    begin = stages[0][0] if stages else AT
    return film_of(story.world.system, stages, load_plan(story.system.plan), begin, story.until, restricted=True)


@thorough
@given(stories(), st.lists(st.integers(0, 30 * 3600), min_size=1, max_size=4))
def test_every_moment_is_its_assessment(story: Story, seconds: list[int]) -> None:
    assume(story.hours)
    shown = film(story)
    begin_s = round(story.hours[0] * 3600)
    moments = {second for second in seconds if second <= shown.length_s}
    moments |= {row.s + step for row in shown.moments[-4:] for step in (-1, 0, 1)} & set(range(shown.length_s + 1))
    coal = any(row["commodity"] == "coal" for row in story.system.district.supplies)
    for second in sorted(moments):
        hour = (begin_s + second) / 3600
        known = [item for item in story.hours if round(item * 3600) <= begin_s + second]
        document = story.document(known[-1], hour)
        truth = assess(story.world.system, Incident.parse(document), load_plan(story.system.plan), restricted=True)
        undamaged = not document["faults"] and not truth.isolation and "started_at" not in document
        # Without a damage stocks shrink from the moment that is looked at on, and all that hangs on them moves with it.
        if not (undamaged and coal):
            agrees(still_at(shown, second), truth, second)
    assert moment(story.hours[0]).isoformat() == shown.begin
