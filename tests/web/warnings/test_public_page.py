"""The public page: what is issued and nothing else, for everybody, without scripts."""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import Any

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from priority.townships import Townships
from priority.warnings import WarningArea, sending_shape
from tests.priority.warnings.areas import frames
from tests.web.warnings.bulletins import CONTACT, county_bulletin, street_bulletin
from tests.web.warnings.messages import SENT
from webmap.warnings.public_page import PUBLIC_PAGE_POLICY, render_public_page
from webmap.warnings.sketch import sketch_of
from webmap.warnings.standing import Message

NOW = SENT + timedelta(hours=1)


def page_of(*bulletins: Any, language: Any = "zh", **more: Any) -> Any:
    messages = [Message(item, f"/feeds/warnings/{item.identifier}.xml") for item in bulletins]
    return html.document_fromstring(render_public_page(messages, language, now=more.pop("now", NOW), **more))


@pytest.fixture(scope="module")
def townships() -> Townships:
    return Townships.build(frames()["townships"])


def test_a_warning_says_where_what_level_what_to_do_who_and_until_when() -> None:
    (card,) = page_of(street_bulletin(), now=SENT + timedelta(hours=2)).iterfind(".//article")
    lines = dict(zip([n.text for n in card.iter("dt")], [n.text for n in card.iter("dd")], strict=True))
    assert card.findtext(".//span[@class='level']") == "一般预警"  # the plan's words
    assert lines["区域"] == "东街街道"
    assert lines["有效期至"] == "2026年1月13日 08:30"
    assert lines["应采取的措施"].startswith("关掉正在使用的大功率电器")
    assert (lines["发布机关"], lines["咨询电话"]) == ("区指挥部", CONTACT)
    assert card.find(".//a").get("href") == "/feeds/warnings/140502-1-20260112083000-0001.xml"


@pytest.mark.parametrize(("language", "text"), [("zh", "目前没有生效的预警"), ("en", "No warnings are in force")])
def test_without_warnings_it_says_so(language: Any, text: str) -> None:
    tree = page_of(language=language)
    assert tree.findtext(".//p[@class='none']") == text
    assert not tree.findall(".//article")


def test_lifted_ones_stand_below_for_a_day_and_drills_and_drafts_nowhere() -> None:
    lifted = street_bulletin(
        warning_id="w2", message_type="Cancel", sent=SENT, reason={"zh": "线路已修复", "en": "Repaired"}
    )
    hidden = (
        county_bulletin(warning_id="w3", drill="演练"),
        county_bulletin(warning_id="w4", identifier=None, sent=None),
    )
    tree = page_of(lifted, county_bulletin(), *hidden)
    assert [node.text for node in tree.iter("h2")] == ["正在生效的预警", "24 小时内解除的预警"]
    assert [card.findtext(".//span[@class='level']") for card in tree.iter("article")] == [
        "较大风险预警（供热中断）",
        "一般预警",
    ]
    assert "线路已修复" in tree.text_content()
    assert "演练" not in tree.text_content()
    day_after = page_of(lifted, county_bulletin(), now=SENT + timedelta(hours=24))
    assert not day_after.findall(".//article")
    assert day_after.findtext(".//p[@class='none']") == "目前没有生效的预警"


def test_it_refreshes_itself_runs_nothing_and_keeps_to_its_policy(townships: Townships) -> None:
    tree = page_of(county_bulletin(), townships=townships)
    (refresh,) = tree.xpath("//meta[@http-equiv='refresh']")
    assert 30 <= int(refresh.get("content")) <= 300
    assert not list(tree.iter("script", "iframe", "img", "form"))
    assert not tree.xpath("//@style | //@onclick")
    digest = base64.b64encode(hashlib.sha256(tree.findtext(".//style").encode()).digest()).decode()
    assert f"'sha256-{digest}'" in PUBLIC_PAGE_POLICY
    assert "script-src" not in PUBLIC_PAGE_POLICY
    assert "default-src 'none'" in PUBLIC_PAGE_POLICY


def test_made_up_data_say_so_first() -> None:
    (note,) = page_of(county_bulletin()).iterfind(".//p[@class='synthetic']")
    assert "示例数据" in note.text_content()
    assert not page_of(county_bulletin(synthetic=False)).findall(".//p[@class='synthetic']")


def test_the_other_language_is_one_press_away() -> None:
    for language, other in (("zh", "?lang=en"), ("en", "?lang=zh")):
        tree = page_of(county_bulletin(), language=language)
        assert other in [link.get("href") for link in tree.iterfind(".//nav/a")]
    english = page_of(county_bulletin(), language="en").text_content()
    assert "Charcoal" in english
    assert "What to do" in english


@settings(max_examples=60)
@given(
    st.sampled_from(["<script>alert(1)</script>", "'><b>", '"<i onload=1>'])
    | st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("<>&\"'"), max_size=60)
)
def test_nothing_that_people_write_becomes_a_tag(text: str) -> None:
    plain = {node.tag for node in page_of(county_bulletin()).iter()}
    texts = {language: dict.fromkeys(county_bulletin().texts["zh"], text) for language in ("zh", "en")}
    names = (("140525100", {"zh": text, "en": text}),)
    tree = page_of(county_bulletin(texts=texts, level_name=text, contact=text, townships=names))
    assert {node.tag for node in tree.iter()} <= plain | {"em"}
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on")]


def test_the_sketch_shows_the_county_and_what_is_warned_and_keeps_the_hole(townships: Townships) -> None:
    codes = [code for code in townships.codes if code.startswith("140525")]
    area = sending_shape(WarningArea.of_townships(townships, codes))
    sketch = sketch_of(area.pieces, townships, "140525")
    assert sketch is not None
    assert len(sketch.townships) == 16
    assert sketch.warned.count("M") >= 2  # 城区 is a hole
    numbers = [float(value) for path in (*sketch.townships, sketch.warned) for value in path_numbers(path)]
    assert min(numbers) >= 0
    assert max(numbers) <= max(sketch.width, sketch.height)
    one = sketch_of(tuple(shapely.get_parts(townships.union(["140525100"]))), townships, "140525")
    assert one is not None
    assert [label.name for label in one.labels] == ["南村镇"]
    assert sketch_of((), townships, "140525") is None
    assert sketch_of(area.pieces, None, "140525") is not None


def path_numbers(path: str) -> list[str]:
    return path.replace("M", " ").replace("L", " ").replace("Z", " ").split()
