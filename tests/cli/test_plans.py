"""`webmap level` and `webmap plan` in a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_cli import failed, webmap
from tests.third_plan import THIRD_PLAN


def test_the_level_as_a_document(tmp_path: Path) -> None:
    figures = '{"customers_out_share": 0.45}'
    done = webmap("level", "energy-chengqu", "-", "--json", home=tmp_path, text=figures, anew=True)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert (document["plan"], document["level"], document["report_every_minutes"]) == ("energy-chengqu", "III", 180)
    assert document["could_rise_to"] == "I"


def test_the_level_for_people(tmp_path: Path) -> None:
    path = tmp_path / "指标.json"
    path.write_text(json.dumps({"deaths": 1}), encoding="utf-8")
    done = webmap("level", "heating-zezhou", str(path), home=tmp_path)
    assert done.stdout.startswith("建议响应级别：II")
    assert "指挥长、副指挥长" in done.stdout
    assert "4.3.2(1)①" in done.stdout


@pytest.mark.parametrize(
    ("plan", "figures", "told"),
    [
        ("energy-chengqu", '{"coal_stock_share": 30}', "coal_stock_share"),
        ("energy-chengqu", '{"affected_townships": -2}', "affected_townships"),
        ("energy-chengqu", '{"deaths": 2}', "deaths"),
        ("energy-chengqu", "[1]", "JSON 对象"),
        ("energy-chengqu", "{", "JSON"),
        ("atlantis", "{}", "heating-zezhou"),
    ],
)
def test_what_is_wrong_is_told_and_ends_with_status_2(tmp_path: Path, plan: str, figures: str, told: str) -> None:
    assert told in failed(webmap("level", plan, "-", home=tmp_path, text=figures), 2)


@pytest.mark.parametrize("command", [["plan", "atlantis"], ["level", "atlantis", "-"]])
def test_an_unknown_plan_is_named_with_those_there_are(tmp_path: Path, command: list[str]) -> None:
    told = failed(webmap(*command, home=tmp_path, text="{}"), 2)
    assert "(no such plan): atlantis\n" in told
    assert "energy-chengqu, heating-zezhou" in told
    assert "/api/" not in told


def test_the_level_in_english_is_set_as_english(tmp_path: Path) -> None:
    done = webmap("level", "heating-zezhou", "-", "--lang", "en", home=tmp_path, text='{"deaths": 1}')
    first = done.stdout.splitlines()[0]
    assert first.startswith("Recommended level: II  ")
    assert "：" not in first


def test_a_plan_is_printed_for_reading(tmp_path: Path) -> None:
    done = webmap("plan", "energy-chengqu", home=tmp_path)
    assert done.returncode == 0, done.stderr
    for expected in ("城政办发〔2025〕15号", "III 级响应（4.2.1）", "优先保障", "2286311"):
        assert expected in done.stdout
    assert (
        json.loads(webmap("plan", "heating-zezhou", "--json", home=tmp_path).stdout)["revision_due_on"] == "2026-05-29"
    )
    assert "energy-chengqu" in failed(webmap("plan", "atlantis", home=tmp_path), 2)


def test_a_new_plan_file_is_checked(tmp_path: Path) -> None:
    path = tmp_path / "third.yaml"
    path.write_text(THIRD_PLAN, encoding="utf-8")
    done = webmap("plan", "check", str(path), home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "snow-xidistrict" in done.stdout
    path.write_text(THIRD_PLAN.replace("band: [0.15, 0.35]", "band: [0.10, 0.35]"), encoding="utf-8")
    told = failed(webmap("plan", "check", str(path), home=tmp_path), 2)
    assert "third.yaml" in told
    assert "households_share" in told
    assert "no such file" in failed(webmap("plan", "check", "absent.yaml", home=tmp_path), 2).lower()


def test_the_districts_own_plan_levels_and_assesses(tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    (tmp_path / "plans" / "snow.yaml").write_text(THIRD_PLAN, encoding="utf-8")
    done = webmap("level", "snow-xidistrict", "-", "--json", home=tmp_path, text='{"households_share": 0.15}')
    assert json.loads(done.stdout)["level"] == "三级"
