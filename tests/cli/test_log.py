"""`webmap log` in a terminal: list, read, verify, and what tampering looks like."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, update

from layers.store import Store
from priority.plans import load_plan
from tests.cli.test_cli import failed, webmap
from tests.web.incidents.logs import DIRECTOR, DUTY, document, fact
from tests.web.network import small_district
from webmap.cli import main
from webmap.incidents.journal import Journal
from webmap.storage.engine import open_engine
from webmap.storage.tables import ENTRIES, INCIDENTS
from webmap.storage.upgrade import upgrade


class Headquarters:
    """A database with a real incident (five entries) and a drill, and the command run on it in this process."""

    def __init__(self, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'webmap.sqlite'}"
        self.folder = folder
        self.engine = open_engine(self.url)
        upgrade(self.engine)
        Store(self.engine).replace(small_district(), "test")
        self.journal = Journal(self.engine, load_plan)
        report = fact("reported", 0, text="东站全停", source="供电中心")
        self.real = self.journal.open("energy-chengqu", "东站停电", report, DUTY, drill=False).incident_id
        for one, author in (
            (fact("fault_located", 5, element="e-bus"), DUTY),
            (fact("level_started", 10, office="办公室主任", level="III", recommended="III"), DIRECTOR),
            (fact("level_ended", 60, office="办公室主任"), DIRECTOR),
            (
                fact(
                    "correction",
                    70,
                    corrects=2,
                    replacement=document("fault_located", 4, element="e-sw1"),
                    reason="核对",
                ),
                DUTY,
            ),
        ):
            self.journal.append(self.real, one, author)
        self.drill = self.journal.open("heating-zezhou", "供热演习", report, DUTY, drill=True).incident_id

    def run(self, *arguments: str) -> Result:
        environment = {"DATABASE_URL": self.url, "WEBMAP_HOME": str(self.folder)}
        return CliRunner().invoke(main, ["log", *arguments], env=environment)

    def change(self, statement: object) -> None:
        with self.engine.begin() as connection:
            connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture
def headquarters(tmp_path: Path) -> Headquarters:
    return Headquarters(tmp_path)


def test_the_list_tells_drills_and_what_has_ended(headquarters: Headquarters) -> None:
    lines = headquarters.run("list").stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(headquarters.drill)
    assert "【演练】供热演习" in lines[0]
    assert "已结束  东站停电" in lines[1]
    assert headquarters.run("list", "running").stdout == ""
    assert headquarters.run("list", "ended", "--lang", "en").stdout.split()[3:5] == ["ended", "东站停电"]
    assert len(headquarters.run("list", "drills").stdout.splitlines()) == 1


def test_the_log_reads_as_prose_with_names(headquarters: Headquarters) -> None:
    shown = headquarters.run("show", headquarters.real[:8])
    assert shown.exit_code == 0, shown.output
    lines = shown.stdout.splitlines()
    assert lines[0].startswith("东站停电  晋城市城区能源供应应急预案")
    assert "接供电中心报告：东站全停" in lines[1]
    assert "节点 e-bus（e-bus）故障〔已由第 5 条更正为：" in lines[2]
    assert "主任乙：办公室主任启动 III 级响应" in lines[3]
    assert "节点 e-sw1（e-sw1）故障”，原因：核对" in lines[5]
    assert len(lines) == 6
    english = headquarters.run("show", headquarters.drill, "--lang", "en").stdout.splitlines()
    assert all(line.startswith("[DRILL] ") for line in english)


def test_the_log_as_it_was_known_at_a_time(headquarters: Headquarters) -> None:
    early = headquarters.run("show", headquarters.real, "--known-at", "2020-01-01T00:00:00+08:00")
    assert len(early.stdout.splitlines()) == 1
    wrong = headquarters.run("show", headquarters.real, "--known-at", "8 o'clock")
    assert (wrong.exit_code, "8 o'clock" in wrong.stderr) == (2, True)


def test_an_intact_log_is_confirmed(headquarters: Headquarters) -> None:
    done = headquarters.run("verify")
    assert done.exit_code == 0, done.output
    assert sorted(line.split()[0] for line in done.stdout.splitlines()) == ["✓", "✓"]
    assert len(headquarters.run("verify", headquarters.drill).stdout.splitlines()) == 1


def test_tampering_is_named_with_its_place(headquarters: Headquarters) -> None:
    of_real = ENTRIES.c.incident_id == headquarters.real
    headquarters.change(update(ENTRIES).where(of_real, ENTRIES.c.number == 3).values(author_name="别人"))
    done = headquarters.run("verify")
    assert done.exit_code == 1
    assert f"✗ {headquarters.real}" in done.stdout
    assert "    3  内容与写入时不同" in done.stdout
    assert f"✓ {headquarters.drill}" in done.stdout
    assert "1 个日志" in done.stderr
    assert "is not as it was written" in headquarters.run("verify", "--lang", "en").stdout


def test_heads_saved_elsewhere_find_a_log_that_was_cut_or_removed(headquarters: Headquarters, tmp_path: Path) -> None:
    saved = tmp_path / "末条.txt"
    assert headquarters.run("verify", "--save", str(saved)).exit_code == 0
    headquarters.journal.append(headquarters.real, fact("note", 80, text="其后"), DUTY)
    assert headquarters.run("verify", "--against", str(saved)).exit_code == 0
    # Whoever can write the database cuts the log short and sets its row right.
    of_real = ENTRIES.c.incident_id == headquarters.real
    kept = headquarters.journal.read(headquarters.real).entries[2]
    headquarters.change(delete(ENTRIES).where(of_real, ENTRIES.c.number > 3))
    row = update(INCIDENTS).where(INCIDENTS.c.id == headquarters.real)
    headquarters.change(row.values(length=3, last_hash=kept.hash))
    assert headquarters.run("verify").exit_code == 0
    found = headquarters.run("verify", "--against", str(saved))
    assert (found.exit_code, "先前保存的末条不在日志中" in found.stdout) == (1, True)
    headquarters.change(delete(ENTRIES).where(of_real))
    headquarters.change(delete(INCIDENTS).where(INCIDENTS.c.id == headquarters.real))
    gone = headquarters.run("verify", "--against", str(saved))
    assert (gone.exit_code, "日志不见了" in gone.stdout) == (1, True)
    saved.write_text("nonsense", encoding="ascii")
    assert headquarters.run("verify", "--against", str(saved)).exit_code == 2


@pytest.mark.parametrize("arguments", [["show", "ffff-no"], ["verify", "ffff-no"], ["show", ""]])
def test_an_incident_that_is_not_there_or_not_the_only_one_is_told(
    headquarters: Headquarters, arguments: list[str]
) -> None:
    done = headquarters.run(*arguments)
    assert done.exit_code == 2
    assert "webmap log list" in done.stderr


def test_without_a_database_the_way_to_one_is_told(tmp_path: Path) -> None:
    assert "webmap init" in failed(webmap("log", "verify", home=tmp_path), 1)
    assert not (tmp_path / "webmap.sqlite").exists()
