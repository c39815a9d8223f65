"""What the schema of CAP 1.2 asks: which elements stand where, how often, with what in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from lxml import etree

from webmap.warnings.cap.findings import XML_BLANKS, Finding, at, elements_of, in_cap, local_name, text_of
from webmap.warnings.cap.vocabulary import GROUPS, LANGUAGE, SIGNATURE_NAMESPACE, TIME, Element

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[-+]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


def check_structure(group: etree._Element) -> Iterator[Finding]:
    """Yield what is wrong with the children of a group (alert, info, area ...) and of the groups inside it."""
    name = local_name(group)
    yield from _attributes(group)
    if any(text and text.strip(XML_BLANKS) for text in (group.text, *(child.tail for child in group))):
        yield at(group, "text_stray", group=name)
    expected = {item.name: (place, item) for place, item in enumerate(GROUPS[name])}
    seen: dict[str, int] = {}
    furthest = 0
    for child in elements_of(group):
        if not in_cap(child) and name == "alert" and etree.QName(child).namespace == SIGNATURE_NAMESPACE:
            furthest = len(expected)  # a signature ends the message
            continue
        if not in_cap(child) or local_name(child) not in expected:
            yield at(child, "element_unknown", name=local_name(child), group=name)
            continue
        place, item = expected[local_name(child)]
        seen[item.name] = seen.get(item.name, 0) + 1
        if place < furthest:
            yield at(child, "element_order", name=item.name, before=_after(expected, furthest))
        furthest = max(furthest, place)
        if seen[item.name] == 2 and not item.many:
            yield at(child, "element_repeated", name=item.name, group=name)
        yield from check_structure(child) if item.kind == "group" else _check_value(child, item)
    for item in GROUPS[name]:
        if item.required and item.name not in seen:
            yield at(group, "element_missing", name=item.name, group=name)


def _after(expected: Mapping[str, tuple[int, Element]], furthest: int) -> str:
    return next((name for name, (place, _) in expected.items() if place == furthest), "Signature")


def _attributes(node: etree._Element) -> Iterator[Finding]:
    """Yield attributes: CAP has none."""
    for name in node.attrib:
        if not str(name).startswith(_INSTANCE):
            yield at(node, "attribute_unknown", name=str(name), group=local_name(node))


def _check_value(node: etree._Element, item: Element) -> Iterator[Finding]:
    yield from _attributes(node)
    stray = next(iter(elements_of(node)), None)
    if stray is not None:
        yield at(stray, "element_unknown", name=local_name(stray), group=item.name)
        return
    text = text_of(node)
    if not text.strip():
        yield at(node, "value_empty", name=item.name)
        return
    if item.kind == "choice" and str(node.xpath("string()")) not in item.values:
        yield at(node, "value_unknown", name=item.name, value=text, allowed=", ".join(item.values))
    check = _CHECKS.get(item.kind)
    code = check(text) if check else None
    if code:
        yield at(node, code, name=item.name, value=text)


def _time(text: str) -> str | None:
    if not TIME.fullmatch(text):
        bare = re.fullmatch(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z)?", text)
        return ("time_z" if text.endswith("Z") else "time_offset") if bare else "time_form"
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return "time_form"
    return None


def _unless(pattern: re.Pattern[str], code: str) -> Callable[[str], str | None]:
    return lambda text: None if pattern.fullmatch(text) else code


_CHECKS: Mapping[str, Callable[[str], str | None]] = {
    "time": _time,
    "integer": _unless(_INTEGER, "number_form"),
    "decimal": _unless(_DECIMAL, "number_form"),
    "language": _unless(LANGUAGE, "language_form"),
    "uri": _unless(_URI, "uri_form"),
}
