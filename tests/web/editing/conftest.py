"""A headquarters over the small district, new for each test: drafts are written into it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.log.house import House, build_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = build_house(tmp_path)
    yield house
    house.app.extensions["webmap"].runtime.store.engine.dispose()
    house.engine.dispose()
