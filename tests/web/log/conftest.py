"""A headquarters for each file of tests; its incidents do not disturb one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.web.log.house import START, House, build_house


@pytest.fixture(scope="module")
def standing_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = build_house(tmp_path_factory.mktemp("house"))
    yield house
    house.app.extensions["webmap"].runtime.store.engine.dispose()
    house.engine.dispose()


@pytest.fixture
def house(standing_house: House) -> House:
    """The headquarters an hour after the start."""
    standing_house.now = START + timedelta(hours=1)
    return standing_house
