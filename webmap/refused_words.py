"""Refusals that are told by a rule's words: what was not done and why, and what can be done instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from layers.schema import Title
from webmap.languages import Language


class ByRule(Exception):
    """What stands does not allow it; `rule` says what. A room gives its words, and fills their places.

    `words` has, for each rule, what was not done and what to do instead.
    """

    words: ClassVar[Mapping[str, tuple[Title, Title]]]

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(self.message("en"))

    def message(self, language: Language) -> str:
        """Say what was not done, and why."""
        return self._written(self.words[self.rule][0], language)

    def remedy(self, language: Language) -> str:
        """Say what can be done instead."""
        return self._written(self.words[self.rule][1], language)

    def places(self, language: Language) -> Mapping[str, object]:
        """Return what the words tell beside the rule."""
        raise NotImplementedError

    def _written(self, title: Title, language: Language) -> str:
        return (title.zh if language == "zh" else title.en).format(**self.places(language))


class ByRuleAndNames(ByRule):
    """A refusal that names records in the way, and how many of something may be."""

    def __init__(self, rule: str, names: tuple[str, ...] = (), most: int = 0) -> None:
        self.names = names
        self._most = most
        super().__init__(rule)

    def places(self, language: Language) -> Mapping[str, object]:
        """Return the names as a list in words, and the most that may be."""
        return {"names": ("、" if language == "zh" else ", ").join(self.names), "most": self._most}
