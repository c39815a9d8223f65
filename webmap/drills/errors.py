"""Why a drill does not begin or go on, as nouns."""

from __future__ import annotations

from collections.abc import Mapping

from layers.schema import Title
from priority.errors import InvalidDocument
from webmap.languages import Language


class DrillError(Exception):
    """Base of all errors that scripted drills raise on purpose. Nothing was changed."""


class InvalidScript(DrillError):
    """A script file breaks the rules of scripts; the message names file, line and place."""


class UnknownScript(DrillError):
    """No script has that key."""


class UnknownDrill(DrillError):
    """No script plays in that incident."""


class ScriptUnfit(InvalidDocument):
    """A script cannot be played on this district's data by this plan; `problems` names every place of it."""


#: Rule -> what is not done, and what to do instead.
_WORDS: Mapping[str, tuple[Title, Title]] = {
    "over": (
        Title("这个脚本已经演完或已停止", "This script has come to its end or was stopped"),
        Title("要再演，请另开一次演练", "Begin another drill to play it again"),
    ),
    "not_playing": (
        Title("脚本没有在播放", "The script does not play"),
        Title("刷新后查看", "Reload to see how it stands"),
    ),
    "plays_already": (
        Title("脚本已经在播放", "The script plays already"),
        Title("刷新后查看", "Reload to see how it stands"),
    ),
}
RULES = tuple(_WORDS)


class DrillRefused(DrillError):
    """As the drill stands this cannot be done; `rule` says why."""

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Say what was not done, and why."""
        return _in(_WORDS[self.rule][0], language)

    def remedy(self, language: Language) -> str:
        """Say what can be done instead."""
        return _in(_WORDS[self.rule][1], language)


def _in(title: Title, language: Language) -> str:
    return title.zh if language == "zh" else title.en
