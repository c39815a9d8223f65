"""The command line as a user in a terminal meets it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import click
import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError

from layers.store import open_store
from tests import forked
from tests.web.conftest import app, client, district_url
from tests.web.network import FORMULA_NAME, HIDDEN_ID, HIDDEN_NAME, small_district, switched_off
from webmap.accounts.accounts import Accounts
from webmap.accounts.moments import utc_now
from webmap.cli.failures import explains_failures
from webmap.sample_note import choice_note
from webmap.storage.upgrade import upgrade

__all__ = ["app", "client", "district_url"]


def webmap(
    *arguments: str, home: Path, text: str = "", anew: bool = False, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return forked.webmap(arguments, {**environment, "WEBMAP_HOME": str(home), **variables}, home, text, anew=anew)


@pytest.fixture
def incident_file(tmp_path: Path) -> Path:
    path = tmp_path / "事件.json"
    path.write_text(json.dumps(switched_off()), encoding="utf-8")
    return path


def failed(done: subprocess.CompletedProcess[str], status: int) -> str:
    assert done.returncode == status, done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_document_is_the_apis(district_url: str, tmp_path: Path, client: FlaskClient, language: str) -> None:
    done = webmap(
        "assess",
        "-",
        "--json",
        "--lang",
        language,
        home=tmp_path,
        text=json.dumps(switched_off()),
        anew=language == "en",
        DATABASE_URL=district_url,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == client.post(f"/api/assessments?lang={language}", json=switched_off()).get_json()


def test_the_summary_is_for_people(district_url: str, tmp_path: Path, incident_file: Path) -> None:
    done = webmap("assess", str(incident_file), home=tmp_path, DATABASE_URL=district_url)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("【示例数据】")
    for expected in ("110 户", "东镇", FORMULA_NAME, "剩 4 小时", "节点 e-sw1", "4.2.1(6)", "示例"):
        assert expected in done.stdout
    assert HIDDEN_NAME not in done.stdout


def test_a_reported_reserve_is_counted(district_url: str, tmp_path: Path) -> None:
    report = {"facility": "f-hospital", "commodity": "electricity", "hours": 1.5, "at": "2026-01-12T08:00:00+08:00"}
    text = json.dumps({**switched_off(), "reserves": [report]})
    done = webmap("assess", "-", home=tmp_path, text=text, DATABASE_URL=district_url)
    assert done.returncode == 0, done.stderr
    for expected in ("剩 1 小时 30 分", "1月12日 08:00 报告备用还有 1 小时 30 分"):
        assert expected in done.stdout
    text = json.dumps({**switched_off(), "reserves": [{**report, "facility": HIDDEN_ID}]})
    errors = failed(webmap("assess", "-", home=tmp_path, text=text, DATABASE_URL=district_url), 2)
    assert "reserves[0].facility" in errors


def test_the_summary_in_english(district_url: str, tmp_path: Path, incident_file: Path) -> None:
    done = webmap("assess", str(incident_file), "--lang", "en", home=tmp_path, DATABASE_URL=district_url)
    assert done.stdout.startswith("【SAMPLE DATA】")
    assert "Electricity  110 customers (100.0%)" in done.stdout


def test_restricted_facilities_only_on_request(district_url: str, tmp_path: Path, incident_file: Path) -> None:
    def facilities(*options: str) -> set[str]:
        done = webmap("assess", str(incident_file), "--json", *options, home=tmp_path, DATABASE_URL=district_url)
        return {row["id"] for row in json.loads(done.stdout)["facilities"]}

    assert facilities("--include-restricted") - facilities() == {HIDDEN_ID}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"faults": [{"element": "no-such"}]}, "faults[0].element"),
        ({"at": "2026-01-12T08:00"}, "at"),
        ({"plan": 3}, "plan"),
    ],
)
def test_a_wrong_field_is_named_with_its_remedy(
    district_url: str, tmp_path: Path, change: dict[str, Any], field: str
) -> None:
    text = json.dumps({**switched_off(), **change})
    errors = failed(webmap("assess", "-", "--json", home=tmp_path, text=text, DATABASE_URL=district_url), 2)
    assert f"{field}: " in errors
    assert "→" in errors


def test_text_that_is_not_json_is_placed(district_url: str, tmp_path: Path) -> None:
    errors = failed(webmap("assess", "-", home=tmp_path, text='{\n  "plan": }', DATABASE_URL=district_url), 2)
    assert "第 2 行第 11 列" in errors


def test_a_missing_file_is_named(district_url: str, tmp_path: Path) -> None:
    errors = failed(webmap("assess", "没有.json", home=tmp_path, DATABASE_URL=district_url), 2)
    assert "没有.json" in errors
    errors = failed(webmap("assess", str(tmp_path), home=tmp_path, DATABASE_URL=district_url), 2)
    assert str(tmp_path) in errors


@pytest.mark.parametrize("command", [["layers"], ["assess", "-"], ["serve"]])
def test_before_init_every_command_says_so(tmp_path: Path, command: list[str]) -> None:
    errors = failed(webmap(*command, home=tmp_path, text=json.dumps(switched_off())), 1)
    assert "webmap init" in errors
    assert list(tmp_path.glob("*.sqlite*")) == []


@pytest.mark.parametrize("command", [["layers"], ["assess", "-"], ["init"], ["serve"]])
def test_an_unreachable_database_is_named_without_its_password(tmp_path: Path, command: list[str]) -> None:
    url = "postgresql+psycopg://mapuser:s3cret@127.0.0.1:1/gis"
    done = webmap(*command, home=tmp_path, text=json.dumps(switched_off()), DATABASE_URL=url)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "mapuser:***@127.0.0.1:1/gis" in done.stderr
    assert "s3cret" not in done.stdout + done.stderr


@pytest.mark.parametrize("url", ["not an address", "oracle9://x/y"])
def test_a_database_address_that_is_none(tmp_path: Path, url: str) -> None:
    errors = failed(webmap("layers", home=tmp_path, DATABASE_URL=url), 2)
    assert "DATABASE_URL" in errors


def test_a_setting_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    assert "PORT" in failed(webmap("serve", home=tmp_path, PORT="eighty"), 2)


def test_init_without_the_sample_makes_tables_and_can_be_repeated(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    for _ in range(2):
        done = webmap("init", "--empty", home=tmp_path, WEBMAP_HOME=str(home))
        assert done.returncode == 0, done.stderr
    assert (home / "webmap.sqlite").exists()
    errors = failed(webmap("layers", home=tmp_path, WEBMAP_HOME=str(home)), 1)
    assert "webmap init" in errors


def test_init_leaves_a_users_data_alone(district_url: str, tmp_path: Path) -> None:
    before = webmap("layers", home=tmp_path, DATABASE_URL=district_url).stdout
    done = webmap("init", home=tmp_path, DATABASE_URL=district_url)
    assert done.returncode == 0, done.stderr
    assert webmap("layers", home=tmp_path, DATABASE_URL=district_url).stdout == before


def test_init_fills_an_empty_database_with_the_sample_once(tmp_path: Path) -> None:
    first = webmap("init", home=tmp_path, anew=True)
    assert first.returncode == 0, first.stderr
    listed = webmap("layers", home=tmp_path).stdout
    counts = {line.split()[0]: line.split()[1].replace(",", "") for line in listed.splitlines()}
    assert int(counts["network_nodes"]) >= 10_000
    assert int(counts["facilities"]) >= 120
    assert "值班员（演示）" in first.stdout
    people = webmap("people", "list", home=tmp_path).stdout
    assert "demo-commander  指挥长（演示）  [演示 (demonstration)]  [没有口令" in people
    again = webmap("init", home=tmp_path)
    assert again.returncode == 0
    assert "演示" not in again.stdout
    assert webmap("layers", home=tmp_path).stdout == listed
    assert webmap("people", "list", home=tmp_path).stdout == people
    store = open_store(f"sqlite:///{tmp_path / 'webmap.sqlite'}")
    store.replace({"sites": store.read("sites").iloc[1:]}, choice_note("chosen", 1, str(uuid.uuid4())))
    store.engine.dispose()
    chosen = webmap("layers", home=tmp_path).stdout
    assert chosen != listed
    assert "示例数据已装入" in webmap("init", home=tmp_path).stdout, "what was chosen in the sample stays"
    assert webmap("layers", home=tmp_path).stdout == chosen


def test_init_shuts_the_demonstration_accounts_beside_other_data(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'webmap.sqlite'}")
    upgrade(store.engine)
    store.replace(small_district(), note="sample 0123456789ab")
    assert len(Accounts(store.engine).demonstration.make(utc_now(), by="test")) == 7
    store.replace(small_district(), note="sample of our own district")
    store.engine.dispose()
    assert "[演示，已失效 (demonstration, void)]" in webmap("people", "list", home=tmp_path).stdout
    before = webmap("layers", home=tmp_path).stdout
    assert "停用了 7 个演示账户" in webmap("init", home=tmp_path).stdout
    assert webmap("layers", home=tmp_path).stdout == before
    assert webmap("people", "list", home=tmp_path).stdout.count("[已停用 (shut)]") == 7
    events = webmap("people", "events", "--last", "1", home=tmp_path).stdout
    assert "webmap init  库中已不只是示例，停用了演示账户" in events


def test_init_replaces_an_older_sample(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'webmap.sqlite'}")
    upgrade(store.engine)
    store.replace(small_district(), note="sample 0123456789ab")
    store.engine.dispose()
    done = webmap("init", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert int(webmap("layers", home=tmp_path).stdout.split("network_nodes")[1].split()[0].replace(",", "")) >= 10_000


def test_layers_lists_counts_and_the_data_version(district_url: str, tmp_path: Path, client: FlaskClient) -> None:
    done = webmap("layers", home=tmp_path, anew=True, DATABASE_URL=district_url)
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert lines["network_nodes"].split()[1] == "12"
    assert client.get("/api/catalog").get_json()["data_version"] in done.stdout


def test_help_names_every_command(tmp_path: Path) -> None:
    done = webmap("--help", home=tmp_path, anew=True)
    assert done.returncode == 0, done.stderr
    for name in ("init", "serve", "assess", "restore", "protect", "level", "plan", "layers", "backup", "assets"):
        assert f"\n  {name}" in done.stdout


def test_help_loads_none_of_the_libraries_that_take_long() -> None:
    program = (
        "import sys\n"
        "from webmap.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print(sorted({'numba', 'pandas', 'sqlalchemy', 'flask', 'pydantic'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_write_at_the_same_time_is_told_as_such(capsys: pytest.CaptureFixture[str]) -> None:
    @click.command()
    @explains_failures
    def command() -> None:
        raise IntegrityError("INSERT", {}, Exception("UNIQUE constraint failed"))

    with pytest.raises(SystemExit) as ended:
        command(args=[])
    assert ended.value.code == 1
    errors = capsys.readouterr().err
    assert "wrote at the same time" in errors
    assert "DATABASE_URL" not in errors
