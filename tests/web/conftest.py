"""Applications over the small district, on SQLite and on PostGIS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from layers.store import open_store
from tests.web.network import small_district
from webmap.app import create_app
from webmap.settings import Settings
from webmap.storage.upgrade import upgrade


@pytest.fixture(scope="session")
def district_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a SQLite database that holds the small district. Tests that write use one of their own."""
    url = f"sqlite:///{tmp_path_factory.mktemp('district') / 'webmap.sqlite'}"
    _fill(url)
    return url


@pytest.fixture(scope="module")
def district_postgis_url(postgis_with_tables: str) -> str:
    """Address of a PostGIS database that holds the small district."""
    _fill(postgis_with_tables)
    return postgis_with_tables


def _fill(url: str) -> None:
    store = open_store(url)
    upgrade(store.engine)
    store.replace(small_district(), note="small district")
    store.engine.dispose()


def settings_for(url: str, home: Path) -> Settings:
    return Settings.from_environment({"DATABASE_URL": url, "WEBMAP_HOME": str(home), "WEBMAP_PUBLIC_PICTURE": "on"})


@pytest.fixture(scope="session")
def app(district_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(settings_for(district_url, tmp_path_factory.mktemp("home")))
    yield app
    app.extensions["webmap"].runtime.store.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()
