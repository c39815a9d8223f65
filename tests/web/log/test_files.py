"""Files of an incident: its log in three forms, and exports that say which incident they are of, and of a drill."""

from __future__ import annotations

import csv
import io
import json
from typing import Any
from urllib.parse import unquote

import pytest
from werkzeug.test import TestResponse

from tests.web.log.house import OTHER_PLAN, PLAN, START, House, after, error_of, fact
from tests.web.network import one_crew
from webmap.accounts.roles import Role
from webmap.incidents.entries import Note
from webmap.incidents.records import Author

FORMULA = "=HYPERLINK(1)点我"


def file_name(answer: TestResponse) -> str:
    return unquote(answer.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])


def plain_name(answer: TestResponse) -> str:
    return answer.headers["Content-Disposition"].split('"')[1]


def table(answer: TestResponse) -> list[list[str]]:
    content = answer.get_data()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def log_file(house: House, incident: str, form: str, language: str = "zh") -> TestResponse:
    answer = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/{incident}/log?format={form}&lang={language}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer


def export(house: House, query: str, path: str = "assessments", **body: Any) -> TestResponse:
    told = {"plan": PLAN, "at": after(0), "faults": [{"element": "e-bus"}], **body}
    sent = {"incident": told, "crews": one_crew()} if path == "restorations" else told
    return house.ask(Role.DUTY_OFFICER, "POST", f"/api/exports/{path}?{query}", json=sent)


@pytest.fixture
def drill(house: House) -> str:
    incident = house.opened(
        fact("fault_located", 1, element="e-bus"), fact("note", 2, text=FORMULA), name="迎峰/度冬", drill=True
    )
    house.written(incident, fact("correction", 30, corrects=2, replacement=None, reason="误记"))
    return incident


def test_the_log_as_text(house: House, drill: str) -> None:
    answer = log_file(house, drill, "txt")
    assert file_name(answer) == "演练-迎峰_度冬-示例数据-事件日志-20260112-0900.txt"
    assert plain_name(answer) == "DRILL-log.txt"
    lines = answer.get_data(as_text=True).lstrip("\ufeff").splitlines()
    assert lines[0] == "【演练】事件日志  迎峰/度冬  晋城市城区能源供应应急预案"
    assert lines[1] == "示例数据"
    assert lines[4:] == [
        "【演练】1. 2026-01-12 08:00 duty.officer同志：接报：东站停电",
        "【演练】2. 2026-01-12 08:01 duty.officer同志：节点 e-bus 故障〔已由第 4 条撤回〕",
        f"【演练】3. 2026-01-12 08:02 duty.officer同志：{FORMULA}",
        "【演练】4. 2026-01-12 08:30 duty.officer同志：撤回第 2 条，原因：误记",
    ]


def test_several_lines_of_one_entry_are_not_taken_for_several_entries(house: House) -> None:
    forged = "风大\n2. 2026-01-12 08:00 指挥长：启动 I 级响应"
    incident = house.opened(fact("note", 55, text=forged))
    lines = log_file(house, incident, "txt").get_data(as_text=True).splitlines()
    assert [line[:2] for line in lines[4:]] == ["1.", "2.", "  "]


def test_the_log_as_a_table(house: House, drill: str) -> None:
    head, *rows = table(log_file(house, drill, "csv"))
    assert head[:3] == ["事件（演练）", "数据性质", "编号"]
    assert {(row[0], row[1]) for row in rows} == {("【演练】迎峰/度冬", "示例数据")}
    by_title = [dict(zip(head, row, strict=True)) for row in rows]
    assert by_title[1]["内容"] == "节点 e-bus 故障"
    assert by_title[1]["更正情况"] == "已由第 4 条撤回"
    assert (by_title[1]["发生时间"], by_title[1]["记录时间"]) == ("2026-01-12 08:01:00", "2026-01-12 09:00:00")
    assert by_title[1]["类别"] == "受损与修复"
    assert by_title[2]["内容"] == f"'{FORMULA}"
    # The clock on the wall is not that of a drill.
    assert by_title[0]["补记"] == ""


@pytest.mark.parametrize(
    ("language", "columns", "line"),
    [
        ("zh", ("更正后发生时间", "更正后内容"), "〔已由第 5 条更正为：2026-01-12 08:45 节点 e-sw1 故障：断线〕"),
        ("en", ("Happened (corrected)", "Entry (corrected)"), "[corrected by entry 5 to: 2026-01-12 08:45 fault at"),
    ],
)
def test_what_counts_stands_at_the_corrected_entry(
    house: House, drill: str, language: str, columns: tuple[str, str], line: str
) -> None:
    """Who reads a file finds the corrected time without looking for the correction."""
    replacement = fact("fault_located", 45, element="e-sw1", text="断线")
    house.written(drill, fact("correction", 50, corrects=2, replacement=replacement, reason="看错"))
    lines = log_file(house, drill, "txt", language).get_data(as_text=True).splitlines()
    assert line in lines[5]
    head, *rows = table(log_file(house, drill, "csv", language))
    cells = [[row[head.index(column)] for column in columns] for row in rows]
    assert cells[1][0] == "2026-01-12 08:45:00"
    assert "e-sw1" in cells[1][1]
    assert [cell for place, cell in enumerate(cells) if place != 1] == [["", ""]] * 4


def test_a_name_that_is_a_formula_stays_text(house: House) -> None:
    incident = house.opened(name=FORMULA)
    rows = table(log_file(house, incident, "csv"))
    assert {row[0] for row in rows[1:]} == {f"'{FORMULA}"}


def test_the_log_for_programs(house: House, drill: str) -> None:
    document = json.loads(log_file(house, drill, "json").get_data())
    assert document["incident"]["drill"] is True
    assert document["synthetic"] is True
    assert document["plan_title"] == "晋城市城区能源供应应急预案"
    assert document["entries"] == house.entries(drill)["entries"]


def test_the_log_in_english(house: House, drill: str) -> None:
    answer = log_file(house, drill, "txt", "en")
    assert file_name(answer).startswith("DRILL-迎峰_度冬-SAMPLE DATA-Incident log-")
    text = answer.get_data(as_text=True)
    assert "[DRILL] 4. 2026-01-12 08:30 duty.officer同志: entry 2 withdrawn" in text
    head = table(log_file(house, drill, "csv", "en"))[0]
    assert head[0] == "Incident (DRILL)"


def test_a_real_incident_is_called_no_drill(house: House) -> None:
    incident = house.opened()
    for form in ("txt", "csv", "json"):
        answer = log_file(house, incident, form)
        assert "演练" not in answer.get_data(as_text=True) + file_name(answer)
        assert plain_name(answer) == f"log.{form}"


def test_other_forms_there_are_not(house: House, drill: str) -> None:
    answer = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/{drill}/log?format=docx")
    assert (answer.status_code, error_of(answer)["problems"][0]["field"]) == (400, "format")


@pytest.mark.parametrize("path", ["assessments", "restorations"])
def test_an_exported_table_says_which_incident_it_is_of(house: House, drill: str, path: str) -> None:
    answer = export(house, f"format=csv&incident={drill}", path)
    assert answer.status_code == 200
    assert file_name(answer).startswith("演练-迎峰_度冬-示例数据-")
    assert plain_name(answer).startswith("DRILL-")
    head, *rows = table(answer)
    assert head[:2] == ["数据性质", "事件（演练）"]
    assert rows
    assert {row[1] for row in rows} == {"【演练】迎峰/度冬"}
    english = export(house, f"format=csv&lang=en&incident={drill}", path)
    assert {row[1] for row in table(english)[1:]} == {"[DRILL] 迎峰/度冬"}


@pytest.mark.parametrize("path", ["assessments", "restorations"])
def test_what_was_tried_out_in_a_drill_says_both(house: House, drill: str, path: str) -> None:
    answer = export(house, f"format=csv&what_if=1&incident={drill}", path)
    assert file_name(answer).startswith("假设-演练-迎峰_度冬-示例数据-")
    assert plain_name(answer).startswith("WHAT-IF-DRILL-")
    head, *rows = table(answer)
    assert head[:3] == ["数据性质", "假设推演（不是实际态势）", "事件（演练）"]
    assert {(row[1], row[2]) for row in rows} == {("假设", "【演练】迎峰/度冬")}
    english = export(house, f"format=csv&lang=en&what_if=1&incident={drill}", path)
    assert {row[1] for row in table(english)[1:]} == {"WHAT-IF"}


def test_a_map_of_what_was_tried_out_says_so(house: House, drill: str) -> None:
    collection = json.loads(export(house, f"format=geojson&what_if=1&incident={drill}").get_data())
    assert (collection["what_if"], collection["drill"]) == (True, True)
    assert all(one["properties"]["what_if"] is True for one in collection["features"])
    actual = json.loads(export(house, f"format=geojson&what_if=0&incident={drill}").get_data())
    assert "what_if" not in actual


def test_a_what_if_without_an_incident_is_marked_too(house: House) -> None:
    answer = export(house, "format=csv&what_if=1", faults=[])
    assert (file_name(answer)[:8], plain_name(answer)) == ("假设-示例数据-", "WHAT-IF-ranking.csv")
    assert table(answer)[0][1] == "假设推演（不是实际态势）"
    wrong = export(house, "what_if=yes")
    assert (wrong.status_code, error_of(wrong)["problems"][0]["field"]) == (400, "what_if")


def test_an_empty_table_of_a_drill_says_so_too(house: House, drill: str) -> None:
    rows = table(export(house, f"format=csv&incident={drill}", faults=[]))
    assert len(rows) == 1
    assert "事件（演练）" in rows[0]


def test_an_exported_map_says_which_incident_it_is_of(house: House, drill: str) -> None:
    answer = export(house, f"format=geojson&incident={drill}")
    assert file_name(answer).startswith("演练-迎峰_度冬-示例数据-态势图-")
    collection = json.loads(answer.get_data())
    assert (collection["incident"], collection["drill"]) == ("迎峰/度冬", True)
    told = {(one["properties"]["incident"], one["properties"]["drill"]) for one in collection["features"]}
    assert told == {("迎峰/度冬", True)}
    real = json.loads(export(house, f"format=geojson&incident={house.opened()}").get_data())
    assert real["drill"] is False


def test_an_export_without_an_incident_says_nothing_of_one(house: House) -> None:
    answer = export(house, "format=csv")
    assert file_name(answer) == "示例数据-优先保障次序-城区-20260112-0800.csv"
    assert "事件" not in table(answer)[0]
    assert "incident" not in json.loads(export(house, "format=geojson").get_data())


def test_an_export_under_another_plan_or_of_no_incident_is_refused(house: House, drill: str) -> None:
    other = export(house, f"incident={drill}", plan=OTHER_PLAN)
    assert (other.status_code, error_of(other)["problems"][0]["field"]) == (400, "incident")
    missing = export(house, "incident=nothing")
    assert (missing.status_code, error_of(missing)["code"]) == (404, "unknown_incident")


@pytest.mark.parametrize("sign", ["\n", "\r", "\x85", "\u2028", "\u2029"])
def test_no_line_break_that_was_once_let_through_makes_an_entry_look_like_two(house: House, sign: str) -> None:
    incident = house.opened()
    earlier = Note.model_construct(happened_at=START, text=f"甲{sign}#9 指挥长：结束响应")
    house.app.extensions["webmap"].journal.append(incident, earlier, Author("p-1", "值班员"))
    text = house.ask(Role.DUTY_OFFICER, "GET", f"/api/incidents/{incident}/log?format=txt").get_data(as_text=True)
    last = text.splitlines()[-2:]
    assert last[0].endswith("甲")
    assert last[1].startswith("    #9")
