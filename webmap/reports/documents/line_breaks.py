"""Where a title that is longer than its line is broken: where its words end, never before its last sign or two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate, combinations
from unicodedata import east_asian_width

#: After these signs, and before those, a reader pauses.
_AFTER, _BEFORE = "”》）、，的和与", "“《（的"
#: The end of a name is the pause to take, unless another makes the lines so much more alike (in signs).
_NAME_ENDS, _MORE_ALIKE = "”》", 8
_BESIDE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])")
_DAY = re.compile(r"\d日$")


def signs_wide(text: str) -> float:
    """Return how wide a text is, in Chinese signs; figures and Latin letters are half as wide.

    Both programs that set it put a quarter between a Chinese sign and a figure or letter.
    """
    widths = [1 if east_asian_width(sign) in "WFA" else 0.5 for sign in text]
    return sum(widths) + len(_BESIDE.findall(text)) / 4


def broken(title: str, most: float) -> tuple[str, ...]:
    """Return a title as lines of at most so many Chinese signs, of much the same width and broken where words end.

    The whole title as one line where it fits. A title of one long word is broken anywhere outside figures and Latin.
    """
    if signs_wide(title) <= most:
        return (title,)
    for parts in (_at_pauses(title, most), _anywhere(title, most)):
        if parts is not None:
            return parts
    return (title,)


def _at_pauses(title: str, most: float) -> tuple[str, ...] | None:
    """Two lines, else three, with the pauses between them that make them most alike; None where no pauses do."""
    places = [
        place
        for place in range(1, len(title))
        if (title[place - 1] in _AFTER or title[place] in _BEFORE or _DAY.search(title[:place]))
        and title[place] not in "”》），、。"
    ]
    two = _best(title, places, most)
    if two is not None or signs_wide(title) > 3 * most:
        return two
    threes = [(title[:one], title[one:other], title[other:]) for one, other in combinations(places, 2)]
    fitting = [lines for lines in threes if max(map(signs_wide, lines)) <= most]
    return min(fitting, key=lambda lines: max(map(signs_wide, lines)) - min(map(signs_wide, lines)), default=None)


def _anywhere(title: str, most: float) -> tuple[str, ...] | None:
    places = [place for place in range(2, len(title) - 1) if not _inside_a_word(title, place)]
    found = _best(title, places, most)
    return found if found is not None else tuple(_filled(title, most))


def _inside_a_word(title: str, place: int) -> bool:
    before, after = title[place - 1], title[place]
    return (before.isascii() and after.isascii()) or after in "”》），、。" or before in "“《（"


def _best(title: str, places: list[int], most: float) -> tuple[str, str] | None:
    pairs = [(title[:place].rstrip(), title[place:].lstrip()) for place in places]
    fitting = [pair for pair in pairs if max(map(signs_wide, pair)) <= most]
    return min(fitting, key=_unlike, default=None)


def _unlike(pair: tuple[str, str]) -> float:
    before, after = pair
    difference = abs(signs_wide(before) - signs_wide(after))
    return difference if before[-1] in _NAME_ENDS else difference + _MORE_ALIKE


def _filled(title: str, most: float) -> Iterator[str]:
    """Lines as full as they get of the least number that holds the title, each about as wide as the others."""
    count = int(-(-signs_wide(title) // most))
    share = signs_wide(title) / count
    ends = list(accumulate(signs_wide(sign) for sign in title))
    start = 0
    for line in range(1, count + 1):
        stop = len(title) if line == count else sum(end <= share * line for end in ends)
        yield title[start:stop]
        start = stop
