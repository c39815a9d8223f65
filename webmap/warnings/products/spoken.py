"""Chinese as it is spoken: numbers, times and units in words, telephone numbers digit by digit."""

from __future__ import annotations

import re
from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_SMALL = ("", "十", "百", "千")
_LARGE = ("", "万", "亿", "万亿")
#: What is written short and said long. Longer ones first, so that kWh is not taken for kW.
_UNITS = {
    "kW·h": "千瓦时",
    "kWh": "千瓦时",
    "MWh": "兆瓦时",
    "m³/h": "立方米每小时",
    "m3/h": "立方米每小时",
    "km/h": "公里每小时",
    "t/d": "吨每天",
    "t/h": "吨每小时",
    "km²": "平方公里",
    "m²": "平方米",
    "m³": "立方米",
    "MPa": "兆帕",
    "kPa": "千帕",
    "kVA": "千伏安",
    "MVA": "兆伏安",
    "kV": "千伏",
    "kW": "千瓦",
    "MW": "兆瓦",
    "GJ": "吉焦",
    "km": "公里",
    "mm": "毫米",
    "cm": "厘米",
    "kg": "公斤",
    "℃": "摄氏度",
    "°C": "摄氏度",
    "V": "伏",
    "m": "米",
    "h": "小时",
    "t": "吨",
}
_ABBREVIATIONS = {"LNG": "液化天然气", "CNG": "压缩天然气", "LPG": "液化石油气", "UPS": "不间断电源"}
_ROMAN = {"Ⅰ": "一", "Ⅱ": "二", "Ⅲ": "三", "Ⅳ": "四", "IV": "四", "III": "三", "II": "二", "I": "一"}
_NUMBER = r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?"
_UNIT = "|".join(re.escape(unit) for unit in _UNITS)
#: Before these words two is 两, not 二.
_MEASURES = "个处所家户名辆座台条位次人万千亿天片栋组倍吨米公小平立"
_WIDE = str.maketrans("０１２３４５６７８９％．", "0123456789%.")


def integer_words(value: int) -> str:
    """Return a whole number from 0 to 10^16 in words: 10500 is 一万零五百. Larger ones digit by digit."""
    if value >= 10**16:
        return digit_words(str(value))
    if value == 0:
        return "零"
    words, pending = "", False
    groups = [value // 10_000**place % 10_000 for place in range(4)]
    for place in range(3, -1, -1):
        group = groups[place]
        if group == 0:
            pending = bool(words)
            continue
        words += "零" if words and (pending or group < 1000) else ""
        words += _group_words(group) + (_LARGE[place] if place < 3 else _LARGE[3])
        pending = False
    return words.removeprefix("一") if words.startswith("一十") else words


def digit_words(digits: str, *, telephone: bool = False) -> str:
    """Return digits one by one; on the telephone one is 幺."""
    words = "".join(_DIGITS[int(digit)] for digit in digits if digit in "0123456789")
    return words.replace("一", "幺") if telephone else words


def number_words(text: str) -> str:
    """Return a number as written (1,200 or 2.3) in words; one with leading zeros digit by digit."""
    whole, _, decimals = text.replace(",", "").partition(".")
    words = digit_words(whole) if len(whole) > 1 and whole.startswith("0") else integer_words(int(whole))
    return f"{words}点{digit_words(decimals)}" if decimals else words


def spoken(text: str) -> str:
    """Return a Chinese text as it is said: no digits are left, units and abbreviations are words, brackets pauses."""
    text = text.translate(_WIDE)
    for pattern, said in _RULES:
        text = pattern.sub(said, text)
    text = re.sub(r"[（(]", "，", re.sub(r"[)）]", "，", text))
    text = re.sub(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])", "", text)
    return re.sub(r"[，、]+(?=[，。；！？])", "", text).strip("，")


def _group_words(group: int) -> str:
    """Return a number from 1 to 9999 in words."""
    words, gap = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit == 0:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + _DIGITS[digit] + _SMALL[place]
        gap = False
    return words


def _date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{digit_words(year)}年{integer_words(int(month))}月{integer_words(int(day))}日"


def _clock(match: re.Match[str]) -> str:
    hour, minute = int(match[1]), int(match[2])
    if minute == 0:
        return f"{integer_words(hour)}点整"
    return f"{integer_words(hour)}点{'零' if minute < 10 else ''}{integer_words(minute)}分"


def _measured(match: re.Match[str]) -> str:
    number, after = match[1], match[2]
    if number == "2" and after[:1] in _MEASURES and not after.startswith("千伏"):
        return f"两{after}"
    return number_words(number) + after


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"([0-9]{4})[-/年]([0-9]{1,2})[-/月]([0-9]{1,2})日?", _date),
        (r"([0-9]{4})年", lambda match: f"{digit_words(match[1])}年"),
        (r"(?<![0-9])([0-9]{1,2})[:：]([0-9]{2})(?:[:：][0-9]{2})?(?![0-9])", _clock),
        (
            r"((?:电话|拨打|致电|热线|拨)[：: ]*)([0-9][0-9-]*)",
            lambda match: match[1] + digit_words(match[2], telephone=True),
        ),
        (r"(?<![0-9.,])0[0-9]{2,3}-[0-9]{7,8}", lambda match: digit_words(match[0], telephone=True)),
        (r"(?<![0-9.,])[0-9]{7,}(?![0-9.])", lambda match: digit_words(match[0], telephone=True)),
        (rf"({_NUMBER})\s*%\s*[-~–至到]\s*({_NUMBER})\s*%", lambda m: f"{_percent(m[1])}到{_percent(m[2])}"),
        (rf"({_NUMBER})\s*%", lambda match: _percent(match[1])),
        (rf"(?<![0-9])[-−]\s*({_NUMBER})\s*(?:℃|°C)", lambda match: f"零下{number_words(match[1])}摄氏度"),
        (rf"({_NUMBER})\s*(?:[-~–])\s*(?={_NUMBER})", lambda match: f"{number_words(match[1])}到"),
        (rf"({_NUMBER})\s*({_UNIT})(?![A-Za-z])", lambda match: number_words(match[1]) + _UNITS[match[2]]),
        (r"(Ⅰ|Ⅱ|Ⅲ|Ⅳ|IV|III|II|I)\s*(?=级)", lambda match: _ROMAN[match[1]]),
        (rf"({'|'.join(_ABBREVIATIONS)})(?![A-Za-z])", lambda match: _ABBREVIATIONS[match[1]]),
        (r"([0-9]+)#", lambda match: f"{number_words(match[1])}号"),
        (rf"({_NUMBER})\s*([^\s0-9]|$)", _measured),
        (rf"({_NUMBER})", lambda match: number_words(match[1])),
    )
)


def _percent(number: str) -> str:
    return f"百分之{number_words(number)}"
