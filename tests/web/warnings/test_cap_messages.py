"""Messages that we write: the schema accepts them, others read them as we meant them, and they read back equal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import capparser
import capvalidator
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from priority.plans import load_plan
from priority.warnings import WarningArea, sending_shape
from tests.priority.warnings.areas import areas, counties, random_points
from tests.web.warnings.messages import SENT, SOUND, county_warning
from webmap.warnings.cap import (
    Alert,
    AlertArea,
    Info,
    UnreadableAlert,
    UnsendableAlert,
    check_message,
    read_alert,
    write_alert,
)
from webmap.warnings.cap.from_plan import alert_of, cancel_of, meaning_of
from webmap.warnings.cap.identifiers import CHINESE_PROFILE, DEFAULT, identifier
from webmap.warnings.cap.message import references_to
from webmap.warnings.cap.writing import number_text, polygon_text, time_text

REASON = {"zh": "供热已恢复", "en": "Heating is back"}


def cancelled(drill: str | None = None) -> Alert:
    first, update = chain(drill)
    last = replace(county_warning(drill), identifier="n3", sent=SENT + timedelta(hours=2))
    return cancel_of(last, references_to([first, update], last.sent), REASON)


def chain(drill: str | None = None) -> tuple[Alert, Alert]:
    first = alert_of(county_warning(drill))
    later = replace(county_warning(drill), identifier="n2", sent=SENT + timedelta(hours=1))
    return first, alert_of(later, "Update", references_to([first], later.sent))


def messages() -> dict[str, Alert]:
    first, update = chain()
    return {"alert": first, "update": update, "cancel": cancelled(), "exercise": alert_of(county_warning("冬季演练"))}


@pytest.mark.parametrize("name", ["alert", "update", "cancel", "exercise"])
def test_the_schema_accepts_what_we_write_and_it_reads_back_equal(name: str) -> None:
    alert = messages()[name]
    content = write_alert(alert)
    assert capvalidator.check_schema(content).passed
    assert check_message(content) == ()
    assert read_alert(content) == alert


@pytest.mark.parametrize("name", ["alert", "update", "cancel", "exercise"])
def test_an_independent_reader_finds_what_we_meant(name: str) -> None:
    alert = messages()[name]
    theirs: Any = capparser.parse(stringXML=write_alert(alert).decode())
    assert theirs.getIdentifier() == alert.identifier
    assert theirs.getSent() == time_text(alert.sent)
    assert theirs.getMsgType() == alert.message_type
    for info, mine in zip(theirs.info[0], alert.infos, strict=True):
        assert (info.language[0], info.event[0], info.severity[0]) == (mine.language, mine.event, mine.severity)
        area = info.area[0][0]
        rings = [np.array([pair.split(",") for pair in text.split()], dtype=float)[:, ::-1] for text in area.polygon[0]]
        assert shapely.equals(
            shapely.MultiPolygon([shapely.Polygon(ring) for ring in rings]),
            shapely.MultiPolygon(list(mine.areas[0].polygons)),
        )
        codes = [code.value[0] for code in area.geocode[0]]
        assert codes == [value for _, value in mine.areas[0].geocodes]
        assert len(codes) == 16


def test_a_county_warning_as_sent_holds_the_county_and_not_the_city_inside_it() -> None:
    area = read_alert(write_alert(messages()["alert"])).infos[0].areas[0]
    sent = shapely.union_all(list(area.polygons))
    city = shapely.buffer(counties()["140502"], -0.0005)  # its townships' outlines part from the county's by metres
    assert not shapely.intersects_xy(sent, *random_points(city, 10_000, 1).T).any()
    assert all(shapely.get_num_coordinates(polygon) <= 250 for polygon in area.polygons)


def test_the_content_of_the_plan_goes_with_the_message_in_both_languages() -> None:
    alert = messages()["alert"]
    chinese, english = alert.infos
    assert (chinese.language, english.language) == ("zh-CN", "en-US")
    assert dict(chinese.parameters)["预警级别"] == "较大风险预警"
    assert set(load_plan("heating-zezhou").warnings.required_content) <= set(dict(chinese.parameters))
    assert "3.3(2)" in dict(chinese.parameters)["plan"]
    assert chinese.headline == "泽州县较大风险预警：供热中断"
    assert english.event == "Loss of Heating"
    assert "一氧化碳" in (chinese.instruction or "")
    assert not any(colour in write_alert(alert).decode() for colour in "蓝黄橙红")


def test_meaning_runs_upwards_with_the_level() -> None:
    plan = load_plan("energy-chengqu")
    severities = [meaning_of(plan, item.key).severity for item in plan.warnings.levels]
    assert severities == ["Moderate", "Severe", "Extreme"]


def test_updates_and_cancels_name_all_messages_in_force_and_no_other() -> None:
    first, update = chain()
    assert [item.identifier for item in update.references] == [first.identifier]
    cancel = cancelled()
    assert [item.identifier for item in cancel.references] == [first.identifier, update.identifier]
    assert references_to([first, update, cancel], SENT + timedelta(hours=13)) == ()
    assert cancel.note == "供热已恢复"
    assert {info.responses for info in cancel.infos} == {("AllClear",)}


def test_a_drill_says_so_wherever_one_looks() -> None:
    alert = messages()["exercise"]
    assert alert.status == "Exercise"
    assert "冬季演练" in (alert.note or "")
    assert [(info.headline or "")[:4] for info in alert.infos] == ["【演练】", "[EXE"]
    assert "演练" in (cancelled("冬季演练").note or "")


def test_a_message_with_a_fault_is_neither_written_nor_read() -> None:
    with pytest.raises(UnsendableAlert, match="identifier_characters"):
        write_alert(replace(messages()["alert"], identifier="a b"))
    with pytest.raises(UnsendableAlert, match="references_missing"):
        write_alert(replace(messages()["update"], references=()))
    with pytest.raises(UnreadableAlert, match="value_unknown"):
        read_alert(SOUND.replace(">Actual<", ">Real<").encode())


def test_the_sound_message_is_read_in_full() -> None:
    alert = read_alert(SOUND.encode())
    assert read_alert(write_alert(alert)) == alert
    area = alert.infos[0].areas[0]
    assert area.circles == ((112.85, 35.45, 2.5),)
    assert area.polygons[0].bounds == (112.8, 35.4, 112.9, 35.5)
    assert alert.infos[0].resources[0].size == 4


@settings(max_examples=30)
@given(areas(), st.integers(8, 250))
def test_any_area_reads_back_equal(case: tuple[BaseGeometry, BaseGeometry], max_points: int) -> None:
    shape = sending_shape(WarningArea.drawn([case[0]]).minus(case[1]), max_points)
    area = AlertArea("一处", shape.pieces, geocodes=(("CN-TOWNSHIP", "140525100"),))
    info = Info("停热", "Expected", "Severe", "Likely", ("Infra",), expires=SENT + timedelta(hours=1), areas=(area,))
    content = write_alert(Alert("n", "s", SENT, "Actual", "Alert", infos=(info,)))
    assert read_alert(content).infos[0].areas[0] == area
    assert capvalidator.check_schema(content).passed


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="￾￿"), min_size=1)


@settings(max_examples=30)
@given(TEXTS.filter(lambda text: text.strip() == text != ""), TEXTS.filter(lambda text: text.strip() == text != ""))
def test_any_text_reads_back_equal(event: str, headline: str) -> None:
    info = Info(event, "Past", "Minor", "Likely", ("Infra",), headline=headline, expires=SENT + timedelta(hours=1))
    alert = Alert("n", "s", SENT, "Actual", "Alert", infos=(info,), addresses=("a b", "c"))
    assert read_alert(write_alert(alert)) == alert


def test_times_coordinates_and_polygons_are_written_as_the_standard_asks() -> None:
    assert time_text(datetime(2026, 1, 12, tzinfo=UTC)) == "2026-01-12T00:00:00-00:00"
    assert time_text(SENT) == "2026-01-12T08:00:00+08:00"
    with pytest.raises(ValueError, match="offset"):
        time_text(datetime(2026, 1, 12))
    assert (number_text(0.000000001), number_text(112.5), number_text(-0.25)) == ("0.000000001", "112.5", "-0.25")
    assert polygon_text(shapely.box(112, 35, 113, 36)).startswith("35,113 36,113")
    with pytest.raises(ValueError, match="holes"):
        polygon_text(shapely.Point(112, 35).buffer(1).difference(shapely.Point(112, 35).buffer(0.5)))


def test_identifiers_follow_a_pattern_and_hold_nothing_forbidden() -> None:
    told = {"region": "140525", "agency": "heating", "sent": SENT, "serial": 7}
    assert identifier(DEFAULT, **told) == "140525-heating-20260112080000-0007"
    assert identifier(CHINESE_PROFILE, **{**told, "agency": "41600000"}) == "14052541600000_202601120800000007"
    for pattern in ("{region}", "{time}{serial}{more}", "{time} {serial}", "{time},{serial}"):
        with pytest.raises(ValueError, match="identifier"):
            identifier(pattern, **told)


def test_a_township_that_is_warned_in_part_has_no_code_in_the_message() -> None:
    """A receiver takes the union of polygons and codes: the code would warn the rest of the township too."""
    outgoing = county_warning()
    codes = [code for code, _ in outgoing.townships]
    alert = alert_of(replace(outgoing, whole=tuple(codes[1:])))
    for info in alert.infos:
        assert [code for _, code in info.areas[0].geocodes] == codes[1:]


def test_made_up_data_are_marked_where_people_and_machines_look() -> None:
    alert = alert_of(replace(county_warning(), synthetic=True))
    assert "SAMPLE DATA" in (alert.note or "")
    assert (alert.infos[0].headline or "").startswith("【示例数据】")
    assert (alert.infos[1].headline or "").startswith("[SAMPLE DATA]")
    assert "示例" not in (alert_of(county_warning()).note or "")
