"""`webmap cap check` on files and standard input."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from tests.web.warnings.messages import SOUND
from webmap.cli import main


def check(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(main, ["cap", "check", *arguments], input=stdin)


def test_a_sound_message_passes(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    file.write_text(SOUND, encoding="utf-8")
    done = check(str(file))
    assert (done.exit_code, done.output) == (0, f"✓ {file}：未发现问题\n")


def test_findings_are_told_with_line_path_and_remedy() -> None:
    done = check("-", stdin=SOUND.replace(">Public<", ">Private<"))
    assert done.exit_code == 1
    assert "第 8 行  /alert/scope  [错误] scope 为 Private 时必须有 addresses" in done.output
    assert "  → 补上 addresses" in done.output
    assert "1 处错误，0 处提醒" in done.output
    assert (
        "line 8  /alert/scope  [error]"
        in check("-", "--lang", "en", stdin=SOUND.replace(">Public<", ">Private<")).output
    )


def test_programs_get_both_languages() -> None:
    document = json.loads(check("-", "--json", stdin=SOUND.replace(">Actual<", ">Exercise<")).output)
    assert document["sound"] is True
    (finding,) = document["findings"]
    assert (finding["code"], finding["severity"], finding["line"]) == ("exercise_note", "warning", 6)
    assert "note" in finding["message_zh"]
    assert "note" in finding["remedy_en"]


def test_the_box_can_be_given_and_a_wrong_one_is_refused() -> None:
    assert check("-", "--box", "0,0,1,1", stdin=SOUND).output.count("[提醒]") == 2
    assert check("-", "--box", "anywhere", stdin=SOUND).exit_code == 0
    for box in ("1,2,3", "a,b,c,d", "5,5,1,1", "nan,0,1,1"):
        assert check("-", "--box", box, stdin=SOUND).exit_code == 2


def test_a_file_that_is_not_there_is_told() -> None:
    assert check("/nowhere/a.xml").exit_code == 2
