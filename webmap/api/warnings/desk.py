"""The desk where warnings are drafted and taken through their steps: asks rights, picture and area before it writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from priority.wording import Phrases
from webmap.accounts.log_rights import require_right
from webmap.accounts.roles import Action
from webmap.accounts.viewer import Viewer
from webmap.api.warnings.area_document import area_document
from webmap.api.warnings.bodies import AreaBody, SuggestionBody
from webmap.api.warnings.scenes import Scene, Scenes
from webmap.api.warnings.suggestions import suggestion_document
from webmap.incidents.kept import KeptLogs
from webmap.incidents.moments import now_utc
from webmap.languages import Language
from webmap.settings import Settings
from webmap.warnings.areas import resolve


@dataclass(frozen=True)
class WarningDesk:
    """Serves a viewer in a language."""

    settings: Settings
    logs: KeptLogs
    scenes: Scenes
    viewer: Viewer
    language: Language
    clock: Callable[[], datetime] = now_utc

    @property
    def phrases(self) -> Phrases:
        """The words of the viewer's language."""
        return Phrases(self.language)

    def scene(self, incident_id: str) -> Scene:
        """Return an incident's present for who drafts its warnings.

        Raises `UnknownIncident`, `MissingRight`, `TooBusy` and what unusable data raise.
        """
        look = self.logs.look(incident_id)
        plan = look.log.opening.plan
        require_right(self.viewer, Action.SEE_LOG, plan)
        require_right(self.viewer, Action.DRAFT_WARNING, plan)
        return self.scenes.of(look, self.clock())

    def suggestion(self, asked: SuggestionBody) -> dict[str, Any]:
        """Return what is suggested for a warning."""
        scene = self.scene(asked.incident)
        restricted = self.viewer.sees_restricted
        return suggestion_document(asked, scene, self.settings, self.language, restricted=restricted)

    def area(self, asked: AreaBody) -> dict[str, Any]:
        """Return the ground that parts make."""
        ground = self.scene(asked.incident).ground
        area = resolve(asked.area, ground, self.phrases)
        return area_document(asked.area, area, ground, self.phrases, restricted=self.viewer.sees_restricted)
