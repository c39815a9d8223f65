"""The notice: everything that the plan asks for, escaped, marked, self-contained."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from tests.web.warnings.bulletins import CONTACT, county_bulletin, street_bulletin
from webmap.warnings.bulletin import Bulletin
from webmap.warnings.products import NOTICE_POLICY, notice_html

#: What a careless or spiteful hand may write.
written = st.sampled_from(["<script>alert(1)</script>", "'><b>", '"<i onload=1>']) | st.text(
    st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("<>&\"'/\n"), max_size=80
)
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "p", "strong", "span", "h1", "dl", "div", "dt", "dd",
    "br", "section", "footer",
}  # fmt: skip


def items_of(page: str) -> dict[str, str]:
    tree = html.fromstring(page)
    return {row.findtext("dt"): row.find("dd").text_content().strip() for row in tree.iterfind(".//dl/div")}


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("bulletin", [street_bulletin(), county_bulletin()], ids=["energy", "heating"])
def test_every_item_that_the_plan_asks_for_is_there_as_it_was_written(bulletin: Bulletin) -> None:
    items = items_of(notice_html(bulletin))
    wanted = list(bulletin.plan.warnings.required_content)
    assert [name for name in items if name in wanted] == wanted  # in the plan's order
    for name in wanted:
        assert items[name] == (bulletin.texts["zh"][name].strip() or "未填写")
    assert items["咨询电话"] == CONTACT


@settings(max_examples=100)
@given(st.data())
def test_nothing_that_people_write_becomes_a_tag(data: st.DataObject) -> None:
    base = street_bulletin()
    names = base.plan.warnings.required_content
    texts = {language: {name: data.draw(written) for name in names} for language in ("zh", "en")}
    bulletin = replace(
        base,
        texts=texts,
        contact=data.draw(written) or None,
        level_name=data.draw(written),
        drill=data.draw(st.none() | written.filter(bool)),
        identifier=data.draw(st.none() | written.filter(bool)),
        message_type=data.draw(st.sampled_from(["Alert", "Update", "Cancel"])),
        reason={"zh": data.draw(written), "en": data.draw(written)},
        townships=(("140502001", {"zh": data.draw(written), "en": data.draw(written)}),),
    )
    page = notice_html(bulletin)
    tree = html.document_fromstring(page)
    assert {node.tag for node in tree.iter() if isinstance(node.tag, str)} <= TAGS
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on") or name == "style"]
    if bulletin.message_type != "Cancel":
        for name in names:
            if squeezed(texts["zh"][name]):
                assert squeezed(items_of(page)[name]) == squeezed(texts["zh"][name])


def test_what_nobody_wrote_is_said_to_be_missing_and_the_issuer_is_known_all_the_same() -> None:
    items = items_of(notice_html(street_bulletin(texts={"zh": {}, "en": {}}, contact=None)))
    assert items["应采取的措施"] == "未填写"
    assert items["发布机关"] == "区指挥部"


def test_it_is_signed_with_issuer_date_and_a_place_for_the_seal() -> None:
    tree = html.fromstring(notice_html(street_bulletin()))
    (signed,) = tree.find_class("signed")
    assert "盖章处" in signed.text_content()
    assert "区指挥部" in signed.text_content()
    assert "2026年1月12日" in signed.text_content()
    (draft,) = html.fromstring(notice_html(street_bulletin(identifier=None, sent=None))).find_class("signed")
    assert not re.search("[0-9]", draft.text_content())  # the date is for who signs


@pytest.mark.parametrize(
    ("changes", "marks"),
    [
        ({"synthetic": False}, []),
        ({}, ["示例数据 SAMPLE DATA"]),
        ({"drill": "冬季演练"}, ["演练 DRILL", "示例数据 SAMPLE DATA"]),
        ({"identifier": None, "sent": None, "synthetic": False}, ["草稿 DRAFT"]),
    ],
)
def test_drills_drafts_and_made_up_data_are_marked_at_the_top(changes: dict[str, Any], marks: list[str]) -> None:
    tree = html.fromstring(notice_html(street_bulletin(**changes)))
    assert [node.text for node in tree.iterfind(".//p[@class='marks']/strong")] == marks


@pytest.mark.parametrize(
    ("kind", "title"), [("Alert", "预警公告"), ("Update", "预警公告（更新）"), ("Cancel", "解除预警公告")]
)
def test_updates_and_liftings_say_what_they_are(kind: Any, title: str) -> None:
    reason = {"zh": "线路已修复", "en": "The line was repaired"}
    page = notice_html(street_bulletin(message_type=kind, reason=reason))
    heading = html.fromstring(page).find(".//h1")
    assert heading.text_content().endswith(f"一般预警{title}")
    lifted = items_of(page)
    assert (lifted.get("解除原因") == "线路已修复") == (kind == "Cancel")
    assert ("The line was repaired." in page) == (kind == "Cancel")
    if kind == "Cancel":
        assert lifted["依据"].endswith("3.5")
        assert "应采取的措施" not in lifted


def test_the_english_block_says_what_where_when_and_whom_to_call() -> None:
    (section,) = html.fromstring(notice_html(street_bulletin())).iterfind(".//section")
    said = section.text_content()
    for part in ("WARNING", "12 Jan 2026 08:30 to 13 Jan 2026 08:30", "Switch off large appliances", CONTACT):
        assert part in said
    without = street_bulletin(texts={"zh": street_bulletin().texts["zh"], "en": {}})
    assert "What to do is said in the Chinese text above." in notice_html(without)


def test_it_needs_nothing_from_elsewhere_and_its_style_is_the_one_that_its_policy_allows() -> None:
    page = notice_html(street_bulletin())
    tree = html.document_fromstring(page)
    assert not list(tree.iter("script", "link", "img", "iframe", "a"))
    assert "url(" not in page
    style = tree.findtext(".//style")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"'sha256-{digest}'" in NOTICE_POLICY
    assert "default-src 'none'" in NOTICE_POLICY
