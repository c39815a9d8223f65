"""What is suggested for a warning: level and why, who approves and issues it, area, wording, channels, recipients."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from priority.network.arrays import NETWORK_KEYS
from priority.plans import Plan
from priority.plans.conditions import Value
from priority.plans.warning_figures import RUNNING_LEVEL, WARNING_FIGURES
from priority.validation import problem
from priority.warnings import Suggestion, WarningArea, suggest
from priority.warnings.content import Facts, content_of
from priority.warnings.exposure import Inside
from priority.warnings.figures import UnknownFigure, warning_figures
from priority.warnings.naming import told_name
from priority.warnings.reach import SERVICE_LIMIT_M, nodes_reached
from priority.warnings.recipients import Recipient
from priority.warnings.results import ContentItem
from priority.warnings.suggestion import authority_of
from priority.wording import Phrases
from webmap.api.warnings.area_document import area_document
from webmap.api.warnings.bodies import SuggestionBody
from webmap.api.warnings.scenes import Scene
from webmap.api.warnings.told import channels_document, recipients_document, recipients_for
from webmap.incidents.errors import InvalidEntry
from webmap.incidents.moments import as_entered
from webmap.incidents.offices import offices_acting_for
from webmap.languages import LANGUAGES, Language
from webmap.settings import Settings
from webmap.warnings.areas import resolve
from webmap.warnings.cap.from_plan import meaning_of
from webmap.warnings.content import AreaSpec, OutagePart
from webmap.warnings.ground import Ground

#: The plans do not say how long a warning holds.
DEFAULT_HOURS = 24


@dataclass(frozen=True, eq=False)
class _Case:
    """A suggestion in the making: what was asked of which incident, and the ground that it comes to."""

    asked: SuggestionBody
    scene: Scene
    spec: AreaSpec
    area: WarningArea
    inside: Inside
    starts_at: datetime
    expires_at: datetime

    @property
    def plan(self) -> Plan:
        return self.scene.plan

    def facts(self, phrases: Phrases) -> Facts:
        """Return what is known of the warning, for the wording in a language."""
        return facts_of(self.scene, self.area, self.inside, self.starts_at, self.expires_at, phrases)


def suggestion_document(
    asked: SuggestionBody, scene: Scene, settings: Settings, language: Language, *, restricted: bool
) -> dict[str, Any]:
    """Return the suggestion for an incident at its present. Raises `InvalidEntry`, naming every wrong field.

    `restricted` says whether the viewer may know of restricted places that the area leaves out.
    """
    phrases = Phrases(language)
    case = _case_of(asked, scene, phrases)
    figures = figures_of(scene, asked.told, phrases)
    found = suggest(scene.plan, figures, case.facts(phrases), phrases)
    level = _level(asked, found, scene.plan, phrases)
    items = {tag: _content(case, level, tag) for tag in LANGUAGES}
    recipients = _recipients(case, level, phrases)
    known = [row for row in recipients if restricted or not row.restricted]
    told = [] if level is None else channels_document(scene.plan, level, settings, known, case.inside, phrases)
    return {
        "incident": scene.opening.incident_id,
        "known": scene.known,
        "at": as_entered(scene.at),
        "suggestion": _suggested(found, scene, phrases),
        "level": level,
        "levels": [
            {"key": row.key, "name": row.in_language(language), "clause": row.clause}
            for row in scene.plan.warnings.levels
        ],
        "authority": None if level is None else authority_document(scene.plan, level, phrases),
        "content": _content_document(case, level, items, told),
        "basis": {item.name: item.basis for item in items[language]},
        "items": _items(case, level, phrases),
        "area": area_document(case.spec, case.area, scene.ground, phrases, restricted=restricted),
        "channels": told,
        "recipients": recipients_document(recipients, phrases, restricted=restricted),
        "cap": None if level is None else _cap(scene.plan, level, phrases),
        "figures": list(_figures(figures, scene, asked.told, phrases)),
        "assumptions": _assumptions(case, phrases),
        "synthetic": scene.synthetic,
    }


def _recipients(case: _Case, level: str | None, phrases: Phrases) -> tuple[Recipient, ...]:
    if level is None:
        return ()
    scene, targeted = case.scene, case.asked.targeted
    return recipients_for(scene.plan, level, case.area, scene.ground, scene.snapshot, phrases, targeted=targeted)


def facts_of(
    scene: Scene, area: WarningArea, inside: Inside, starts_at: datetime, expires_at: datetime, phrases: Phrases
) -> Facts:
    """Return what is known of a warning for an area, for its wording in a language."""
    return Facts(
        starts_at=starts_at,
        ends_at=expires_at,
        townships=tuple(told_name(row.name, row.share, phrases) for row in inside.townships),
        networks=networks_lost(scene.ground),
        inside=None if area.is_empty else inside,
        synthetic=scene.synthetic,
    )


def figures_of(scene: Scene, told: Mapping[str, Value | None], phrases: Phrases) -> dict[str, Value | None]:
    """Return the figures that levels are weighed by; without a picture those that are told alone are known."""
    try:
        if scene.ground.picture is not None:
            return warning_figures(scene.ground.picture, scene.running_level, told)
    except UnknownFigure as error:
        known = phrases.join([key for key in WARNING_FIGURES if key != RUNNING_LEVEL])
        raise InvalidEntry([problem(phrases, f"told.{error.key}", "told_unknown", {"known": known})]) from None
    unknown: dict[str, Value | None] = {item.key: None for item in scene.plan.figures}
    return {**unknown, **dict.fromkeys(WARNING_FIGURES), **told, RUNNING_LEVEL: scene.running_level}


def networks_lost(ground: Ground) -> tuple[str, ...]:
    """Return the networks that lose supply within the horizon, those that the plan's warnings are about first.

    Where none does, those of the plan: an outage of power that stops the heating is warned of as both.
    """
    about = ground.plan.warnings.networks
    ordered = (*about, *(key for key in NETWORK_KEYS if key not in about))
    if ground.picture is None:
        return about
    lost = nodes_reached(ground.picture, until_horizon=True)
    codes = set(np.unique(ground.system.arrays.network[lost]).tolist())
    return tuple(key for key in ordered if NETWORK_KEYS.index(key) in codes) or about


def authority_document(plan: Plan, level: str, phrases: Phrases) -> dict[str, Any]:
    """Return who approves and issues a warning of a level by the plan, and through which offices."""
    authority = authority_of(plan, level, phrases)
    issuers = tuple(dict.fromkeys((*offices_acting_for(authority.issued_by), *authority.approved_by)))
    return {
        **authority.model_dump(mode="json"),
        "issuers": list(issuers),
        "approvers": list(authority.approved_by),
        "alone": not authority.approved_by,
    }


def _case_of(asked: SuggestionBody, scene: Scene, phrases: Phrases) -> _Case:
    starts_at = asked.starts_at or scene.at
    expires_at = asked.expires_at or starts_at + timedelta(hours=DEFAULT_HOURS)
    if expires_at <= starts_at:
        raise InvalidEntry([problem(phrases, "expires_at", "expires_before_start", {})])
    follows = (OutagePart(),) if scene.ground.picture is not None else ()
    spec = AreaSpec(parts=follows) if asked.area is None else asked.area
    area = resolve(spec, scene.ground, phrases)
    return _Case(asked, scene, spec, area, scene.ground.exposure.inside(area.shape), starts_at, expires_at)


def _level(asked: SuggestionBody, found: Suggestion, plan: Plan, phrases: Phrases) -> str | None:
    if asked.level is None:
        return found.level
    known = [row.key for row in plan.warnings.levels]
    if asked.level not in known:
        raise InvalidEntry([problem(phrases, "level", "level_unknown", {"known": phrases.join(known)})])
    return asked.level


def _suggested(found: Suggestion, scene: Scene, phrases: Phrases) -> dict[str, Any]:
    document: dict[str, Any] = found.model_dump(mode="json", exclude={"authority", "content"})
    if scene.ground.picture is not None:
        return {**document, "assessed": True}
    why = phrases.write("warning_area.not_suggested", reason=phrases.write("warning_area.data_changed"))
    return {**document, "assessed": False, "why": why}


def _content(case: _Case, level: str | None, language: Language) -> tuple[ContentItem, ...]:
    return () if level is None else content_of(case.plan, level, case.facts(Phrases(language)), Phrases(language))


def _content_document(
    case: _Case, level: str | None, items: Mapping[Language, tuple[ContentItem, ...]], told: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the content as it can be sent back; without a level its `level` is "", which a person has to choose."""
    return {
        "level": level or "",
        "networks": list(networks_lost(case.scene.ground)),
        "starts_at": as_entered(case.starts_at),
        "expires_at": as_entered(case.expires_at),
        "area": case.spec.model_dump(mode="json"),
        "texts": {tag: {item.name: item.text for item in rows if item.text} for tag, rows in items.items()},
        "channels": [row["key"] for row in told if row["suggested"] and row["available"]],
        "contact": None,
        "targeted": case.asked.targeted,
        "told": dict(case.asked.told),
        "reason": None,
    }


def _items(case: _Case, level: str | None, phrases: Phrases) -> list[dict[str, str]]:
    """Return the required content by name; the clause is the level's, or the chapter's while there is none."""
    lowest = case.plan.warnings.levels[0].key
    rows = content_of(case.plan, level or lowest, case.facts(phrases), phrases)
    clause = None if level else case.plan.warnings.clause
    return [{"name": row.name, "title": row.title, "clause": clause or row.clause} for row in rows]


def _cap(plan: Plan, level: str, phrases: Phrases) -> dict[str, str]:
    meaning = meaning_of(plan, level)
    return {
        "urgency": meaning.urgency,
        "severity": meaning.severity,
        "certainty": meaning.certainty,
        "note": phrases.write("warning_suggestion.cap_note"),
    }


def _figures(
    figures: Mapping[str, Value | None], scene: Scene, told: Mapping[str, Value | None], phrases: Phrases
) -> Iterator[dict[str, Any]]:
    """Yield the figures of the warning rules: what they are and where they are from; an unknown one has no value."""
    for key, figure in WARNING_FIGURES.items():
        value = figures.get(key)
        source = "unknown"
        if value is not None:
            source = "log" if key == RUNNING_LEVEL else "told" if told.get(key) is not None else "reckoned"
        yield {
            "key": key,
            "title": figure.title.in_language(phrases.language),
            "kind": figure.kind,
            "value": value,
            "source": source,
            "can_be_told": key != RUNNING_LEVEL,
        }


def _assumptions(case: _Case, phrases: Phrases) -> list[dict[str, Any]]:
    def row(code: str, **told: object) -> dict[str, Any]:
        return {"code": code, "text": phrases.write(f"warning_suggestion.{code}", **told), "clause": None}

    rows = []
    if any(part.kind in ("outage", "element") for part in case.spec.parts):
        rows.append(row("reach", limit=f"{SERVICE_LIMIT_M:g}"))
    if not case.area.is_empty:
        rows.append(row("people"))
    if case.asked.expires_at is None:
        rows.append(row("expiry", hours=DEFAULT_HOURS))
    if case.scene.synthetic:
        rows.append(row("synthetic"))
    return rows
