"""`webmap dispatch` in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.cli.test_cli import failed, webmap
from tests.cli.test_restore import timeless
from tests.web.conftest import app, client, district_url
from tests.web.network import FORMULA_NAME, HIDDEN_ID, HIDDEN_NAME, one_supply, switched_off

__all__ = ["app", "client", "district_url"]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    incident, supply = tmp_path / "事件.json", tmp_path / "库存.json"
    incident.write_text(json.dumps(switched_off()), encoding="utf-8")
    supply.write_text(json.dumps(one_supply()), encoding="utf-8")
    return str(incident), str(supply)


def test_the_plan_is_the_apis(district_url: str, tmp_path: Path, client: FlaskClient, files: tuple[str, str]) -> None:
    done = webmap("dispatch", *files, "--json", home=tmp_path, DATABASE_URL=district_url)
    assert done.returncode == 0, done.stderr
    served = client.post("/api/dispatches", json={"incident": switched_off(), "supply": one_supply()}).get_json()
    assert timeless(json.loads(done.stdout)) == timeless(served)
    assert HIDDEN_ID not in done.stdout


def test_the_page_is_for_a_dispatcher(district_url: str, tmp_path: Path, files: tuple[str, str]) -> None:
    done = webmap("dispatch", *files, home=tmp_path, DATABASE_URL=district_url)
    assert done.returncode == 0, done.stderr
    text = done.stdout
    assert text.startswith("【示例数据】2 处在储备用完前送到。")
    for expected in ("油罐车一（2000 L）", "油库 → 西镇热源厂", FORMULA_NAME, "提前", "已证明", "0.27 升"):
        assert expected in text
    places = [text.index(word) for word in ("按车辆", "储备用完前送到的单位", "库存\n", "假定\n")]
    assert places == sorted(places)
    assert HIDDEN_NAME not in text


def test_the_page_in_english(district_url: str, tmp_path: Path, files: tuple[str, str]) -> None:
    done = webmap("dispatch", *files, "--lang", "en", home=tmp_path, DATABASE_URL=district_url)
    assert done.stdout.startswith("【SAMPLE DATA】2 place(s) reached before the reserve ends.")
    for expected in ("By vehicle", "油罐车一 (2000 L)", "leave 12 Jan 08:00", "early", "Proven"):
        assert expected in done.stdout


def test_a_suggestion_is_a_supply_to_begin_with(district_url: str, tmp_path: Path, files: tuple[str, str]) -> None:
    incident, _ = files
    suggested = webmap("dispatch", "--suggest", home=tmp_path, DATABASE_URL=district_url)
    assert suggested.returncode == 0, suggested.stderr
    supply = json.loads(suggested.stdout)
    assert supply["stocks"][0]["site"] == "site-1"
    done = webmap("dispatch", incident, "-", home=tmp_path, text=suggested.stdout, DATABASE_URL=district_url)
    assert "假定油罐车 1（2000 L，假定）" in done.stdout


def test_what_is_missing_or_wrong_is_told(district_url: str, tmp_path: Path, files: tuple[str, str]) -> None:
    incident, supply = files
    assert "SUPPLY" in failed(webmap("dispatch", incident, home=tmp_path, DATABASE_URL=district_url), 2)
    assert "stdin" in failed(webmap("dispatch", "-", "-", home=tmp_path, DATABASE_URL=district_url), 2)
    assert "--suggest" in failed(webmap("dispatch", incident, "--suggest", home=tmp_path, DATABASE_URL=district_url), 2)
    Path(supply).write_text(json.dumps({**one_supply(), "seconds": 0}), encoding="utf-8")
    assert "supply.seconds" in failed(webmap("dispatch", *files, home=tmp_path, DATABASE_URL=district_url), 2)
