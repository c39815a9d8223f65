"""The elements of CAP 1.2 in their order, how often each may stand, and the values it may have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

CAP_NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
SIGNATURE_NAMESPACE = "http://www.w3.org/2000/09/xmldsig#"

Kind = Literal["text", "time", "choice", "integer", "decimal", "uri", "language", "group"]

#: The standard writes times with seconds and a numeric offset; UTC is -00:00, never Z.
TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[-+]\d{2}:\d{2}", re.ASCII)
#: 3.2.1: no spaces, commas, < or & in an identifier or a sender.
FORBIDDEN_IN_IDENTIFIERS = re.compile(r"[\s,<&]")
LANGUAGE = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")

STATUSES = ("Actual", "Exercise", "System", "Test", "Draft")
MESSAGE_TYPES = ("Alert", "Update", "Cancel", "Ack", "Error")
SCOPES = ("Public", "Restricted", "Private")
CATEGORIES = (
    *("Geo", "Met", "Safety", "Security", "Rescue", "Fire"),
    *("Health", "Env", "Transport", "Infra", "CBRNE", "Other"),
)
RESPONSES = (*("Shelter", "Evacuate", "Prepare", "Execute", "Avoid"), *("Monitor", "Assess", "AllClear", "None"))
URGENCIES = ("Immediate", "Expected", "Future", "Past", "Unknown")
SEVERITIES = ("Extreme", "Severe", "Moderate", "Minor", "Unknown")
CERTAINTIES = ("Observed", "Likely", "Possible", "Unlikely", "Unknown")


@dataclass(frozen=True)
class Element:
    """A child element: its name, whether it must stand, whether it may stand more than once, what it holds."""

    name: str
    kind: Kind = "text"
    required: bool = False
    many: bool = False
    values: tuple[str, ...] = ()


def _must(name: str, kind: Kind = "text") -> Element:
    return Element(name, kind, required=True)


def _many(name: str, kind: Kind = "text") -> Element:
    return Element(name, kind, many=True)


def _choice(name: str, values: tuple[str, ...]) -> Element:
    return Element(name, "choice", required=True, values=values)


_PAIR = (_must("valueName"), _must("value"))

#: Children of every group, in the order in which they must stand.
GROUPS: Mapping[str, tuple[Element, ...]] = {
    "alert": (
        _must("identifier"),
        _must("sender"),
        _must("sent", "time"),
        _choice("status", STATUSES),
        _choice("msgType", MESSAGE_TYPES),
        Element("source"),
        _choice("scope", SCOPES),
        Element("restriction"),
        Element("addresses"),
        _many("code"),
        Element("note"),
        Element("references"),
        Element("incidents"),
        _many("info", "group"),
    ),
    "info": (
        Element("language", "language"),
        Element("category", "choice", required=True, many=True, values=CATEGORIES),
        _must("event"),
        Element("responseType", "choice", many=True, values=RESPONSES),
        _choice("urgency", URGENCIES),
        _choice("severity", SEVERITIES),
        _choice("certainty", CERTAINTIES),
        Element("audience"),
        _many("eventCode", "group"),
        Element("effective", "time"),
        Element("onset", "time"),
        Element("expires", "time"),
        Element("senderName"),
        Element("headline"),
        Element("description"),
        Element("instruction"),
        Element("web", "uri"),
        Element("contact"),
        _many("parameter", "group"),
        _many("resource", "group"),
        _many("area", "group"),
    ),
    "resource": (
        _must("resourceDesc"),
        _must("mimeType"),
        Element("size", "integer"),
        Element("uri", "uri"),
        Element("derefUri"),
        Element("digest"),
    ),
    "area": (
        _must("areaDesc"),
        _many("polygon"),
        _many("circle"),
        _many("geocode", "group"),
        Element("altitude", "decimal"),
        Element("ceiling", "decimal"),
    ),
    "eventCode": _PAIR,
    "parameter": _PAIR,
    "geocode": _PAIR,
}
