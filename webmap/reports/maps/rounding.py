"""Round numbers for class bounds, and their writing by the habits of each language. Exact: what is written is meant."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

from webmap.languages import Language

_WAN = Decimal(10_000)
_YI = Decimal(100_000_000)


def round_between(low: float, high: float | None) -> float:
    """Return the roundest number from `low` on (included) to `high` (left out); None: up to a twentieth above it.

    The roundest is the one with the fewest significant digits. `low` is above 0 and below `high`.
    """
    least = Decimal(repr(low))
    below = Decimal(repr(high)) if high is not None else least * Decimal("1.05")
    for digits in range(1, len(least.as_tuple().digits) + 1):
        step = Decimal(1).scaleb(least.adjusted() - digits + 1)
        rounded = (least / step).to_integral_value(ROUND_CEILING) * step
        if rounded < below:
            return float(rounded)
    return low


def plain_number(value: float, language: Language) -> str:
    """Write a number exactly, as 3,000, 2.5 万, 1.2 亿; in English with grouped digits."""
    number = Decimal(repr(value))
    if language == "zh" and number >= _YI:
        return f"{_digits(number / _YI)} 亿"
    if language == "zh" and number >= _WAN:
        return f"{_digits(number / _WAN)} 万"
    return _digits(number)


def _digits(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
