"""A headquarters over the small district for each file of tests, with a script of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.drills.playing import Stage
from tests.web.drills.scripts import keep
from tests.web.log.house import build_house


@pytest.fixture(scope="module")
def standing_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    house = build_house(tmp_path_factory.mktemp("drills"))
    yield Stage(house)
    house.app.extensions["webmap"].runtime.store.engine.dispose()
    house.engine.dispose()


@pytest.fixture
def stage(standing_stage: Stage) -> Stage:
    """The headquarters with the short script as it is."""
    keep(standing_stage.rooms.folder.parent)
    return standing_stage
