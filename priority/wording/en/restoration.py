"""Sentences about crews, repairs and mobile units, in English."""

SENTENCES: dict[str, str] = {
    "problem.choice_unknown": "no such choice",
    "remedy.choice_unknown": "choose one of: {expected}",
    "problem.too_small": "the number is too small",
    "remedy.too_small": "give a larger number",
    "problem.too_large": "the number is too large",
    "remedy.too_large": "give a smaller number",
    "problem.not_whole": "should be a whole number",
    "remedy.not_whole": "give a number without decimals",
    "problem.hours_range": "out of range",
    "remedy.hours_range": "give hours from 0 to {maximum}",
    "problem.position_type": "a position is two numbers",
    "remedy.position_type": "write [longitude, latitude], as in [112.85, 35.49]",
    "problem.position_range": "the position is no longitude and latitude",
    "remedy.position_range": "longitude first, then latitude, in degrees",
}
