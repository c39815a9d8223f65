"""What field staff send, and what they and duty officers are answered, held to the published schemas."""

from __future__ import annotations

import base64
from typing import Any

from werkzeug.test import TestResponse

from tests.web.log.house import PLAN, House, after
from tests.web.published import hold_to
from webmap.accounts.roles import Role

REPORTS = "/api/field-reports"
#: Before the hospital of the small district.
HOSPITAL = [112.822, 35.5001]


def told(**fields: Any) -> dict[str, Any]:
    """A report of a gas leak at the hospital."""
    usual = {"plan": PLAN, "what": "gas_leak", "happened_at": after(30), "position": HOSPITAL, "accuracy_m": 12.0}
    return {**usual, **fields}


def photo(content: bytes) -> str:
    return base64.b64encode(content).decode()


def send(house: House, who: str = Role.FIELD, **fields: Any) -> TestResponse:
    return house.ask(who, "POST", REPORTS, json=told(**fields))


def sent(house: House, who: str = Role.FIELD, **fields: Any) -> Any:
    """Send a report that is taken; returns its document."""
    answer = send(house, who, **fields)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    return held(answer.get_json())


def shown(house: House, report: str, who: str = Role.DUTY_OFFICER) -> Any:
    return held(house.get(f"{REPORTS}/{report}", who))


def listed(house: House, query: str = "?state=waiting", who: str = Role.DUTY_OFFICER) -> Any:
    document = house.get(f"{REPORTS}{query}", who)
    hold_to("field_reports", document)
    return document["reports"]


def confirm(house: House, report: str, who: str = Role.DUTY_OFFICER, **body: Any) -> TestResponse:
    return house.ask(who, "POST", f"{REPORTS}/{report}/confirm", json=body)


def decline(house: House, report: str, reason: str, who: str = Role.DUTY_OFFICER) -> TestResponse:
    return house.ask(who, "POST", f"{REPORTS}/{report}/decline", json={"reason": reason})


def held(document: Any) -> Any:
    """Return a report's document once it is found to have the published shape."""
    hold_to("field_report", document)
    return document
