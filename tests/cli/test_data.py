"""`webmap data` in a terminal: what was written, what is different, and back again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from layers.changes import LayerChange
from layers.history import Author, Written
from layers.store import Store, open_store
from tests.databases import empty_tables
from tests.web.network import HOME, small_district
from webmap.cli import main


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A database with two versions: the small district, and a node renamed."""
    store = open_store(empty_tables(tmp_path / "webmap.sqlite"))
    frames = small_district()
    store.replace(frames, "first")
    nodes = frames["network_nodes"]
    said = Written(Author("p", "王"), "import", "改名", {"file": "站点.csv"})
    store.change({"network_nodes": LayerChange(nodes[nodes["id"] == HOME].assign(name="新名"))}, said, base=None)
    yield store
    store.engine.dispose()


def run(store: Store, *arguments: str) -> Result:
    environment = {"DATABASE_URL": store.engine.url.render_as_string(hide_password=False)}
    return CliRunner().invoke(main, ["data", *arguments], env=environment)


def test_versions_are_listed_and_shown(store: Store) -> None:
    latest, first = run(store, "versions").stdout.splitlines()
    assert latest.startswith(store.data_version())
    assert latest.endswith("导入    王  站点与设备（改 1）  改名")
    assert "装入    不详" in first
    assert run(store, "versions", "--limit", "1", "--lang", "en").stdout.count("\n") == 1
    shown = run(store, "show", "2").stdout
    assert "file: 站点.csv" in shown
    document = json.loads(run(store, "show", store.data_version(), "--json").stdout)
    assert (document["sequence"], document["author_name"], document["kept"]) == (2, "王", True)
    assert json.loads(run(store, "versions", "--json").stdout)["versions"][0] == document


def test_a_version_is_compared_and_brought_back(store: Store) -> None:
    first, second = (one.version for one in reversed(store.history()))
    told = run(store, "diff", "1").stdout
    assert told.splitlines() == [f"{first} → {second}", "站点与设备  改 1", f"  改  {HOME}"]
    assert run(store, "diff", "1", "1", "--lang", "en").stdout.splitlines()[1] == "no difference"
    assert "改 1" in run(store, "restore", "1", "--dry-run").stdout
    assert store.data_version() == second
    restored = run(store, "restore", "1", "--note", "文件不对", "--json")
    assert json.loads(restored.stdout)["layers"]["network_nodes"]["ids"]["changed"] == [HOME]
    made = store.history(1)[0]
    assert (made.author_id, made.author_name, made.kind, made.note) == (None, "webmap data restore", "undo", "文件不对")
    assert store.compare(first, made.version) == {}


def test_what_cannot_be_done_is_told(store: Store) -> None:
    for arguments in (("show", "7"), ("diff", "1", "2-000000000000"), ("restore", "nonsense")):
        done = run(store, *arguments)
        assert (done.exit_code, done.stdout) == (2, "")
        assert "没有这个数据版本" in done.stderr
    done = run(store, "restore", "2")
    assert done.exit_code == 2
    assert "现在的数据就是这个版本的内容" in done.stderr
    assert len(store.history()) == 2
