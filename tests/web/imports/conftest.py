"""A headquarters with a district, new for each test: imports change it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.imports.office import Office
from tests.web.log.house import build_house


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    house = build_house(tmp_path, WEBMAP_IMPORT_LIMIT_MB="1")
    yield Office(house)
    house.app.extensions["webmap"].runtime.store.engine.dispose()
    house.engine.dispose()
