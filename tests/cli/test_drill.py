"""`webmap drill` in a terminal: scripts listed and checked, a drill played to its end, held and stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from layers.store import Store
from tests.web.drills.scripts import SHORT, keep
from tests.web.network import small_district
from webmap.cli import main
from webmap.drills.runs import DrillRuns
from webmap.storage.engine import open_engine
from webmap.storage.upgrade import upgrade


class Terminal:
    """A home with the small district and the short script, and the command run on it in this process."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.url = f"sqlite:///{home / 'webmap.sqlite'}"
        engine = open_engine(self.url)
        upgrade(engine)
        Store(engine).replace(small_district(), "test")
        engine.dispose()
        keep(home)

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(
            main, ["drill", *arguments], env={"DATABASE_URL": self.url, "WEBMAP_HOME": str(self.home)}
        )

    def said(self, *arguments: str) -> str:
        done = self.run(*arguments)
        assert done.exit_code == 0, done.output
        return done.output


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_a_drill_is_played_to_its_end(terminal: Terminal) -> None:
    told = terminal.said("play", "short", "--speed", "600", "--begins-at", "2026-01-12T20:00:00+08:00", "--wait")
    first, last = told.splitlines()[0], told.splitlines()[-1]
    assert "short  播放中  1/7  ×600" in first
    assert "short  已演完  7/7  ×600" in last
    incident = last.split()[0]
    log = CliRunner().invoke(
        main, ["log", "show", incident], env={"DATABASE_URL": terminal.url, "WEBMAP_HOME": str(terminal.home)}
    )
    lines = log.output.splitlines()
    assert len(lines) == 9
    assert all(line.startswith("【演练】") for line in lines)
    assert "演练脚本（命令行）" in lines[-1]
    refused = terminal.run("pause", incident[:8])
    assert refused.exit_code == 1
    assert "这个脚本已经演完或已停止" in refused.output


def test_without_a_server_it_waits_and_is_changed_meanwhile(terminal: Terminal) -> None:
    incident = terminal.said("play", "short", "--lang", "en").split()[0]
    assert "paused" in terminal.said("pause", incident[:6], "--lang", "en")
    assert "×30" in terminal.said("speed", incident[:6], "30")
    assert "播放中" in terminal.said("resume", incident[:6])
    assert "short  播放中  1/7" in terminal.said("list")
    assert "已停止" in terminal.said("stop", incident[:6])
    engine = open_engine(terminal.url)
    assert DrillRuns(engine).read(incident).prepared.language == "en"
    engine.dispose()


def test_scripts_are_listed_and_checked(terminal: Terminal) -> None:
    keep(terminal.home, "key: nothing", "broken.yaml")
    listed = terminal.run("list")
    assert "energy-blackout  energy-chengqu" in listed.output
    assert "✗ broken.yaml:1: plan: Field required" in listed.output
    checked = terminal.said("check", "short")
    assert "0:15  level_started  办公室主任" in checked
    assert "✓ short  1 步因数据中没有所说的地点而略去" in checked
    own = terminal.home / "own.yaml"
    own.write_text(SHORT.replace("by: 办公室主任\n    said", "by: 副指挥长\n    said"), encoding="utf-8")
    refused = terminal.run("check", str(own), "--lang", "en")
    assert refused.exit_code == 2
    assert "steps.4: Step 5 (0:15, level_started)" in refused.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("play", "nowhere"), "没有这个演练脚本: nowhere"),
        (("play", "short", "--begins-at", "now"), "不是有效的时间"),
        (("play", "short", "--speed", "700"), "700"),
        (("stop", "abc"), "没有这个事件"),
        (("check", "missing.yaml"), "没有这个演练脚本"),
    ],
)
def test_wrong_input_ends_with_its_remedy(terminal: Terminal, arguments: tuple[str, ...], said: str) -> None:
    done = terminal.run(*arguments)
    assert done.exit_code == 2
    assert said in done.output
