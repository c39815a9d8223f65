"""Where nobody was named to call, nothing that goes out speaks of a telephone; where somebody was, everything does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from priority.plans import load_plan
from tests.web.warnings.bulletins import CONTACT, street_bulletin
from tests.web.warnings.headquarters import DIRECTOR, Headquarters
from tests.web.warnings.messages import SENT
from webmap.warnings.products import broadcast_script, notice_html, sms_text
from webmap.warnings.public_page import render_public_page
from webmap.warnings.standing import Message

MUTE = street_bulletin(contact=None)


def page(bulletin: Any, language: Any) -> str:
    return render_public_page([Message(bulletin, "/x.xml")], language, now=SENT + timedelta(hours=1))


PRODUCTS: dict[str, Callable[[Any], str]] = {
    "sms": lambda bulletin: sms_text(bulletin).text,
    "english sms": lambda bulletin: sms_text(bulletin, "en").text,
    "notice": notice_html,
    "script": lambda bulletin: broadcast_script(bulletin).text,
    "page": lambda bulletin: page(bulletin, "zh"),
    "english page": lambda bulletin: page(bulletin, "en"),
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_nothing_is_said_of_a_telephone_that_nobody_gave(name: str) -> None:
    mute, spoken = PRODUCTS[name](MUTE), PRODUCTS[name](street_bulletin())
    for word in ("不详", "咨询电话", "联系电话", "unknown", "elephone", "nquiries", "None"):
        assert word not in mute, word
    assert len(spoken) > len(mute)


@pytest.mark.parametrize("name", [name for name in PRODUCTS if name != "script"])
def test_a_telephone_that_was_given_stands_in_it(name: str) -> None:
    assert CONTACT in PRODUCTS[name](street_bulletin())


def test_the_plans_do_not_ask_for_one() -> None:
    for key in ("energy-chengqu", "heating-zezhou"):
        assert not [item for item in load_plan(key).warnings.required_content if "电话" in item or "联系" in item]


def test_the_message_of_an_issued_warning_has_no_contact(headquarters: Headquarters) -> None:
    warning = headquarters.issued(headquarters.outage(), contact=None)
    xml = headquarters.product(warning, 1, "cap.xml", DIRECTOR).get_data(as_text=True)
    assert "<contact>" not in xml
    spoken = headquarters.issued(headquarters.outage(), contact=CONTACT)
    assert f"<contact>{CONTACT}</contact>" in headquarters.product(spoken, 1, "cap.xml", DIRECTOR).get_data(
        as_text=True
    )
