"""A wrong plan file is told with file and line."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from priority.errors import InvalidPlan
from priority.plans import parse_plan, read_plan

ENERGY = resources.files("priority.plans").joinpath("energy-chengqu.yaml").read_text(encoding="utf-8")
HEATING = resources.files("priority.plans").joinpath("heating-zezhou.yaml").read_text(encoding="utf-8")


def told(text: str) -> str:
    with pytest.raises(InvalidPlan) as caught:
        parse_plan(text, "third.yaml")
    return str(caught.value)


def put(text: str, right: str, wrong: str) -> tuple[str, int]:
    """Replace a passage that stands once, and return the line where it begins."""
    assert text.count(right) == 1, right
    return text.replace(right, wrong), text[: text.index(right)].count("\n") + 1


@pytest.mark.parametrize(
    ("right", "wrong", "place"),
    [
        ("report_every_minutes: 180", "report_every_minute: 180", "levels.0.report_every_minute"),
        ("clause: 4.2.1(7)\n        text: 区", "clause: 四之二\n        text: 区", "levels.0.conditions.6.clause"),
        ("- clause: 4.2.1(7)\n        text: 区", "- text: 区", "levels.0.conditions.6.clause"),
        ("report_every_minutes: 180", "report_every_minutes: -1", "levels.0.report_every_minutes"),
        ("figure: customers_out_share, band: [0.30", "figur: customers_out_share, band: [0.30", "conditions.4"),
        ("band: [0.70, null]", "band: [0.70]", "levels.2.conditions.3"),
        ("issued_on: 2025-07-25", "issued_on: last summer", "issued_on"),
        ('numbers: ["2062298"]', "numbers: [2062298]", "organisation.telephones.0.numbers.0"),
        ("decided_by: [办公室主任]", "decided_by: []", "levels.0.decided_by"),
    ],
)
def test_a_wrong_part_is_told_with_its_line(right: str, wrong: str, place: str) -> None:
    text, line = put(ENERGY, right, wrong)
    message = told(text)
    assert message.startswith(f"third.yaml:{line}: ")
    assert place in message.splitlines()[0]


def test_every_wrong_part_is_told_at_once() -> None:
    text, first = put(ENERGY, "report_every_minutes: 180", "report_every_minute: 180")
    text, second = put(text, "report_every_minutes: 60", "report_every_minute: 60")
    assert [int(line.split(":")[1]) for line in told(text).splitlines()] == [first, second]


@pytest.mark.parametrize(
    ("plan", "right", "wrong", "words"),
    [
        (ENERGY, "band: [0.20, 0.40]", "band: [0.20, 0.45]", ["chengqu_load_lost_share", "III", "II", "0.4 and 0.45"]),
        (HEATING, "deaths, band: [3, 10]", "deaths, band: [2, 10]", ["deaths", "general", "large", "2 and 3"]),
        (ENERGY, "customers_out_share, band: [0.30", "customers_share, band: [0.30", ["'customers_share'"]),
        (ENERGY, "coal_price, is: abnormal", "coal_price, is: mad", ["coal_price", "'mad'"]),
        (HEATING, "grade_is: [general, large", "grade_is: [grave, large", ["'grave'"]),
        (
            ENERGY,
            "clause: 4.2.1(7)\n        text: 区",
            "clause: 4.2.1(5)\n        text: 区",
            ["conditions", "4.2.1(5)"],
        ),
        (ENERGY, "- key: coal_stock_share", "- key: coal_price", ["figures", "coal_price"]),
        (ENERGY, "level: I\n    text:", "level: IV\n    text:", ["'IV'"]),
        (ENERGY, "text: 密切关注", "group: nobody\n        text: 密切关注", ["'nobody'"]),
        (ENERGY, "member: 城区教育局", "member: 教育局", ["'教育局'"]),
        (HEATING, "报告事态发展情况, levels: [general]", "报告事态发展情况, levels: [grave]", ["'grave'"]),
    ],
)
def test_parts_that_contradict_each_other_are_told(plan: str, right: str, wrong: str, words: list[str]) -> None:
    text, line = put(plan, right, wrong)
    message = told(text)
    assert all(word in message for word in words), message
    lines = [int(number) for number in re.findall(r"^third\.yaml:(\d+): ", message, re.MULTILINE)]
    # A scale that overlaps, and a name that stands twice, are told where the second of the two stands.
    assert any(line - 4 <= told_line <= line + 1 for told_line in lines) or "overlaps" in message, (line, message)
    assert min(lines) > 1


def test_bands_that_share_an_end_do_not_overlap() -> None:
    text, _ = put(ENERGY, "chengqu_load_lost_share, band: [0.20, 0.40]", "chengqu_load_lost_share, band: [0.10, 0.40]")
    assert parse_plan(text, "third.yaml").levels[0].level == "III"


def test_a_key_written_twice_is_told() -> None:
    text, line = put(ENERGY, "report_every_minutes: 180", "report_every_minutes: 180\n    report_every_minutes: 60")
    assert told(text) == f"third.yaml:{line + 1}: report_every_minutes: this key stands here twice"


def test_no_yaml_is_told() -> None:
    text, line = put(ENERGY, "commodities: [electricity, gas, coal]", "commodities: [electricity, gas")
    assert re.match(rf"third\.yaml:({line + 1}|{line + 2}|{line + 3}): not YAML", told(text))


@pytest.mark.parametrize("text", ["", "nothing", "- a list", "{}"])
def test_a_file_that_is_no_plan_is_told(text: str) -> None:
    assert told(text).startswith("third.yaml:1: ")


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "third.yaml"
    path.write_bytes(ENERGY.encode("gb18030"))
    with pytest.raises(InvalidPlan, match=r"third\.yaml: not UTF-8 text"):
        read_plan(path)
