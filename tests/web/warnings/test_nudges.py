"""Pages are told to ask again once something about warnings was stored, and not for what changes nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.warnings.headquarters import DEPUTY, DUTY, Headquarters
from webmap.app import EXTENSION


class Heard(list[str]):
    """What was nudged, in order."""

    def entries_written(self, incident_id: str) -> None:
        """The incident's own stream tells it."""

    def nudged(self, what: str, incident_id: str | None) -> None:
        self.append(what)

    def look_again(self) -> None:
        """Nothing is missed here."""


@pytest.fixture
def heard(headquarters: Headquarters) -> Iterator[Heard]:
    signals, heard = headquarters.house.app.extensions[EXTENSION].signals, Heard()
    signals.listen(heard)
    yield heard
    signals.stop()


def test_each_step_is_told_and_what_is_refused_or_only_reckoned_is_not(
    headquarters: Headquarters, heard: Heard
) -> None:
    incident = headquarters.outage()
    content = headquarters.content(incident)
    assert heard == []
    drafted = headquarters.post("", DUTY, {"incident": incident, "content": content}).get_json()["warning"]
    assert heard == ["warnings", "attention"]
    submitted = headquarters.taken(drafted, "submitted", DUTY)
    assert heard == ["warnings", "attention"] * 2
    assert headquarters.step(drafted, "approved", DEPUTY).status_code == 409
    headquarters.read(submitted)
    assert heard == ["warnings", "attention"] * 2
