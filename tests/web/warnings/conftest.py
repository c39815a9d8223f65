"""A headquarters for each file of tests; its warnings do not disturb one another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.web.log.house import START
from tests.web.warnings.headquarters import Headquarters, build_headquarters


@pytest.fixture(scope="module")
def standing_headquarters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Headquarters]:
    headquarters = build_headquarters(tmp_path_factory.mktemp("headquarters"))
    yield headquarters
    headquarters.house.app.extensions["webmap"].runtime.store.engine.dispose()
    headquarters.house.engine.dispose()


@pytest.fixture
def headquarters(standing_headquarters: Headquarters) -> Headquarters:
    """The headquarters an hour after the start."""
    standing_headquarters.house.now = START + timedelta(hours=1)
    return standing_headquarters
