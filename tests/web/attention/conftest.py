"""A headquarters for each file of tests, of which what runs is read anew for every question."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.web.log.house import START
from tests.web.warnings.headquarters import Headquarters, build_headquarters
from webmap.attention import recommended, running


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "KEPT_S", 0.0)
    monkeypatch.setattr(recommended, "SELDOM_S", 0.0)


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Headquarters]:
    """A headquarters of its own for each test, an hour after the start: incidents of others would be told too."""
    headquarters = build_headquarters(tmp_path)
    headquarters.house.now = START + timedelta(hours=1)
    yield headquarters
    headquarters.house.app.extensions["webmap"].runtime.store.engine.dispose()
    headquarters.house.engine.dispose()
