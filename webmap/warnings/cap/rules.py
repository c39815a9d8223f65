"""What the standard's text asks and a schema cannot see: references, scope, times, languages, files, signatures."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from webmap.warnings.cap.findings import Finding, at, child, children, elements_of, text_of
from webmap.warnings.cap.vocabulary import FORBIDDEN_IN_IDENTIFIERS, SIGNATURE_NAMESPACE, TIME

_NEEDS_REFERENCES = frozenset({"Update", "Cancel", "Ack", "Error"})


def check_rules(alert: etree._Element) -> Iterator[Finding]:
    """Yield what breaks the standard's text in a message as a whole."""
    yield from _identity(alert)
    yield from _scope(alert)
    yield from _references(alert)
    yield from _note(alert)
    yield from _infos(alert)
    signatures = [node for node in elements_of(alert) if etree.QName(node).namespace == SIGNATURE_NAMESPACE]
    yield from (at(node, "signature_repeated") for node in signatures[1:])


def _identity(alert: etree._Element) -> Iterator[Finding]:
    for name in ("identifier", "sender"):
        node = child(alert, name)
        found = FORBIDDEN_IN_IDENTIFIERS.search(text_of(node))
        if node is not None and found:
            yield at(node, "identifier_characters", name=name, character=found[0])


def _scope(alert: etree._Element) -> Iterator[Finding]:
    scope = child(alert, "scope")
    if scope is None:
        return
    for value, name in (("Restricted", "restriction"), ("Private", "addresses")):
        node = child(alert, name)
        if text_of(scope) == value and node is None:
            yield at(scope, "scope_needs", scope=value, name=name)
    restriction = child(alert, "restriction")
    if restriction is not None and text_of(scope) != "Restricted":
        yield at(restriction, "restriction_unused", "warning", scope=text_of(scope))


def _references(alert: etree._Element) -> Iterator[Finding]:
    node, kind = child(alert, "references"), child(alert, "msgType")
    if kind is not None and node is None and text_of(kind) in _NEEDS_REFERENCES:
        yield at(kind, "references_missing", kind=text_of(kind))
    if node is None:
        return
    if text_of(kind) == "Alert":
        yield at(node, "references_unexpected", "warning")
    own = (text_of(child(alert, "sender")), text_of(child(alert, "identifier")))
    seen: set[str] = set()
    for word in text_of(node).split():
        parts = word.split(",")
        if len(parts) != 3 or not all(parts) or _moment(parts[2]) is None:
            yield at(node, "reference_form", value=word)
            continue
        if word in seen:
            yield at(node, "reference_repeated", "warning", value=word)
        seen.add(word)
        sent, referred = _moment(text_of(child(alert, "sent"))), _moment(parts[2])
        if (parts[0], parts[1]) == own:
            yield at(node, "reference_itself", value=word)
        elif sent is not None and referred is not None and referred > sent:
            yield at(node, "reference_later", value=word)


def _note(alert: etree._Element) -> Iterator[Finding]:
    for name, value, code in (("status", "Exercise", "exercise_note"), ("msgType", "Error", "error_note")):
        node = child(alert, name)
        if node is not None and text_of(node) == value and child(alert, "note") is None:
            yield at(node, code, "warning")


def _infos(alert: etree._Element) -> Iterator[Finding]:
    infos = children(alert, "info")
    kind = text_of(child(alert, "msgType"))
    if not infos and kind in ("Alert", "Update"):
        yield at(alert, "info_missing", kind=kind)
    seen: dict[tuple[str, str, str], etree._Element] = {}
    for info in infos:
        where = " ".join(text_of(area) for area in children(info, "area"))
        key = (text_of(child(info, "language")).lower() or "en-us", text_of(child(info, "event")), where)
        if key in seen:
            yield at(info, "language_repeated", language=key[0])
        seen[key] = info
        yield from _times(alert, info)
        yield from _area_missing(info, kind)
        for resource in children(info, "resource"):
            yield from _resource(resource)


def _times(alert: etree._Element, info: etree._Element) -> Iterator[Finding]:
    sent = _moment(text_of(child(alert, "sent")))
    node = child(info, "expires")
    if node is None:
        yield at(info, "expires_missing", "warning")
        return
    expires = _moment(text_of(node))
    if expires is None:
        return
    if sent is not None and expires <= sent:
        yield at(node, "expires_before_sent")
    for name in ("effective", "onset"):
        start = child(info, name)
        moment = _moment(text_of(start))
        if start is not None and moment is not None and moment >= expires:
            yield at(start, "starts_after_expiry", name=name)


def _area_missing(info: etree._Element, kind: str) -> Iterator[Finding]:
    if kind in ("Alert", "Update") and not children(info, "area"):
        yield at(info, "area_missing", "warning")


def _resource(resource: etree._Element) -> Iterator[Finding]:
    content = child(resource, "derefUri")
    if content is None:
        if child(resource, "uri") is None:
            yield at(resource, "resource_without_address", "warning")
        return
    try:
        data = b64decode("".join(text_of(content).split()), validate=True)
    except (Base64Error, ValueError):
        yield at(content, "base64_form")
        return
    size, digest = child(resource, "size"), child(resource, "digest")
    if size is not None and text_of(size).lstrip("+0") != (str(len(data)) if data else ""):
        yield at(size, "size_differs", told=text_of(size), found=len(data))
    if digest is not None and text_of(digest).lower() != hashlib.sha1(data).hexdigest():  # noqa: S324  CAP asks for it
        yield at(digest, "digest_differs")


def _moment(text: str) -> datetime | None:
    if not TIME.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
