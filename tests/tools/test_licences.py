"""Licences of the Python packages that the product is delivered with."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
_COPYLEFT = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)


def locked() -> list[str]:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"^([A-Za-z0-9._-]+)==", text, re.MULTILINE)))


def licences(name: str) -> list[str]:
    """What a distribution says of its licence: expression, first line of the older field, classifiers."""
    told = distribution(name).metadata
    older = (told.get("License") or "").strip().splitlines()[:1]
    classifiers = [entry for entry in told.get_all("Classifier", []) if entry.startswith("License")]
    return [text for text in (told.get("License-Expression") or "", *older, *classifiers) if text]


def forbidden(texts: list[str]) -> list[str]:
    return [text for text in texts if _COPYLEFT.search(text)]


@pytest.mark.parametrize("name", locked())
def test_no_package_is_under_the_gpl_or_the_agpl(name: str) -> None:
    try:
        told = licences(name)
    except PackageNotFoundError:
        pytest.fail(f"{name} is locked and not installed")
    assert told, "its licence is unknown"
    assert forbidden(told) == []


@pytest.mark.parametrize(
    "text",
    [
        "GPL-3.0-or-later",
        "AGPL-3.0-only",
        "MIT AND GPL-2.0-only",
        "GPLv3",
        "License :: OSI Approved :: GNU General Public License v3 (GPLv3)",
        "License :: OSI Approved :: GNU Affero General Public License v3",
    ],
)
def test_the_gpl_is_recognised(text: str) -> None:
    assert forbidden([text])


@pytest.mark.parametrize(
    "text",
    ["LGPL-3.0-only", "License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", "MPL-2.0", "MIT"],
)
def test_weaker_licences_are_not_taken_for_it(text: str) -> None:
    assert forbidden([text]) == []


def test_packages_whose_licences_oblige_us_are_told() -> None:
    weak = {name for name in locked() if any(re.search(r"LGPL|MPL", text) for text in licences(name))}
    assert {"psycopg", "certifi"} <= weak
    assert {name for name in weak if f"`{name}`" not in OPERATIONS} == set()
