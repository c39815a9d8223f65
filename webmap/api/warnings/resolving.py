"""What the server makes of a version's content: ground, who is inside, the level that the rules suggest."""

from __future__ import annotations

from dataclasses import replace

from priority.validation import problem
from priority.warnings import suggest
from priority.wording import Phrases
from webmap.api.warnings.scenes import Scene
from webmap.api.warnings.suggestions import facts_of, figures_of
from webmap.incidents.errors import InvalidEntry
from webmap.warnings.areas import multipolygon, resolve
from webmap.warnings.channels import CHANNELS, unknown_channels
from webmap.warnings.content import Content, Resolved


def resolved_of(content: Content, scene: Scene, phrases: Phrases) -> Resolved:
    """Return what a content comes to in an incident's present, without any restricted place.

    Raises `InvalidEntry`, naming every wrong field below `content`.
    """
    unknown = unknown_channels(content.channels)
    if unknown:
        place = content.channels.index(unknown[0])
        known = {"known": phrases.join(list(CHANNELS))}
        raise InvalidEntry([problem(phrases, f"content.channels[{place}]", "channel_unknown", known)])
    area = resolve(content.area, scene.ground, phrases, "content.area")
    inside = scene.ground.exposure.inside(area.shape)
    facts = facts_of(scene, area, inside, content.starts_at, content.expires_at, Phrases("zh"))
    try:
        figures = figures_of(scene, content.told, phrases)
    except InvalidEntry as error:
        found = [replace(item, field=f"content.{item.field}") for item in error.problems]
        raise InvalidEntry(found) from error
    return Resolved(
        shape=multipolygon(area.shape),
        excluded=multipolygon(area.excluded),
        inside=inside.model_dump(mode="json"),
        townships=tuple(row.code for row in inside.townships),
        known=scene.known,
        data_version=scene.snapshot.data_version,
        suggested=suggest(scene.plan, figures, facts, phrases).level,
        synthetic=scene.synthetic,
        polygons=len(scene.ground.sending(area).pieces),
        horizon_hours=scene.ground.horizon_hours,
    )
