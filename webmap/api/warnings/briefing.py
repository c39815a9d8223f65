"""What whoever issues or lifts a warning should see first: where it goes, what holds there, who is still out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from layers.errors import LayerError
from priority.errors import UnknownPlan
from priority.wording import Phrases
from webmap.api.warnings.desk import WarningDesk
from webmap.api.warnings.scenes import Scene
from webmap.api.warnings.still_out import still_out_document
from webmap.api.warnings.told import recipients_document, recipients_for
from webmap.languages import Language
from webmap.settings import Settings
from webmap.warnings.areas import area_of
from webmap.warnings.channels.table import is_available
from webmap.warnings.delivery_rows import expected_deliveries
from webmap.warnings.issuing import type_of_issue
from webmap.warnings.state import Version, WarningState
from webmap.warnings.told_before import Going


def briefing_document(desk: WarningDesk, warning_id: str) -> dict[str, Any]:
    """Return what is to be seen before a warning is issued or lifted, as things are now.

    `issuing` is null without a version in preparation, `lifting` with nothing in force. Raises `UnknownWarning`,
    `MissingRight` and `TooBusy`; to issue also what unusable data raise, since nobody knows then whom it goes to.
    """
    state = desk.known(warning_id)
    lifting = None if state.in_force is None else still_out_document(_scene(desk, state), desk.phrases)
    issuing = None if state.pending is None else _issuing(desk, state, state.versions[state.pending.version])
    return {"warning": state.id, "length": state.length, "issuing": issuing, "lifting": lifting}


def _scene(desk: WarningDesk, state: WarningState) -> Scene | None:
    """Return the incident's present; None where its data or its plan are gone: lifting is possible all the same."""
    try:
        return desk.scene(state.incident_id)
    except (LayerError, UnknownPlan):
        return None


def _issuing(desk: WarningDesk, state: WarningState, version: Version) -> dict[str, Any]:
    scene, phrases, restricted = desk.scene(state.incident_id), desk.phrases, desk.viewer.sees_restricted
    said, area = version.content, area_of(version.resolved.shape, version.resolved.excluded)
    told = recipients_for(scene.plan, said.level, area, scene.ground, scene.snapshot, phrases, targeted=said.targeted)
    shown = desk.telling(state.plan).areas.document(version, scene.snapshot, phrases)
    known = [row for row in told if restricted or not row.restricted]
    names = desk.telling(state.plan).names(version.resolved.townships)
    townships = tuple((code, _zh(name)) for code, name in zip(version.resolved.townships, names, strict=True))
    earlier = desk.rooms.register.messages(state.id) if state.issues else ()
    going = Going(type_of_issue(earlier, scene.at), townships)
    before = desk.rooms.deliveries.told_before(state.id) if state.issues else ()
    settings = desk.rooms.settings
    return {
        "version": version.number,
        "channels": [
            {
                "key": row.channel.key,
                "title": phrases.title(row.channel.title),
                "kind": row.channel.kind,
                "recipients": row.reached,
                "without_address": row.missing,
                "for_all": row.channel.reach == "once",
                "why_not": _why_not(row.channel.key, settings, phrases),
            }
            for row in expected_deliveries(going, said, known, settings, before)
        ],
        "recipients": recipients_document(told, phrases, restricted=restricted),
        "already_warned": desk.already_warned(shown, scene.opening, state.id),
    }


def _zh(name: str) -> Mapping[Language, str]:
    return {"zh": name}


def _why_not(channel: str, settings: Settings, phrases: Phrases) -> str | None:
    return None if is_available(channel, settings) else phrases.write("warning_briefing.channel_unset")
