"""Figures as people of the two languages write them."""

from __future__ import annotations

from priority.wording import Phrases
from webmap.languages import Language


def count(value: float) -> str:
    """Return a figure in groups of three, below a hundred with one decimal at the most."""
    return f"{value:,.1f}".removesuffix(".0") if value < 100 else f"{round(value):,}"


def hours_said(hours: float, language: Language) -> str:
    """Return a duration of hours in words (3 小时 40 分)."""
    return Phrases(language).duration(round(hours * 3600))
