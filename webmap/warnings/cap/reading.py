"""Reads a CAP message into typed data. What it says has been checked first: a message with an error is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

import shapely
from lxml import etree

from webmap.warnings.cap.checking import check_root
from webmap.warnings.cap.findings import Finding, text_of
from webmap.warnings.cap.message import Alert, AlertArea, Info, Pairs, Reference, Resource
from webmap.warnings.cap.vocabulary import CAP_NAMESPACE
from webmap.warnings.cap.xml import parse_xml

_WORD = re.compile(r'"([^"]*)"|(\S+)')


class UnreadableAlert(ValueError):
    """A message breaks the standard; `findings` say where."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("; ".join(f"{item.path}: {item.code}" for item in findings))


def read_alert(content: bytes) -> Alert:
    """Return the message in a document. Raises `UnsafeXml`, and `UnreadableAlert` for an error; warnings pass."""
    return read_root(parse_xml(content))


def read_root(root: etree._Element) -> Alert:
    """Return the message of a parsed document. Raises `UnreadableAlert`."""
    errors = tuple(item for item in check_root(root) if item.severity == "error")
    if errors:
        raise UnreadableAlert(errors)
    return Alert(
        identifier=_needed(root, "identifier"),
        sender=_needed(root, "sender"),
        sent=datetime.fromisoformat(_needed(root, "sent")),
        status=_needed(root, "status"),
        message_type=_needed(root, "msgType"),
        scope=_needed(root, "scope"),
        source=_text(root, "source"),
        restriction=_text(root, "restriction"),
        addresses=tuple(words_in(_text(root, "addresses") or "")),
        codes=tuple(_texts(root, "code")),
        note=_text(root, "note"),
        references=tuple(_reference(word) for word in (_text(root, "references") or "").split()),
        incidents=tuple(words_in(_text(root, "incidents") or "")),
        infos=tuple(_info(node) for node in _children(root, "info")),
    )


def words_in(text: str) -> Iterator[str]:
    """Yield the words of a list apart by blanks, those in quotation marks whole."""
    return (match[1] if match[1] is not None else match[2] for match in _WORD.finditer(text))


def polygon_of(text: str) -> shapely.Polygon:
    """Return the polygon that a checked text `lat,lon lat,lon ...` describes, in longitude, latitude."""
    pairs = [[float(number) for number in pair.split(",")] for pair in text.split()]
    return shapely.Polygon([(longitude, latitude) for latitude, longitude in pairs])


def _reference(word: str) -> Reference:
    sender, identifier, sent = word.split(",")
    return Reference(sender, identifier, datetime.fromisoformat(sent))


def _info(node: etree._Element) -> Info:
    return Info(
        language=_text(node, "language"),
        categories=tuple(_texts(node, "category")),
        event=_needed(node, "event"),
        responses=tuple(_texts(node, "responseType")),
        urgency=_needed(node, "urgency"),
        severity=_needed(node, "severity"),
        certainty=_needed(node, "certainty"),
        audience=_text(node, "audience"),
        event_codes=_pairs(node, "eventCode"),
        effective=_time(node, "effective"),
        onset=_time(node, "onset"),
        expires=_time(node, "expires"),
        sender_name=_text(node, "senderName"),
        headline=_text(node, "headline"),
        description=_text(node, "description"),
        instruction=_text(node, "instruction"),
        web=_text(node, "web"),
        contact=_text(node, "contact"),
        parameters=_pairs(node, "parameter"),
        resources=tuple(_resource(child) for child in _children(node, "resource")),
        areas=tuple(_area(child) for child in _children(node, "area")),
    )


def _resource(node: etree._Element) -> Resource:
    size = _text(node, "size")
    return Resource(
        description=_needed(node, "resourceDesc"),
        mime_type=_needed(node, "mimeType"),
        size=None if size is None else int(size),
        uri=_text(node, "uri"),
        content=_text(node, "derefUri"),
        digest=_text(node, "digest"),
    )


def _area(node: etree._Element) -> AlertArea:
    circles = []
    for text in _texts(node, "circle"):
        centre, radius_km = text.split()
        latitude, longitude = map(float, centre.split(","))
        circles.append((longitude, latitude, float(radius_km)))
    return AlertArea(
        description=_needed(node, "areaDesc"),
        polygons=tuple(polygon_of(text) for text in _texts(node, "polygon")),
        circles=tuple(circles),
        geocodes=_pairs(node, "geocode"),
        altitude=_text(node, "altitude"),
        ceiling=_text(node, "ceiling"),
    )


def _children(node: etree._Element, name: str) -> list[etree._Element]:
    return node.findall(f"{{{CAP_NAMESPACE}}}{name}")


def _texts(node: etree._Element, name: str) -> Iterator[str]:
    return (text_of(child) for child in _children(node, name))


def _text(node: etree._Element, name: str) -> str | None:
    return next(_texts(node, name), None)


def _needed(node: etree._Element, name: str) -> str:
    return next(_texts(node, name))


def _time(node: etree._Element, name: str) -> datetime | None:
    text = _text(node, name)
    return None if text is None else datetime.fromisoformat(text)


def _pairs(node: etree._Element, name: str) -> Pairs:
    return tuple((_needed(child, "valueName"), _needed(child, "value")) for child in _children(node, name))
