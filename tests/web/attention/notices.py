"""Asking what needs somebody; every answer is held to the published schema."""

from __future__ import annotations

from typing import Any

from tests.web.published import hold_to
from tests.web.warnings.headquarters import Headquarters


def notices(headquarters: Headquarters, who: str, lang: str = "zh") -> list[dict[str, Any]]:
    document = headquarters.house.get(f"/api/attention?lang={lang}", who)
    hold_to("attention", document)
    items: list[dict[str, Any]] = document["items"]
    return items


def kinds(headquarters: Headquarters, who: str) -> list[str]:
    return [item["kind"] for item in notices(headquarters, who)]


def one(headquarters: Headquarters, who: str, kind: str) -> dict[str, Any]:
    """Return the one notice of a kind."""
    (found,) = [item for item in notices(headquarters, who) if item["kind"] == kind]
    return found
