"""Products and public pages as the server hands them out, from the draft to a day after the lifting."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from lxml import html

from tests.web.log.house import START
from tests.web.warnings.headquarters import DIRECTOR, DUTY, HIDDEN_NAME, OWN, Headquarters, after
from webmap.accounts.roles import Role

PRODUCTS = ("notice.html", "sms.txt", "broadcast.txt", "phone.csv", "doors.csv")
ATOM = "{http://www.w3.org/2005/Atom}"


def public(headquarters: Headquarters, path: str) -> str:
    answer = headquarters.house.ask(Role.OBSERVER, "GET", path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def feed_titles(headquarters: Headquarters) -> list[str]:
    feed = ElementTree.fromstring(public(headquarters, "/feeds/warnings.atom"))  # noqa: S314  our own feed
    return [node.findtext(f"{ATOM}title") or "" for node in feed.findall(f"{ATOM}entry")]


def rows(headquarters: Headquarters, warning: Any, version: int, name: str, who: str) -> list[dict[str, str]]:
    text = headquarters.product(warning, version, name, who).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("name", PRODUCTS)
def test_a_draft_says_that_it_is_one_and_an_issued_version_does_not(headquarters: Headquarters, name: str) -> None:
    incident = headquarters.outage()
    draft = headquarters.product(headquarters.drafted(incident), 1, name).get_data(as_text=True)
    assert "草稿" in draft
    issued = headquarters.product(headquarters.issued(incident), 1, name).get_data(as_text=True)
    assert "草稿" not in issued
    assert "示例数据" in issued
    drill = headquarters.issued(headquarters.outage(drill=True, name="冬季演练"))
    assert "演练" in headquarters.product(drill, 1, name).get_data(as_text=True)


def test_the_sums_of_the_door_list_are_those_that_the_officer_saw(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage())
    inside = warning["versions"][0]["area"]["inside"]
    *_, total = rows(headquarters, warning, 1, "doors.csv", DUTY)
    assert total["镇（街道）"] == "合计"
    assert int(total["人数"]) == inside["people"]
    assert int(total["户数"]) == inside["households"]


@pytest.mark.parametrize("name", PRODUCTS)
def test_no_product_names_a_restricted_place_to_who_may_not_know_of_it(headquarters: Headquarters, name: str) -> None:
    warning = headquarters.issued(headquarters.outage())
    assert HIDDEN_NAME not in headquarters.product(warning, 1, name, Role.OBSERVER).get_data(as_text=True)


def test_deliveries_to_restricted_places_are_not_even_counted_for_others(headquarters: Headquarters) -> None:
    def told(who: str) -> int:
        groups = headquarters.deliveries(warning, who)["groups"]
        return sum(group["total"] for group in groups if group["audience"] == "facilities")

    whole = {"parts": [{"kind": "townships", "codes": [OWN]}]}
    warning = headquarters.issued(headquarters.outage(), area=whole, channels=["phone"])
    assert told(DUTY) == told(Role.OBSERVER) + 1


def test_the_telephone_list_has_townships_and_units_of_the_plan(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage())
    listed = rows(headquarters, warning, 1, "phone.csv", DUTY)
    names = {row["名称"] for row in listed}
    assert "县应急管理局" in names
    assert any(name.startswith("西镇") for name in names)
    assert not any(name.startswith("东镇") for name in names)  # the other county's


def test_a_lifting_is_told_a_day_long_though_the_warning_would_have_ended_before(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    before = feed_titles(headquarters)
    warning = headquarters.issued(incident, expires_at=after(60 * 6))
    assert len(feed_titles(headquarters)) == len(before) + 1
    headquarters.house.now = START + timedelta(hours=5)
    headquarters.taken(warning, "lifted", DIRECTOR, reason="抢修完成，已经恢复供热")
    for hours in (5, 7, 28):  # it would have ended after six
        headquarters.house.now = START + timedelta(hours=hours)
        assert [title for title in feed_titles(headquarters) if "解除" in title]
        page = html.document_fromstring(public(headquarters, "/warnings"))
        (section,) = page.xpath("//section[@aria-labelledby='lifted']")
        assert "抢修完成，已经恢复供热" in section.text_content()
    headquarters.house.now = START + timedelta(hours=29, minutes=1)
    assert not [title for title in feed_titles(headquarters) if "解除" in title]


def test_a_drill_is_on_no_public_page(headquarters: Headquarters) -> None:
    before = public(headquarters, "/warnings").count("<article")
    titles = feed_titles(headquarters)
    headquarters.issued(headquarters.outage(drill=True, name="冬季演练"))
    assert public(headquarters, "/warnings").count("<article") == before
    assert feed_titles(headquarters) == titles
