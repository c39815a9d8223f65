"""Scripts as they are read out: no digit and no abbreviation is left, everything is said twice, a drill says so."""

from __future__ import annotations

import re
import string
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.warnings.bulletins import county_bulletin, street_bulletin
from webmap.warnings.products import broadcast_script
from webmap.warnings.products.spoken import integer_words, spoken

DIGITS, PLACES, GROUPS = "零一二三四五六七八九", "十百千", "万亿"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2026年1月12日 08:30起", "二零二六年一月十二日八点三十分起"),
        ("1月12日08:00", "一月十二日八点整"),
        ("2026-01-12 20:05", "二零二六年一月十二日二十点零五分"),
        ("110 kV线路停运", "一百一十千伏线路停运"),
        ("10kV 开关", "十千伏开关"),
        ("35 kV、2 座站", "三十五千伏、两座站"),
        ("约 2.3 万人", "约二点三万人"),
        ("约 12,500 户", "约一万二千五百户"),
        ("2 所学校、22 家医院、12 个社区", "两所学校、二十二家医院、十二个社区"),
        ("2月2日", "二月二日"),
        ("降到 -12℃，室温 16.5 ℃", "降到零下十二摄氏度，室温十六点五摄氏度"),
        ("36.2% 的用户", "百分之三十六点二的用户"),
        ("10-20 小时", "十到二十小时"),
        ("Ⅲ级响应", "三级响应"),
        ("II 级", "二级"),
        ("LNG 车", "液化天然气车"),
        ("电话：0356-2060119", "电话：零三五六二零六零幺幺九"),
        ("拨打 119", "拨打幺幺九"),
        ("3#楼", "三号楼"),
        ("300 m³/h", "三百立方米每小时"),
        ("（含北街）停电", "含北街，停电"),
        ("１２ 个", "十二个"),
    ],
)
def test_it_is_said_as_people_say_it(written: str, said: str) -> None:
    assert spoken(written) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "零"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (1001, "一千零一"),
        (1010, "一千零一十"), (10_000, "一万"), (10_005, "一万零五"), (10_500, "一万零五百"), (110_000, "十一万"),
        (1_000_000, "一百万"), (100_010_000, "一亿零一万"), (10**12, "一万亿"),
    ],
)  # fmt: skip
def test_numbers_in_words(number: int, said: str) -> None:
    assert integer_words(number) == said


@given(st.integers(0, 10**16 - 1))
def test_words_of_a_number_lead_back_to_it(number: int) -> None:
    assert value_of(integer_words(number)) == number


def value_of(said: str) -> int:
    """Read a number in words: an oracle that adds up from the left."""
    total = group = digit = 0
    for sign in said.replace("万亿", "兆"):
        if sign in DIGITS:
            digit = DIGITS.index(sign)
        elif sign in PLACES:
            group += (digit or 1) * 10 ** (PLACES.index(sign) + 1)
            digit = 0
        else:
            total += (group + digit) * {"兆": 10**12, "亿": 10**8, "万": 10**4}[sign]
            group = digit = 0
    return total + group + digit


@settings(max_examples=150)
@given(st.text(st.sampled_from(string.digits + "年月日时:：-.,%％ 个处kVmh³℃（）()、。级Ⅲ#千伏约"), max_size=40))
def test_no_digit_is_left_whatever_is_written(text: str) -> None:
    assert not re.search(r"[0-9０-９]", spoken(text))


@pytest.mark.parametrize("kind", ["Alert", "Update", "Cancel"])
def test_the_message_is_read_twice_and_holds_what_people_need(kind: Any) -> None:
    script = broadcast_script(street_bulletin(message_type=kind, reason={"zh": "线路已修复", "en": "Repaired"}))
    start, again = script.lines.index("东街街道的居民和单位请注意。"), script.lines.index("下面再播送一遍。")
    first = script.lines[start:again]
    assert script.lines[again + 1 : again + 1 + len(first)] == first
    said = "".join(first)
    assert "区指挥部" in said
    assert "一般预警" in said
    assert "零三五六零零零零零零幺" in said
    if kind == "Cancel":
        assert "解除" in said
        assert "线路已修复。" in said
    else:
        assert "二零二六年一月十二日八点三十分起，至二零二六年一月十三日八点三十分" in said
        assert "大功率电器" in said
    assert ("更新" in said) == (kind == "Update")
    assert not re.search(r"[0-9A-Za-z]", "".join(script.lines))


@pytest.mark.parametrize(("language", "words"), [("zh", "这是演练，不是真实预警"), ("en", "This is a drill")])
def test_a_drill_is_announced_before_and_after(language: Any, words: str) -> None:
    drill = broadcast_script(street_bulletin(drill="冬季演练 2026"), language)
    assert drill.lines[0].startswith(words)
    assert drill.lines[-1].startswith(words)
    assert not any(words in line for line in broadcast_script(street_bulletin(), language).lines)


def test_the_sheet_says_how_long_it_takes_and_what_it_is() -> None:
    script = broadcast_script(street_bulletin())
    signs = sum(sign.isalnum() for line in script.lines for sign in line)
    assert (script.seconds - 1) * 4 < signs <= script.seconds * 4
    assert f"约 {script.seconds} 秒" in script.text.splitlines()[0]
    assert script.lines[0].startswith("以下内容使用虚构的示例数据")
    assert "【草稿】" in broadcast_script(street_bulletin(identifier=None, sent=None)).heading
    assert "虚构" not in broadcast_script(street_bulletin(synthetic=False)).text
    assert broadcast_script(county_bulletin()).seconds > script.seconds
