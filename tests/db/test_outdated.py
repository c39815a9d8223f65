"""A database of an older version, as the server's and the terminal's users meet it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, text

from layers.store import Store
from tests.db.commands import address, webmap
from tests.db.old_tables import make_old_tables
from tests.web.conftest import settings_for
from tests.web.network import small_district
from webmap.app import create_app
from webmap.storage.upgrade import upgrade


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[FlaskClient]:
    app = create_app(settings_for(address(engine), tmp_path))
    yield app.test_client()
    app.extensions["webmap"].runtime.store.engine.dispose()


def test_the_server_says_that_tables_are_outdated_and_goes_on_once_they_are_not(
    engine: Engine, client: FlaskClient
) -> None:
    make_old_tables(engine, "0001")
    for path in ("/healthz?lang=en", "/api/catalog?lang=en"):
        answer = client.get(path)
        assert answer.status_code == 503
        error = answer.get_json()["error"]
        assert error["code"] == "outdated_tables"
        assert "webmap init" in error["remedy"]
    upgrade(engine)
    assert client.get("/healthz").status_code == 200
    assert client.get("/api/catalog").status_code == 200


def test_the_server_says_that_tables_are_a_newer_versions(engine: Engine, client: FlaskClient) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert client.get("/api/catalog").get_json()["error"]["code"] == "newer_tables"


@pytest.mark.parametrize("command", [["layers"], ["serve"]])
def test_a_command_says_that_tables_are_outdated(engine: Engine, tmp_path: Path, command: list[str]) -> None:
    make_old_tables(engine, "0002")
    done = webmap(*command, engine=engine, home=tmp_path)
    assert done.returncode == 1
    assert "旧版本" in done.stderr
    assert "webmap init" in done.stderr
    assert "Traceback" not in done.stderr


def test_init_upgrades_and_leaves_a_users_data_alone(engine: Engine, tmp_path: Path) -> None:
    make_old_tables(engine, "0001")
    version = Store(engine).data_version()
    done = webmap("init", engine=engine, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "0001" in done.stdout
    assert version in done.stdout
    again = webmap("init", engine=engine, home=tmp_path)
    assert again.returncode == 0, again.stderr
    assert "0001" not in again.stdout
    assert "facilities" in webmap("layers", engine=engine, home=tmp_path).stdout


def test_init_replaces_an_older_sample_of_an_older_version(engine: Engine, tmp_path: Path) -> None:
    make_old_tables(engine, "0001")
    with engine.begin() as connection:
        connection.execute(text("UPDATE data_versions SET note = 'sample 0123456789ab'"))
    done = webmap("init", engine=engine, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert Store(engine).read("supplies")["demand"].notna().any()


def test_init_without_the_sample_upgrades_too(engine: Engine, tmp_path: Path) -> None:
    done = webmap("init", "--empty", engine=engine, home=tmp_path)
    assert done.returncode == 0, done.stderr
    Store(engine).replace(small_district(), note="own data")
    assert webmap("layers", engine=engine, home=tmp_path).returncode == 0
