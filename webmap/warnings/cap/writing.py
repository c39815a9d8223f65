"""Writes a CAP message, and refuses to write one in which the checker finds an error."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import numpy as np
import shapely
from lxml import etree

from webmap.warnings.cap.checking import check_root
from webmap.warnings.cap.findings import Finding
from webmap.warnings.cap.message import Alert, AlertArea, Info, Pairs, Reference, Resource
from webmap.warnings.cap.vocabulary import CAP_NAMESPACE

_DECIMALS = 9


class UnsendableAlert(ValueError):
    """A message breaks the standard; `findings` say where and what to do."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__("; ".join(f"{item.path}: {item.code}" for item in findings))


def write_alert(alert: Alert) -> bytes:
    """Return a message as UTF-8 XML without blanks between elements, which a signature would cover.

    Raises `UnsendableAlert` for what the standard forbids, `ValueError` for a time without offset or a polygon with a
    hole.
    """
    root = alert_element(alert)
    errors = tuple(item for item in check_root(root) if item.severity == "error")
    if errors:
        raise UnsendableAlert(errors)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def alert_element(alert: Alert) -> etree._Element:
    """Return a message as an element, unchecked."""
    root = etree.fromstring(f'<alert xmlns="{CAP_NAMESPACE}"/>')
    _add(root, "identifier", alert.identifier)
    _add(root, "sender", alert.sender)
    _add(root, "sent", time_text(alert.sent))
    _add(root, "status", alert.status)
    _add(root, "msgType", alert.message_type)
    _add(root, "source", alert.source)
    _add(root, "scope", alert.scope)
    _add(root, "restriction", alert.restriction)
    _add(root, "addresses", _listed(alert.addresses))
    _add_all(root, "code", alert.codes)
    _add(root, "note", alert.note)
    _add(root, "references", " ".join(map(reference_text, alert.references)) or None)
    _add(root, "incidents", _listed(alert.incidents))
    for info in alert.infos:
        _add_info(root, info)
    return root


def time_text(moment: datetime) -> str:
    """Write a moment as CAP does: to the second, with a numeric offset, UTC as -00:00."""
    if moment.tzinfo is None:
        raise ValueError("a CAP time needs an offset")
    text = moment.isoformat(timespec="seconds")
    return text[:-6] + "-00:00" if moment.utcoffset() == timedelta(0) else text


def reference_text(reference: Reference) -> str:
    """Write a reference: sender,identifier,sent."""
    return f"{reference.sender},{reference.identifier},{time_text(reference.sent)}"


def polygon_text(polygon: shapely.Polygon) -> str:
    """Write a polygon without holes as `lat,lon lat,lon ...`, closed, with as many decimals as it has, at most nine."""
    if polygon.is_empty or polygon.interiors:
        raise ValueError("a CAP polygon is one ring: cut the holes first")
    points = shapely.get_coordinates(polygon)
    return " ".join(f"{number_text(latitude)},{number_text(longitude)}" for longitude, latitude in points)


def number_text(value: float) -> str:
    """Write a coordinate without exponent."""
    return np.format_float_positional(value, precision=_DECIMALS, trim="-")


def _add_info(root: etree._Element, info: Info) -> None:
    node = etree.SubElement(root, f"{{{CAP_NAMESPACE}}}info")
    _add(node, "language", info.language)
    _add_all(node, "category", info.categories)
    _add(node, "event", info.event)
    _add_all(node, "responseType", info.responses)
    _add(node, "urgency", info.urgency)
    _add(node, "severity", info.severity)
    _add(node, "certainty", info.certainty)
    _add(node, "audience", info.audience)
    _add_pairs(node, "eventCode", info.event_codes)
    for name, moment in (("effective", info.effective), ("onset", info.onset), ("expires", info.expires)):
        _add(node, name, None if moment is None else time_text(moment))
    _add(node, "senderName", info.sender_name)
    _add(node, "headline", info.headline)
    _add(node, "description", info.description)
    _add(node, "instruction", info.instruction)
    _add(node, "web", info.web)
    _add(node, "contact", info.contact)
    _add_pairs(node, "parameter", info.parameters)
    for resource in info.resources:
        _add_resource(node, resource)
    for area in info.areas:
        _add_area(node, area)


def _add_resource(info: etree._Element, resource: Resource) -> None:
    node = etree.SubElement(info, f"{{{CAP_NAMESPACE}}}resource")
    _add(node, "resourceDesc", resource.description)
    _add(node, "mimeType", resource.mime_type)
    _add(node, "size", None if resource.size is None else str(resource.size))
    _add(node, "uri", resource.uri)
    _add(node, "derefUri", resource.content)
    _add(node, "digest", resource.digest)


def _add_area(info: etree._Element, area: AlertArea) -> None:
    node = etree.SubElement(info, f"{{{CAP_NAMESPACE}}}area")
    _add(node, "areaDesc", area.description)
    _add_all(node, "polygon", map(polygon_text, area.polygons))
    for longitude, latitude, radius_km in area.circles:
        _add(node, "circle", f"{number_text(latitude)},{number_text(longitude)} {number_text(radius_km)}")
    _add_pairs(node, "geocode", area.geocodes)
    _add(node, "altitude", area.altitude)
    _add(node, "ceiling", area.ceiling)


def _add(parent: etree._Element, name: str, text: str | None) -> None:
    if text is not None:
        etree.SubElement(parent, f"{{{CAP_NAMESPACE}}}{name}").text = text


def _add_all(parent: etree._Element, name: str, texts: Iterable[str]) -> None:
    for text in texts:
        _add(parent, name, text)


def _add_pairs(parent: etree._Element, name: str, pairs: Pairs) -> None:
    for key, value in pairs:
        node = etree.SubElement(parent, f"{{{CAP_NAMESPACE}}}{name}")
        _add(node, "valueName", key)
        _add(node, "value", value)


def _listed(words: Iterable[str]) -> str | None:
    """Write a list of words apart by blanks; one that holds blanks stands in quotation marks."""
    return " ".join(f'"{word}"' if any(map(str.isspace, word)) else word for word in words) or None
