"""Script files: what is wrong is told with file, line and place, before anybody begins a drill with it."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
import yaml

from tests.web.drills.scripts import SHORT, keep
from tests.web.published import hold_to
from webmap.drills.errors import InvalidScript, UnknownScript
from webmap.drills.reading import MOST_BYTES, parse_script
from webmap.drills.script_book import SCRIPT_KEYS, script_book, shipped


def refusal(text: str) -> str:
    with pytest.raises(InvalidScript) as caught:
        parse_script(text, "own.yaml")
    return str(caught.value)


def test_times_may_be_told_from_the_beginning_or_from_the_step_before() -> None:
    script = parse_script(SHORT, "own.yaml")
    assert script.times_s == [0, 300, 600, 720, 900, 1200, 1500, 1800]
    assert (script.length_s, script.levels) == (1800, ["III"])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('at: "0:30"', "at: 1:30", "own.yaml:35: steps.7.at: write hours and minutes in quotation marks"),
        ('at: "0:05"', 'at: "5 min"', 'steps.1.at: hours and minutes, "1:05"'),
        ('at: "0:05"', 'after: "0:05"', "steps.1.after: Extra inputs are not permitted"),
        ('at: "0:10"', 'at: "0:04"', "steps.2.at: earlier than the step before"),
        ('happened: "0:00"', 'happened: "0:06"', "steps.1.happened: later than the step that tells it"),
        ("element: $source}", "element: $sauce}", "steps.1.facts.0: sauce: no place of that name"),
        ("element: $source}", "elements: $source}", "steps.1.facts.0.elements: "),
        ("fault_located", "fault_lost", "own.yaml:15: steps.1.facts.0.kind: "),
        ('"@share"', '"@shares"', "steps.5.fact: @shares: no earlier step has that name"),
        ("value: 0.35}", 'value: 0.35, happened_at: "0:01"}', "happened_at: follows from the step"),
        ("by: 办公室主任\n    said", "by: 主任\n    said", "steps.4.by: "),
        ("by: customers}", "by: people}", "places.source: by: not for the layer network_nodes"),
        ("by: customers}", "near: boiler}", "places.source: boiler: no place of that name stands before"),
        ("kind: reported", "kind: note", "the first step is at 0:00 and its first fact is `reported`"),
        ("plan: energy-chengqu", "plan: energy-chengqu\nplan: heating", "own.yaml:3: plan: this key stands here twice"),
        ("places:", "places: [", "own.yaml:7: not YAML"),
    ],
)
def test_a_slip_is_named_with_its_place(old: str, new: str, said: str) -> None:
    assert old in SHORT
    assert said in refusal(SHORT.replace(old, new, 1))


_FIRST, _PLAN = "key: short", "plan: energy-chengqu"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (_FIRST, "key: 2026-13-45", "own.yaml:1: not YAML: this value cannot be read"),
        (_FIRST, "key: !!timestamp abc", "own.yaml:1: not YAML: this value cannot be read"),
        (_PLAN, "plan: !!int abc", "own.yaml:2: not YAML: this value cannot be read"),
        (_PLAN, f"plan: {'9' * 5000}", "own.yaml:2: not YAML: this value cannot be read"),
        (_FIRST, "key: &key [*key]", "own.yaml:1: not YAML: an alias (*name) is not allowed here"),
        (_FIRST, f"key: {'[' * 20_000}", "own.yaml:1: not YAML: parts lie too deep in each other"),
        (_FIRST, "[a, b]: short", "own.yaml:1: not YAML: a key is one word"),
        ("value: 0.35}", "2026-01-01: 0.35}", "own.yaml:19: not YAML: a key is one word"),
        ("{kind: note", "{kind: [note]", "own.yaml:36: steps.7.fact.kind: the kind of a fact is one word"),
        ("{kind: note, ", "{", "own.yaml:36: steps.7.fact.kind: the kind of a fact is one word"),
        ("replacement: {kind: figure_reported", "replacement: {kind: {}", "steps.5.fact.replacement.kind: the kind"),
    ],
)
def test_what_yaml_stumbles_over_is_named_too(old: str, new: str, said: str) -> None:
    assert old in SHORT
    assert said in refusal(SHORT.replace(old, new, 1))


def test_a_few_lines_that_stand_for_many_are_refused_at_once() -> None:
    bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    bomb += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert "own.yaml:2: not YAML: an alias" in refusal("\n".join(bomb))


def test_what_is_no_script_leaves_the_others_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(tmp_path)
    folder = tmp_path / "drills"
    (folder / "folder.yaml").mkdir()
    (folder / "gone.yaml").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.yaml")
    (folder / "large.yaml").write_text("# " + "雪" * MOST_BYTES, encoding="utf-8")
    (folder / "gbk.yaml").write_bytes("key: 雪".encode("gbk"))
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.yaml")).write_text("key: nothing", encoding="utf-8")
    found = script_book(folder)
    assert set(found.scripts) == {*SCRIPT_KEYS, "short"}
    assert found.broken.keys() == {"folder.yaml", "gone.yaml", "pipe.yaml", "large.yaml", "gbk.yaml", "\ufffd.yaml"}
    assert found.broken["large.yaml"] == "large.yaml: larger than 128 KiB"
    assert found.broken["gone.yaml"] == "gone.yaml: not a file"
    monkeypatch.setattr(Path, "open", _denied)
    assert script_book(folder).broken["short.yaml"] == "short.yaml: cannot be opened: Permission denied"


def _denied(*_: object) -> None:
    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def test_what_the_district_keeps_stands_beside_the_products_and_may_replace_them(tmp_path: Path) -> None:
    keep(tmp_path)
    keep(tmp_path, SHORT.replace("key: short", f"key: {SCRIPT_KEYS[0]}"), "revised.yaml")
    keep(tmp_path, SHORT.replace("kind: note", "kind: remark"), "broken.yaml")
    keep(tmp_path, SHORT, "twice.yaml")
    found = script_book(tmp_path / "drills")
    assert set(found.scripts) == {*SCRIPT_KEYS, "short"}
    assert found.script(SCRIPT_KEYS[0]).title.zh == "东站停电"
    assert "broken.yaml:36: steps.7.fact.kind" in found.broken["broken.yaml"]
    assert "is the key of short.yaml too" in found.broken["twice.yaml"]
    with pytest.raises(UnknownScript):
        found.script("nowhere")


@pytest.mark.parametrize("key", SCRIPT_KEYS)
def test_the_shipped_scripts_keep_to_the_published_schema(key: str) -> None:
    path = Path(__file__).resolve().parents[3] / "webmap" / "drills" / "scripts" / f"{key}.yaml"
    hold_to("drill_script", yaml.safe_load(path.read_text(encoding="utf-8")))
    script = shipped(key)
    assert script.levels == ["III", "II", "I", "II", "III"]
    assert script.length_s == 6 * 3600
