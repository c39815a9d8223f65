"""XML from strangers: parsed within bounds, without document types, entities, files or network."""

from __future__ import annotations

from lxml import etree

#: The largest message: 250 polygons of 250 points are under one megabyte.
MAX_BYTES = 4 * 1024 * 1024


class UnsafeXml(ValueError):
    """The text is no XML that we take; `code` names the reason in the phrase book, `line` where it was found (or 0)."""

    def __init__(self, code: str, line: int = 0, detail: str = "") -> None:
        self.code = code
        self.line = line
        self.detail = detail
        super().__init__(f"{code}: {detail}" if detail else code)


def parse_xml(content: bytes) -> etree._Element:
    """Return the root of a document. Raises `UnsafeXml` for one that is too large, is broken or has a document type."""
    if len(content) > MAX_BYTES:
        raise UnsafeXml("too_large", detail=str(MAX_BYTES))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        # A document type is refused before anything else: most attacks on parsers need one.
        code = "doctype" if b"<!DOCTYPE" in content or b"<!ENTITY" in content else "malformed"
        raise UnsafeXml(code, error.lineno or 0, error.msg or "") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml("doctype", 1)
    return root
