"""An import as programs and the page are told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from layers.importing.issues import Issue
from webmap.accounts.viewer import Viewer
from webmap.api.log.view_document import CHINA
from webmap.imports.mappings import KeptMapping
from webmap.imports.records import Import
from webmap.imports.states import ALLOWED, STATE_TITLES, STEP_TITLES, Action
from webmap.incidents.moments import as_entered, read_written
from webmap.languages import Language


@dataclass(frozen=True)
class Telling:
    """To whom an import is told, in which language, and how things stand beside its row.

    `fresh` says whether the data is as it was when the file was checked, `kept` whether the file is still there.
    """

    viewer: Viewer
    language: Language
    data_version: str
    fresh: bool
    kept: bool


def listed_document(item: Import, telling: Telling) -> dict[str, Any]:
    """Return an import as a list tells of it."""
    language = telling.language
    return {
        "id": item.id,
        "state": item.state,
        "state_title": getattr(STATE_TITLES[item.state], language),
        "file": {
            "name": item.file_name,
            "bytes": item.file_bytes,
            "sha256": item.file_sha256,
            "kept": telling.kept,
            "format": None if item.source is None else item.source["source"]["format"],
        },
        "layer": item.layer,
        "table": item.source_table,
        "created_at": _entered(item.created_at),
        "updated_at": _entered(item.updated_at),
        "author": item.author_name,
        "mine": telling.viewer.person is not None and telling.viewer.person.id == item.created_by,
        "progress": None if item.progress is None else _progress(item.progress, language),
        "cancel_wanted": item.cancel_wanted,
        "failure": None if item.failure is None else _failure(item.failure, language),
        "note": item.note,
        "base_version": item.base_version,
        "data_version": telling.data_version,
        "committed_version": item.committed_version,
        "fresh": telling.fresh,
        "may": _may(item, kept=telling.kept),
    }


def whole_document(item: Import, telling: Telling) -> dict[str, Any]:
    """Return an import with what is in its file, what was guessed, by which plan it was checked, and the report."""
    language = telling.language
    found = item.source or {}
    return {
        **listed_document(item, telling),
        "source": in_language(found.get("source"), language),
        "guess": in_language(found.get("guess"), language),
        "plan": item.plan if item.report is not None or item.state in {"checking", "failed", "cancelled"} else None,
        "report": in_language(item.report, language),
    }


def mapping_document(kept: KeptMapping) -> dict[str, Any]:
    """Return a mapping kept by name."""
    return {
        "name": kept.name,
        "layer": kept.layer,
        "plan": kept.plan,
        "author": kept.author_name,
        "updated_at": _entered(kept.updated_at),
    }


def in_language(document: Any, language: Language) -> Any:
    """Return a stored document in one language: issues as `Issue.document`, and of `{zh, en}` the one asked for."""
    if isinstance(document, Mapping):
        if document.keys() == {"zh", "en"}:
            return document[language]
        if {"code", "severity", "title", "places"} <= document.keys():
            return Issue.from_record(document).document(language)
        return {name: in_language(value, language) for name, value in document.items()}
    if isinstance(document, list):
        return [in_language(value, language) for value in document]
    return document


def _may(item: Import, *, kept: bool) -> list[str]:
    """What may be done with an import as it stands."""
    actions: tuple[Action, ...] = ("inspect", "check", "commit", "cancel", "discard")
    found: list[str] = [action for action in actions if item.state in ALLOWED[action]]
    if not kept:
        found = [action for action in found if action not in {"inspect", "check", "commit"}]
    if item.report is not None and (item.report["blocked"] or not item.report["accepted"]):
        found = [action for action in found if action != "commit"]
    if item.cancel_wanted:
        found = [action for action in found if action != "cancel"]
    has_stage = kept and item.report is not None and item.state in {"checked", "committing", "committed"}
    return [*found, *(["preview", "rejected"] if has_stage else [])]


def _progress(progress: Mapping[str, Any], language: Language) -> dict[str, Any]:
    title = STEP_TITLES.get(progress["step"])
    return {**progress, "title": progress["step"] if title is None else getattr(title, language)}


def _failure(failure: Mapping[str, Any], language: Language) -> dict[str, Any]:
    return {"code": failure["code"], **failure[language]}


def _entered(moment: str) -> str:
    return as_entered(read_written(moment).astimezone(CHINA))
