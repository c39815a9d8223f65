"""XML of unknown origin, element by element. A DOCTYPE is refused before a parser sees it: no entities, no bombs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree

from layers.importing.source.refusals import refusal

#: A declaration can stand before the root element alone, so the head of a file is enough; a longer head is none.
_HEAD_BYTES = 2**20
#: What the parser allows a text to have.
_LONGEST_TEXT = 10_000_000
_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ROOT = re.compile(rb"<[A-Za-z_]")


def check_xml(path: Path) -> None:
    """Raise `UnusableFile` if the XML declares a DOCTYPE or entities, or hides it in an encoding of wide signs."""
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    # UTF-16 and UTF-32 put NULs between the letters; no encoding of XML that is used here does anything else.
    plain = head.replace(b"\0", b"")
    root = _ROOT.search(plain)
    if _DECLARED.search(plain, 0, root.start() if root else len(plain)) or root is None:
        raise refusal("xml_entities" if root or b"<!" in plain else "unknown_format")


def elements(
    path: Path, tags: tuple[str, ...], forgotten: tuple[str, ...], events: tuple[str, ...] = ("end",)
) -> Iterator[tuple[str, Any]]:
    """Yield (event, element) for elements of these local names, in any namespace.

    Of the names in `forgotten` an element that ended is emptied when the next one is asked for.

    Raises `UnusableFile` for XML that is not well-formed or nested absurdly deep.
    """
    check_xml(path)
    with path.open("rb") as file:
        yield from _events(file, tags, forgotten, events)


def _events(
    file: IO[bytes], tags: tuple[str, ...], forgotten: tuple[str, ...], events: tuple[str, ...]
) -> Iterator[tuple[str, Any]]:
    parser = etree.iterparse(
        file,
        events=events,
        tag=[f"{{*}}{tag}" for tag in tags],
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in parser:
            yield event, element
            if event == "end" and local_name(element) in forgotten:
                _forget(element)
    except etree.XMLSyntaxError as error:
        if "huge" in str(error).lower():
            raise refusal("too_long_text", row=error.lineno or 1, limit=_LONGEST_TEXT) from None
        raise refusal("broken_xml", detail=str(error)[:200]) from None


def _forget(element: Any) -> None:
    """Free an element and what stands before it, so that memory is bounded."""
    element.clear(keep_tail=True)
    while element.getprevious() is not None:
        parent = element.getparent()
        if parent is None:
            return
        del parent[0]


def local_name(element: Any) -> str:
    """Return the name of an element without its namespace; "" for what is no element."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""
