"""The definitions that go with every impact are those that the documentation gives, in both languages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from priority.aftermath import impact_over_time
from priority.plans import Language, load_plan
from priority.system import SupplySystem
from tests.pictures import District
from tests.priority.small import AT

DOCS = Path(__file__).parents[3] / "docs" / "impact.md"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_definition_stands_in_the_documentation(language: Language) -> None:
    system = SupplySystem.build(District().network("electricity", "S* - s1| - a:10").frames(), "1-test")
    until = AT + timedelta(hours=1)
    impact = impact_over_time(system, [], load_plan("energy-chengqu"), until, language=language)
    text = DOCS.read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in text.splitlines() if line.startswith("| ")]
    told = {cells[0].removeprefix("| "): (cells[1], cells[2]) for cells in rows if len(cells) == 4}
    for definition in impact.definitions:
        assert told.get(definition.title) == (definition.text, definition.unit)
