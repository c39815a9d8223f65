"""Checks any CAP 1.2 message: its XML, its structure, and what a schema cannot see."""

from __future__ import annotations

from lxml import etree

from webmap.warnings.cap.findings import Finding, at, in_cap, local_name
from webmap.warnings.cap.places import JINCHENG, PlausibleBox, check_places
from webmap.warnings.cap.rules import check_rules
from webmap.warnings.cap.structure import check_structure
from webmap.warnings.cap.xml import UnsafeXml, parse_xml


def check_message(content: bytes, box: PlausibleBox | None = JINCHENG) -> tuple[Finding, ...]:
    """Return everything that is wrong with a message, in the order of its lines; nothing for a sound one.

    `box` is where its places are to be expected, None for anywhere.
    """
    try:
        root = parse_xml(content)
    except UnsafeXml as error:
        return (Finding(f"xml_{error.code}", error.line, "/", values={"detail": error.detail}),)
    return check_root(root, box)


def check_root(root: etree._Element, box: PlausibleBox | None = JINCHENG) -> tuple[Finding, ...]:
    """Return everything that is wrong with a parsed message."""
    if local_name(root) != "alert":
        return (at(root, "root_wrong", name=local_name(root)),)
    if not in_cap(root):
        return (at(root, "namespace_wrong", namespace=etree.QName(root).namespace or ""),)
    found = [*check_structure(root), *check_rules(root), *check_places(root, box)]
    return tuple(sorted(found, key=lambda item: item.line))
