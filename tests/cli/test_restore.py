"""`webmap restore` and `webmap protect` in a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.cli.test_cli import failed, webmap
from tests.web.conftest import app, client, district_url
from tests.web.network import FORMULA_NAME, HIDDEN_ID, HIDDEN_NAME, one_crew, switched_off

__all__ = ["app", "client", "district_url"]

AT = "2026-01-12T08:00:00+08:00"


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    incident, crews = tmp_path / "事件.json", tmp_path / "队伍.json"
    incident.write_text(json.dumps(switched_off()), encoding="utf-8")
    crews.write_text(json.dumps(one_crew()), encoding="utf-8")
    return str(incident), str(crews)


def timeless(plan: dict[str, Any]) -> dict[str, Any]:
    """The plan without how long the search took."""
    return {key: value for key, value in plan.items() if key != "seconds"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_plan_is_the_apis(
    district_url: str, tmp_path: Path, client: FlaskClient, files: tuple[str, str], language: str
) -> None:
    incident, crews = files
    options = ("--crews", crews, "--json", "--lang", language)
    done = webmap("restore", incident, *options, home=tmp_path, anew=language == "en", DATABASE_URL=district_url)
    assert done.returncode == 0, done.stderr
    body = {"incident": switched_off(), "crews": one_crew()}
    served = client.post(f"/api/restorations?lang={language}", json=body).get_json()
    assert timeless(json.loads(done.stdout)) == timeless(served)


def test_the_schedule_is_for_a_dispatcher(district_url: str, tmp_path: Path, files: tuple[str, str]) -> None:
    incident, crews = files
    done = webmap("restore", incident, "--crews", crews, home=tmp_path, DATABASE_URL=district_url)
    assert done.returncode == 0, done.stderr
    text = done.stdout
    assert text.startswith("【示例数据】")
    for expected in ("已证明最优", "电力一队（电力）", "1月12日 08:00 出发", "节点 e-bus", "抢修 3 小时", FORMULA_NAME):
        assert expected in text
    places = [text.index(word) for word in ("抢修安排", "损失（前一级", "仍会失去供应的单位", "假定")]
    assert places == sorted(places), "the schedule, then the loss by level, then who goes without"
    assert HIDDEN_NAME not in text


def test_the_schedule_in_english(district_url: str, tmp_path: Path, files: tuple[str, str]) -> None:
    incident, crews = files
    options = ("--crews", crews, "--lang", "en")
    done = webmap("restore", incident, *options, home=tmp_path, DATABASE_URL=district_url)
    assert done.stdout.startswith("【SAMPLE DATA】")
    for expected in ("proven optimal", "电力一队 (Electricity)", "leave 12 Jan 08:00", "work 3 h"):
        assert expected in done.stdout


def test_one_of_the_two_may_come_from_stdin(district_url: str, tmp_path: Path, files: tuple[str, str]) -> None:
    incident, crews = files
    text = json.dumps(switched_off())
    done = webmap("restore", "-", "--crews", crews, home=tmp_path, text=text, DATABASE_URL=district_url)
    assert done.returncode == 0, done.stderr
    both = webmap("restore", "-", "--crews", "-", home=tmp_path, text=text, DATABASE_URL=district_url)
    assert "stdin" in failed(both, 2)
    assert "--crews" in failed(webmap("restore", incident, home=tmp_path, DATABASE_URL=district_url), 2)


@pytest.mark.parametrize(
    ("crews", "field"),
    [
        ({"seconds": 0}, "crews.seconds: "),
        ({"fixed": [{"fault": "e-bus", "crew": "nobody"}]}, "crews.fixed[0].crew: "),
        ({"repairs": [{"fault": "no-such", "hours": 2}]}, "crews.repairs[0].fault: "),
    ],
)
def test_a_wrong_field_is_named_with_its_remedy(
    district_url: str, tmp_path: Path, files: tuple[str, str], crews: dict[str, Any], field: str
) -> None:
    text = json.dumps({**one_crew(), **crews})
    done = webmap("restore", files[0], "--crews", "-", home=tmp_path, text=text, DATABASE_URL=district_url)
    errors = failed(done, 2)
    assert field in errors
    assert "→" in errors


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_protection_list_is_the_apis(district_url: str, tmp_path: Path, client: FlaskClient, language: str) -> None:
    options = ("--json", "--at", AT, "--lang", language, "--horizon-hours", "24", "--plan", "heating-zezhou")
    done = webmap("protect", *options, home=tmp_path, anew=language == "en", DATABASE_URL=district_url)
    assert done.returncode == 0, done.stderr
    query = {"at": AT, "lang": language, "horizon_hours": 24, "plan": "heating-zezhou"}
    assert json.loads(done.stdout) == client.get("/api/protection", query_string=query).get_json()


def test_the_protection_list_for_people(district_url: str, tmp_path: Path) -> None:
    done = webmap("protect", "--at", AT, home=tmp_path, DATABASE_URL=district_url)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("【示例数据】")
    for expected in ("先防护的元件", "只有一路供应的单位", FORMULA_NAME, "备用短于通常抢修时间的单位", "假定"):
        assert expected in done.stdout
    assert HIDDEN_NAME not in done.stdout
    english = webmap("protect", "--at", AT, "--lang", "en", home=tmp_path, DATABASE_URL=district_url)
    assert "Elements to guard first" in english.stdout


def test_restricted_places_only_on_request(district_url: str, tmp_path: Path) -> None:
    shown = webmap("protect", "--at", AT, "--json", "--include-restricted", home=tmp_path, DATABASE_URL=district_url)
    hidden = webmap("protect", "--at", AT, "--json", home=tmp_path, DATABASE_URL=district_url)
    assert HIDDEN_ID in shown.stdout
    assert HIDDEN_ID not in hidden.stdout


@pytest.mark.parametrize(
    ("option", "value"), [("--at", "2026-01-12T08:00"), ("--horizon-hours", "0"), ("--plan", "atlantis")]
)
def test_a_wrong_option_is_named(district_url: str, tmp_path: Path, option: str, value: str) -> None:
    errors = failed(webmap("protect", option, value, home=tmp_path, DATABASE_URL=district_url), 2)
    assert value in errors
    assert "→" in errors
