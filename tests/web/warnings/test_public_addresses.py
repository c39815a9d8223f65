"""Addresses that are handed out: those of the settings, whatever host a request names."""

from __future__ import annotations

import re
from pathlib import Path

from flask import request

from tests.web.warnings.headquarters import Headquarters, build_headquarters
from webmap.addresses import full_address

OURS = "https://map.example.gov.cn"


def links(headquarters: Headquarters) -> tuple[list[str], str]:
    answer = headquarters.house.ask("", "GET", "/feeds/warnings.atom", base_url="http://evil.example/")
    assert answer.status_code == 200
    return re.findall('href="([^"]*)"', answer.get_data(as_text=True)), answer.headers.get("Vary", "")


def test_the_feed_s_links_have_the_address_of_the_settings(tmp_path: Path) -> None:
    headquarters = build_headquarters(tmp_path, WEBMAP_PUBLIC_WARNINGS="on", WEBMAP_PUBLIC_URL=OURS)
    warning = headquarters.issued(headquarters.outage(), level="general")
    found, vary = links(headquarters)
    assert f"{OURS}/feeds/warnings/{warning['in_force']['identifier']}.xml" in found
    assert f"{OURS}/feeds/warnings.atom" in found
    assert all(link.startswith(f"{OURS}/") for link in found)
    assert "Host" not in vary
    # Invitations and password links are made by the same function.
    access = headquarters.house.app.extensions["webmap"].warnings.settings.access
    with headquarters.house.app.test_request_context(base_url="http://evil.example/"):
        assert full_address(request, access, "signing_in.welcome", token="t-1").startswith(f"{OURS}/")  # noqa: S106


def test_without_one_they_follow_the_request_and_caches_are_told_so(tmp_path: Path) -> None:
    found, vary = links(build_headquarters(tmp_path, WEBMAP_PUBLIC_WARNINGS="on"))
    assert all(link.startswith("http://evil.example/") for link in found)
    assert "Host" in vary
