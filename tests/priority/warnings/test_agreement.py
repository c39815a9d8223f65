"""Texts of a warning that say another level, other times or another issuer than the warning has."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from priority.plans import load_plan
from priority.warnings.agreement import contradictions, names_any
from priority.warnings.content import Facts, content_of
from priority.wording import Phrases

PLANS = [load_plan("heating-zezhou"), load_plan("energy-chengqu")]
START = datetime.fromisoformat("2026-01-12T08:30:00+08:00")
END = datetime.fromisoformat("2026-01-13T20:00:00+08:00")
TIME, LEVEL, ISSUER = "预警期起始时间", "预警级别", "发布机关"


def wrong(name: str, text: str, *, level: str = "general", start: datetime = START, language: str = "zh") -> bool:
    found = contradictions(PLANS[0], level, start, END, {language: {name: text}})
    assert all((item.name, item.language) == (name, language) and item.should for item in found)
    return bool(found)


@settings(max_examples=150, deadline=None)
@given(
    plan=st.sampled_from(PLANS),
    place=st.integers(0, 2),
    starts_at=st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),
    offset=st.sampled_from([0, 8, 14, -11]),
    length=st.timedeltas(timedelta(minutes=1), timedelta(days=400)),
    shift=st.timedeltas(timedelta(minutes=1), timedelta(days=40)),
    in_utc=st.booleans(),
)
def test_what_the_product_writes_agrees_and_no_longer_once_something_changes(
    plan: object, place: int, starts_at: datetime, offset: int, length: timedelta, shift: timedelta, in_utc: bool
) -> None:
    assert isinstance(plan, type(PLANS[0]))
    starts = starts_at.replace(second=0, microsecond=0, tzinfo=UTC) + timedelta(hours=offset)
    ends = (starts + length).replace(second=0)
    if not in_utc:
        starts, ends = starts.astimezone(START.tzinfo), ends.astimezone(START.tzinfo)
    level = plan.warnings.levels[place].key
    facts = Facts(starts_at=starts, ends_at=ends)
    texts = {
        language: {item.name: item.text or "" for item in content_of(plan, level, facts, Phrases(language))}
        for language in ("zh", "en")
    }
    assert contradictions(plan, level, starts, ends, texts) == ()
    shift = timedelta(minutes=shift // timedelta(minutes=1))
    later = contradictions(plan, level, starts, ends + shift, texts)
    assert {(item.language, item.part) for item in later} == {("zh", "time"), ("en", "time")}
    other = plan.warnings.levels[(place + 1) % 3].key
    assert {(item.language, item.part) for item in contradictions(plan, other, starts, ends, texts)} == {
        ("zh", "level"),
        ("en", "level"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "2026年1月12日8时30分起",
        "1月12日8:30起至1月13日20时",
        "2026年1月12日上午8点半起，至13日晚8点",
        "二〇二六年一月十二日八时三十分至一月十三日二十时整",
        "2026-01-12T08:30:00+08:00 起",
        "2026-01-12T00:30Z",
        "自2026/1/12 08：30至2026/1/13 20：00，共35.5小时，电话0356-0000001",
    ],
)
def test_forms_of_the_same_times_agree(text: str) -> None:
    assert not wrong(TIME, text)


@pytest.mark.parametrize(
    "text",
    [
        "2026年1月12日8时起",
        "2026年2月12日8时30分起",
        "2025年1月12日8时30分起",
        "1月12日下午8时30分起",
        "1月12日起",
        "8时30分起",
        "即日起",
        "2030年1月1日",
        "1月12日8时30分至1月14日20时",
        "1月12日8时30分至21时",
        "1月12日8时30分至1月14日",
        "2026-01-12T08:30Z",
    ],
)
def test_other_or_missing_times_do_not(text: str) -> None:
    assert wrong(TIME, text)


def test_the_end_of_a_day_is_the_next_day_at_midnight() -> None:
    midnight = datetime.fromisoformat("2026-01-13T00:00:00+08:00")
    assert not wrong(TIME, "1月12日24时起", start=midnight)
    assert not wrong(TIME, "1月13日零时起", start=midnight)
    assert wrong(TIME, "1月13日24时起", start=midnight)


def test_english_times_may_be_written_in_other_ways() -> None:
    assert not wrong(TIME, "from 12 Jan 2026 08:30 to 13 January 2026, 8:00 p.m.", language="en")
    assert not wrong(TIME, "January 12, 2026, 8:30 am", language="en")
    assert wrong(TIME, "from 12 Jan 2026 20:30", language="en")
    assert wrong(TIME, "from now on", language="en")


def test_the_level_is_named_and_no_other() -> None:
    assert not wrong(LEVEL, "一般风险预警（蓝色）")
    assert wrong(LEVEL, "重大")
    assert wrong(LEVEL, "一般风险预警，可能升为较大风险预警")
    assert wrong(LEVEL, "见公告")
    assert not wrong(LEVEL, "General risk warning", language="en")
    assert not wrong(LEVEL, "一般风险预警", language="en")
    assert wrong(LEVEL, "Major or higher risk warning", language="en")


def test_the_issuer_may_be_named_at_length_or_in_short_but_is_no_other_office() -> None:
    for text in ("县指挥部办公室", "泽州县供热突发事件应急指挥部办公室", "指挥部"):
        assert not wrong(ISSUER, text)
    for text in ("区指挥部", "县应急管理局", "市政府"):
        assert wrong(ISSUER, text)


def test_a_place_is_named_by_any_of_its_townships() -> None:
    assert names_any(("南村镇", "下村镇"), "南村镇全部、 下村镇一部分")
    assert not names_any(("南村镇",), "城区")
    assert names_any((), "城区")
