"""What all parts of a plan are made of."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["zh", "en"]
NetworkKey = Literal["electricity", "gas", "heat", "water"]

#: A clause number as the plan writes it: 4.2.1, 4.2.1(6), 4.3.1(1)②, 附录 8.3.
Clause = Annotated[str, Field(pattern=r"^(附录 ?)?\d+(\.\d+)*(\(\d+\))?[①-⑳]?$")]
#: A passage of the plan, in its own Chinese words.
Quotation = Annotated[str, Field(min_length=1)]


class PlanPart(BaseModel):
    """Base of every part: unknown keys are errors, so a misspelt one is found when the file is loaded."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Wording(PlanPart):
    """A text of ours in both languages of the product. Quotations of the plan stand apart, as `text`."""

    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def in_language(self, language: Language) -> str:
        """Return the text in that language."""
        return self.zh if language == "zh" else self.en
