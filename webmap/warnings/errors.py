"""Why a step of a warning is not taken, as nouns. `Refused`, `ClientKeyReused` and others are the log's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from priority.warnings.content import missing_content
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


def missing_items(plan: Plan, content: Content, language: Language) -> tuple[str, ...]:
    """Return a sentence for each item of the required content that stands in no Chinese text; none for nothing.

    The Chinese text is what goes out; English is not asked for. Raises `KeyError` for a level that the plan lacks.
    """
    return missing_content(plan, content.level, content.texts.zh, Phrases(language))
