"""`webmap report` and `webmap export` in a terminal: the files they leave, what they say, what they refuse."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from docx import Document

from tests.cli.test_log import Headquarters
from webmap.cli import main


@pytest.fixture(scope="module")
def headquarters(tmp_path_factory: pytest.TempPathFactory) -> Headquarters:
    return Headquarters(tmp_path_factory.mktemp("report"))


def run(headquarters: Headquarters, *arguments: str) -> Result:
    environment = {"DATABASE_URL": headquarters.url, "WEBMAP_HOME": str(headquarters.folder)}
    return CliRunner().invoke(main, list(arguments), env=environment)


def refused(done: Result, status: int) -> str:
    assert (done.exit_code, done.stdout) == (status, "")
    return done.stderr


def test_a_report_is_saved_under_its_name_in_a_folder(headquarters: Headquarters, tmp_path: Path) -> None:
    done = run(headquarters, "report", headquarters.real[:8], "--kind", "final", "--out", str(tmp_path))
    assert done.exit_code == 0, done.output
    (saved,) = tmp_path.iterdir()
    assert saved.name.startswith("东站停电-示例数据-终报-城区-")
    assert saved.suffix == ".docx"
    assert saved.name in done.stderr
    assert "东站停电" in "".join(paragraph.text for paragraph in Document(str(saved)).paragraphs)


def test_an_earlier_moment_and_fewer_entries_give_the_report_of_then(
    headquarters: Headquarters, tmp_path: Path
) -> None:
    file = tmp_path / "first.html"
    options = ("--kind", "first", "--format", "html", "--at", "2026-01-12T08:30:00+08:00", "--known", "2")
    done = run(headquarters, "report", headquarters.real, *options, "--out", str(file))
    assert done.exit_code == 0, done.output
    told = file.read_text(encoding="utf-8")
    assert "2026年1月12日8时30分" in told.replace(" ", "")
    assert "启动 III 级响应" not in told, "entry 3 is not known yet"


def test_a_file_can_go_to_standard_output(headquarters: Headquarters) -> None:
    done = run(headquarters, "export", headquarters.real, "--format", "json", "--out", "-")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout_bytes)["impact"]
    zipped = run(headquarters, "export", headquarters.drill, "--format", "csv", "--out", "-")
    names = zipfile.ZipFile(io.BytesIO(zipped.stdout_bytes)).namelist()
    assert names
    assert all(name.endswith(".csv") for name in names)


def test_what_cannot_be_made_is_refused_with_a_remedy(headquarters: Headquarters, tmp_path: Path) -> None:
    unknown = run(headquarters, "report", "ffff", "--kind", "final")
    assert "webmap log list" in refused(unknown, 2)
    moment = run(headquarters, "report", headquarters.real, "--kind", "final", "--at", "昨天")
    assert "2026-01-12T08:00:00+08:00" in refused(moment, 2)
    nowhere = run(headquarters, "export", headquarters.real, "--format", "json", "--out", str(tmp_path / "no" / "x"))
    assert "--out" in refused(nowhere, 1)
