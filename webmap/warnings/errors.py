"""Why a step of a warning is not taken, as nouns. `Refused`, `ClientKeyReused` and others are the log's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from priority.errors import Problem
from priority.warnings.agreement import Contradiction, contradictions
from priority.warnings.content import CONTENT_PARTS, missing_content
from priority.wording import Phrases
from webmap.incidents.errors import LogError, Refused
from webmap.languages import Language

if TYPE_CHECKING:
    from priority.plans import Plan
    from webmap.warnings.content import Content
    from webmap.warnings.steps import Step


class UnknownWarning(LogError):
    """No warning has that id."""


class UnreadableStep(LogError):
    """A stored step has no form that this version knows: a newer one wrote it, or it was tampered with."""

    def __init__(self, warning_id: str, number: int) -> None:
        self.number = number
        super().__init__(f"warning {warning_id}, step {number}")


class StepConflict(LogError):
    """Others took steps meanwhile: `steps` are those after the number that the client thought to be the last.

    None where the client expected more steps than there are; `length` is the number of the last one.
    """

    def __init__(self, expected: int, length: int, steps: Sequence[Step]) -> None:
        self.expected = expected
        self.length = length
        self.steps = tuple(steps)
        super().__init__(f"step {length} is the last, not {expected}")


class Incomplete(Refused):
    """A version lacks what the plan wants a warning to say; the message names every missing item with its clause."""

    def __init__(self, plan: Plan, content: Content) -> None:
        self._plan = plan
        self._content = content
        super().__init__("warning_incomplete")

    def missing(self, language: Language) -> tuple[str, ...]:
        """Return a sentence for each missing item, naming item and clause."""
        return missing_items(self._plan, self._content, language)

    def message(self, language: Language) -> str:
        """Say everything that is missing."""
        return Phrases(language).write("refusal.warning_incomplete", items="".join(self.missing(language)))


class Contradicted(Refused):
    """Texts of a version say something else than its level, times or issuer; `problems` names each with its remedy."""

    def __init__(self, clause: str, found: Sequence[Contradiction]) -> None:
        self._found = tuple(found)
        super().__init__("warning_text_contradicts", clause)

    def problems(self, language: Language) -> list[Problem]:
        """Return a problem for each text, by the field of the content."""
        phrases = Phrases(language)
        return [
            Problem(f"texts.{item.language}.{item.name}", self._said(item, phrases), self._remedy(item, phrases))
            for item in self._found
        ]

    def message(self, language: Language) -> str:
        """Say which items say what they should not."""
        phrases = Phrases(language)
        said = phrases.write(
            "refusal.warning_text_contradicts", items="".join(self._said(item, phrases) for item in self._found)
        )
        return phrases.write("refusal.by_clause", said=said, clause=self.clause)

    def remedy(self, language: Language) -> str:
        """Say how each should read."""
        return "".join(self._remedy(item, Phrases(language)) for item in self._found)

    def _said(self, item: Contradiction, phrases: Phrases) -> str:
        key = f"warning.contradicts_{item.part}" + ("_en" if item.language == "en" else "")
        return phrases.write(key, name=item.name, should=item.should)

    def _remedy(self, item: Contradiction, phrases: Phrases) -> str:
        return phrases.write("warning.contradicts_remedy", name=item.name, should=item.should)


def contradicting(plan: Plan, content: Content) -> tuple[Contradiction, ...]:
    """Return what among the texts contradicts level, times and issuer. Raises `KeyError` for a level unknown."""
    texts = {"zh": content.texts.zh, "en": content.texts.en}
    return contradictions(plan, content.level, content.starts_at, content.expires_at, texts)


def places_of(content: Content) -> str:
    """Return what the Chinese text says of the place; "" for nothing."""
    return next(
        (
            content.texts.zh[item]
            for item, part in CONTENT_PARTS.items()
            if part == "place" and content.texts.zh.get(item)
        ),
        "",
    )


def missing_items(plan: Plan, content: Content, language: Language) -> tuple[str, ...]:
    """Return a sentence for each item of the required content that stands in no Chinese text; none for nothing.

    The Chinese text is what goes out; English is not asked for. Raises `KeyError` for a level that the plan lacks.
    """
    return missing_content(plan, content.level, content.texts.zh, Phrases(language))
