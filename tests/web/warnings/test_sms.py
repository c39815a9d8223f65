"""Text messages: never longer than three parts, whatever people write, and what matters most stays."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.warnings.bulletins import CONTACT, county_bulletin, street_bulletin
from webmap.warnings.products import sms_text
from webmap.warnings.products.sms import length_of, parts_of

#: Anything that people may write, signs beyond the first 65,536 (counted twice) and line breaks among it.
words = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("寒🧊\n。.、 "), max_size=400)
CHINESE, ENGLISH = "zh", "en"


def texts_of(text: str) -> dict[str, dict[str, str]]:
    names = ("预警级别", "预警区域或场所", "预警起始时间", "可能影响范围", "应采取的措施", "发布机关")
    return {"zh": dict.fromkeys(names, text), "en": dict.fromkeys(names, text)}


def test_a_message_says_level_where_when_what_to_do_who_and_whom_to_call_in_that_order() -> None:
    text = sms_text(street_bulletin(synthetic=False)).text
    parts = [
        "一般预警",
        "东街街道",
        "2026年1月12日 08:30起",
        "至2026年1月13日 08:30",
        "关掉正在使用的大功率电器",
        "区指挥部发布",
        CONTACT,
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
    assert not sms_text(street_bulletin()).shortened


@pytest.mark.parametrize(("text", "parts"), [("预" * 70, 1), ("预" * 71, 2), ("预" * 134, 2), ("预" * 135, 3)])
def test_seventy_characters_are_a_part_and_sixty_seven_one_of_several(text: str, parts: int) -> None:
    assert (length_of(text), parts_of(text)) == (len(text), parts)


def test_a_sign_that_counts_twice_is_not_torn() -> None:
    assert length_of("🧊") == len("🧊".encode("utf-16-le")) // 2 == 2
    assert parts_of("🧊" * 35) == 1
    assert parts_of("🧊" * 36) == 2
    assert parts_of("🧊" * 66) == 2  # 132 of 134 characters, but one of each part stays empty
    assert parts_of("🧊" * 67) == 3


@settings(max_examples=150)
@given(
    words, words, words, st.booleans(), st.sampled_from(["Alert", "Update", "Cancel"]), st.sampled_from(["zh", "en"])
)
def test_it_never_exceeds_three_parts(
    text: str, contact: str, level: str, drill: bool, kind: Any, language: Any
) -> None:
    bulletin = county_bulletin(
        message_type=kind,
        texts=texts_of(text),
        contact=contact or None,
        level_name=level,
        drill="演练" if drill else None,
        reason={"zh": text, "en": text},
    )
    sms = sms_text(bulletin, language)
    assert sms.length == len(sms.text.encode("utf-16-le", "surrogatepass")) // 2
    assert sms.parts == parts_of(sms.text) <= 3
    assert "\n" not in sms.text
    assert ("删减" in sms.text or "Shortened" in sms.text) or not sms.shortened or "删减" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_shortened_message_says_so_and_whom_to_call(language: Any) -> None:
    bulletin = county_bulletin(texts=texts_of("很长的一句话，没有句号" * 60))
    sms = sms_text(bulletin, language)
    assert sms.shortened
    end = sms.text[-60:]
    assert CONTACT in end
    assert ("有删减" if language == "zh" else "Shortened") in end
    without = sms_text(county_bulletin(texts=texts_of("很长的一句话" * 80), contact=None), language)
    assert without.shortened
    assert ("详情询" if language == "zh" else "ask") in without.text[-60:]


def test_townships_stay_as_long_as_they_fit_and_are_counted_where_they_do_not() -> None:
    brief = {"zh": {**county_bulletin().texts["zh"], "警示事项": ""}, "en": {}}
    whole = sms_text(county_bulletin(texts=brief))
    assert "南岭镇" in whole.text
    long = county_bulletin(texts={"zh": {"应采取的措施": "请备好蜡烛和饮用水。" * 30}, "en": {}})
    assert "南村镇、下村镇等16个镇（街道）" in sms_text(long).text
    assert "请备好蜡烛和饮用水。" in sms_text(long).text


@pytest.mark.parametrize(("language", "mark"), [("zh", "【演练】"), ("en", "[DRILL]")])
def test_a_drill_begins_and_ends_with_it_however_short_it_gets(language: Any, mark: str) -> None:
    for text in ("短", "长" * 500):
        sms = sms_text(county_bulletin(drill="冬季演练", texts=texts_of(text)), language)
        assert sms.text.startswith(mark)
        assert sms.text.endswith(mark)


def test_drafts_updates_liftings_and_made_up_data_say_so() -> None:
    assert "【示例数据】" in sms_text(street_bulletin()).text
    assert "【示例数据】" not in sms_text(street_bulletin(synthetic=False)).text
    assert "【草稿】" in sms_text(street_bulletin(identifier=None, sent=None)).text
    assert "一般预警（更新）" in sms_text(street_bulletin(message_type="Update")).text
    lifted = sms_text(street_bulletin(message_type="Cancel", reason={"zh": "线路已修复", "en": "Repaired"}))
    assert "一般预警已解除" in lifted.text
    assert "线路已修复。" in lifted.text
    assert "关掉" not in lifted.text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_left_the_area_is_told_so_first_however_long_the_rest_is(language: Any) -> None:
    long = county_bulletin(message_type="Update", texts={"zh": {"应采取的措施": "请备好蜡烛和饮用水。" * 60}, "en": {}})
    message = sms_text(long, language, left_area=True)
    assert message.parts <= 3
    marks = sms_text(long, language).text
    lead = {"zh": "贵处已不在预警区域内。", "en": "Your place is no longer within the area. "}[language]
    assert lead not in marks
    assert marks.startswith(message.text.partition(lead)[0])


def test_the_list_of_townships_gives_way_to_what_to_beware_of() -> None:
    text = sms_text(county_bulletin()).text
    assert "一氧化碳" in text
    assert "关好门窗" in text
    assert "等16个镇（街道）" in text


def test_measures_that_tell_units_what_to_do_give_way_to_advice_for_people() -> None:
    bulletin = county_bulletin()
    (level,) = (item for item in bulletin.plan.warnings.levels if item.key == bulletin.level)
    for_units = {"zh": {**bulletin.texts["zh"], "应采取的措施": level.action or ""}, "en": bulletin.texts["en"]}
    text = sms_text(county_bulletin(texts=for_units)).text
    assert "一氧化碳" in text
    assert "事发单位" not in text
