"""What the checker finds, and where: line, path of the element, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from lxml import etree

from webmap.languages import Language
from webmap.warnings.cap.vocabulary import CAP_NAMESPACE

#: What XML takes for blank; the wide blank of Chinese type is none.
XML_BLANKS = " \t\r\n"

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Finding:
    """One fault. An error breaks the standard or misleads receivers; a warning is allowed and unwise.

    `line` counts from 1, 0 where there is no place; `path` is like `/alert/info[2]/area[1]/polygon[1]`. `values` fill
    the places of message and remedy, `cap.{code}` and `cap.{code}.remedy` of the phrase book.
    """

    code: str
    line: int
    path: str
    severity: Severity = "error"
    values: Mapping[str, Any] = field(default_factory=dict)

    def message(self, language: Language) -> str:
        """Say what is wrong."""
        return self._written("", language)

    def remedy(self, language: Language) -> str:
        """Say what to do."""
        return self._written(".remedy", language)

    def document(self) -> dict[str, Any]:
        """Return the finding for a program, in both languages."""
        texts = {
            f"{name}_{language}": getattr(self, name)(language)
            for name in ("message", "remedy")
            for language in ("zh", "en")
        }
        return {"code": self.code, "severity": self.severity, "line": self.line, "path": self.path, **texts}

    def _written(self, ending: str, language: Language) -> str:
        from priority.wording import Phrases  # noqa: PLC0415  only who shows a finding needs the sentences

        return Phrases(language).write(f"cap.{self.code}{ending}", **self.values)


def at(node: etree._Element, code: str, severity: Severity = "error", **values: Any) -> Finding:
    """Return a finding at an element."""
    return Finding(code, getattr(node, "sourceline", None) or 0, path_of(node), severity, values)


def local_name(node: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return etree.QName(node).localname


def in_cap(node: etree._Element) -> bool:
    """Whether an element belongs to CAP 1.2."""
    return etree.QName(node).namespace == CAP_NAMESPACE


def elements_of(node: etree._Element) -> list[etree._Element]:
    """Return the child elements, without comments and instructions."""
    return [child for child in node if isinstance(child.tag, str)]


def children(node: etree._Element, name: str) -> list[etree._Element]:
    """Return the CAP children of that name."""
    return node.findall(f"{{{CAP_NAMESPACE}}}{name}")


def child(node: etree._Element, name: str) -> etree._Element | None:
    """Return the first CAP child of that name."""
    return node.find(f"{{{CAP_NAMESPACE}}}{name}")


def text_of(node: etree._Element | None) -> str:
    """Return an element's text without comments and outer blanks; empty for no element."""
    return "" if node is None else str(node.xpath("string()")).strip(XML_BLANKS)


def path_of(node: etree._Element) -> str:
    """Return where an element stands, numbered among its like where it has any."""
    parts: list[str] = []
    here: etree._Element | None = node
    while here is not None:
        parent = here.getparent()
        like = [] if parent is None else [item for item in elements_of(parent) if item.tag == here.tag]
        parts.append(f"{local_name(here)}[{like.index(here) + 1}]" if len(like) > 1 else local_name(here))
        here = parent
    return "/" + "/".join(reversed(parts))
