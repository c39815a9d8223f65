"""`webmap backup` as an administrator in a terminal meets it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from layers.store import Store
from tests.db.commands import webmap
from tests.db.conftest import MakeEngine
from tests.db.contents import fill, records


def test_saved_checked_and_loaded(engine: Engine, make_engine: MakeEngine, tmp_path: Path) -> None:
    fill(engine)
    file = str(tmp_path / "备份 1.zip")
    version = Store(engine).data_version()
    other = make_engine("sqlite")
    for arguments, database in ((("save", file), engine), (("check", file), other), (("load", file), other)):
        done = webmap("backup", *arguments, engine=database, home=tmp_path, anew=True)
        assert done.returncode == 0, done.stderr
        assert version in done.stdout
    assert records(other)["people"] == records(engine)["people"]
    again = webmap("backup", "load", file, engine=other, home=tmp_path)
    assert again.returncode == 1
    assert "people" in again.stderr
    assert "--replace" in again.stderr
    assert webmap("backup", "load", file, "--replace", engine=other, home=tmp_path).returncode == 0


def test_files_that_cannot_be_used_are_named(make_engine: MakeEngine, tmp_path: Path) -> None:
    engine = make_engine("sqlite")
    fill(engine)
    (tmp_path / "text.zip").write_text("no backup")
    for arguments in (["check", "text.zip"], ["load", "text.zip"], ["save", "text.zip"], ["check", "gone.zip"]):
        name = tmp_path / arguments[1]
        done = webmap("backup", arguments[0], str(name), engine=engine, home=tmp_path)
        assert done.returncode in (1, 2)
        assert str(name) in done.stderr
        assert "→" in done.stderr
        assert "Traceback" not in done.stderr
    assert (tmp_path / "text.zip").read_text() == "no backup"


@pytest.mark.parametrize("command", ["save", "load"])
def test_a_database_that_is_not_there(make_engine: MakeEngine, tmp_path: Path, command: str) -> None:
    full, missing = make_engine("sqlite"), make_engine("sqlite")
    fill(full)
    file = str(tmp_path / "backup.zip")
    if command == "save":
        done = webmap("backup", "save", file, engine=missing, home=tmp_path)
        assert done.returncode == 1
        assert "webmap init" in done.stderr
        assert not Path(str(missing.url.database)).exists()
    else:
        assert webmap("backup", "save", file, engine=full, home=tmp_path).returncode == 0
        assert webmap("backup", "load", file, engine=missing, home=tmp_path).returncode == 0
        assert records(missing)["people"] == records(full)["people"]
