"""A headquarters for each file of tests, and a room full of people who watch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.web.live.listener import Room, room_of
from tests.web.log.house import START, House, build_house
from webmap.live.stream import Rhythm


@pytest.fixture(scope="module")
def standing_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = build_house(tmp_path_factory.mktemp("house"), WEBMAP_LIVE_VIEWERS="12")
    yield house
    house.app.extensions["webmap"].live.stop()
    house.app.extensions["webmap"].runtime.store.engine.dispose()
    house.engine.dispose()


@pytest.fixture
def house(standing_house: House) -> House:
    """The headquarters an hour after the start; streams show that they are alive when asked for news alone."""
    standing_house.now = START + timedelta(hours=1)
    standing_house.app.extensions["webmap"].live.rhythm = Rhythm()
    return standing_house


@pytest.fixture
def room(house: House) -> Iterator[Room]:
    with room_of(house) as room:
        yield room
