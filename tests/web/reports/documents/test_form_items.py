"""What of a document the page offers to fill in: no gap of the document that cannot be filled there, and no other."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.reports.documents.cases import ENERGY, HEATING
from tests.web.reports.sources import source_of, told
from webmap.reports.documents import KINDS, build, form_items
from webmap.reports.documents.model import Gap, Paragraph

BARE = (told("reported", 0, text="有情况"),)


def gaps_of(document: Any) -> set[str]:
    blocks = [block for block in document.blocks if isinstance(block, Paragraph)]
    return {run.what for block in blocks for run in block.runs if isinstance(run, Gap)}


@pytest.mark.parametrize("plan", [ENERGY, HEATING])
@pytest.mark.parametrize("kind", ["first", "follow_up", "evaluation"])
def test_the_form_has_every_gap_of_the_document(plan: str, kind: Any) -> None:
    source = source_of(BARE, plan=plan)
    offered = {gap for item in form_items(source, kind) for gap in item.gaps}
    assert offered == gaps_of(build(source, kind))


def test_the_findings_of_an_evaluation_are_asked_for_by_its_own_clause_and_are_filled_by_what_was_given() -> None:
    source = source_of((*BARE, told("detail_given", 5, item="lessons", text="应备足抢修物资")), plan=ENERGY)
    found = {item.key: item for item in form_items(source, "evaluation")}
    assert list(found)[-4:] == ["nature", "resources", "responsibility", "lessons"]
    assert {found[key].clause for key in ("nature", "lessons")} == {"5.2"}
    assert (found["lessons"].text, found["lessons"].gaps, found["lessons"].basis) == ("应备足抢修物资。", (), (2,))
    assert found["nature"].gaps == ("事件性质",)
    assert all(found[key].detail == key for key in ("nature", "resources", "responsibility", "lessons"))


def test_a_briefing_is_filled_by_nobody() -> None:
    assert form_items(source_of(BARE), "briefing") == ()
    assert "briefing" in KINDS
