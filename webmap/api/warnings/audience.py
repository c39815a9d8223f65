"""Whom a version goes to, and which homes it concerns, from the data and the incident as they are now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from priority.warnings.doors import TownshipDoors, doors_of
from priority.warnings.recipients import Recipient
from priority.wording import Phrases
from webmap.api.warnings.scenes import Scene, Scenes
from webmap.api.warnings.told import recipients_for
from webmap.incidents.kept import KeptLogs
from webmap.languages import Language
from webmap.warnings.areas import area_of
from webmap.warnings.state import Version


@dataclass(frozen=True)
class Audience:
    """Finds out who is to be told. Raises what `Scenes.of` raises: nothing is issued before it is known to whom."""

    logs: KeptLogs
    scenes: Scenes
    clock: Callable[[], datetime]

    def recipients(self, incident_id: str, version: Version, language: Language = "zh") -> tuple[Recipient, ...]:
        """Return everybody who is told of a version, restricted places too."""
        scene = self._scene(incident_id)
        area = area_of(version.resolved.shape, version.resolved.excluded)
        said, phrases = version.content, Phrases(language)
        return recipients_for(
            scene.plan, said.level, area, scene.ground, scene.snapshot, phrases, targeted=said.targeted
        )

    def doors(self, incident_id: str, version: Version) -> tuple[TownshipDoors, ...]:
        """Return the homes and open places of a version's area by township."""
        area = area_of(version.resolved.shape, version.resolved.excluded)
        return doors_of(self._scene(incident_id).ground.exposure, area.shape)

    def _scene(self, incident_id: str) -> Scene:
        return self.scenes.of(self.logs.look(incident_id), self.clock())
