"""A headquarters over a district with places for shelters, new for each test: runs and choices change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.log.house import House, build_house
from tests.web.siting.cases import sited_district


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path, sited_district())
    yield house
    house.app.extensions["webmap"].runtime.store.engine.dispose()
    house.engine.dispose()
