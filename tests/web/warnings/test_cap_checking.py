"""Wrong messages, one fault each: every one is found, at its line and path, with a remedy in both languages."""

from __future__ import annotations

import capvalidator
import pytest

from tests.web.warnings.messages import SOUND
from webmap.warnings.cap import check_message
from webmap.warnings.cap.places import PlausibleBox
from webmap.warnings.cap.xml import MAX_BYTES

REFERENCES = "<references>heating@zezhou.example,140525-0000,2026-01-12T07:00:00+08:00</references>"
RING = "35.40,112.80 35.40,112.90 35.50,112.90 35.50,112.80 35.40,112.80"

#: Fault that a schema sees: what is replaced by what, the code found, and where.
SEEN_BY_A_SCHEMA = [
    ("cap:1.2", "cap:1.1", "namespace_wrong", "/alert"),
    ("<status>Actual</status>", "", "element_missing", "/alert"),
    ("<status>Actual</status>", "<status>Real</status>", "value_unknown", "/alert/status"),
    ("<scope>Public</scope>", "<scope>Public</scope><scope>Public</scope>", "element_repeated", "/alert/scope[2]"),
    ("<headline>较大风险预警</headline>", "<title>较大风险预警</title>", "element_unknown", "/alert/info[1]/title"),
    ("+08:00</sent>", "</sent>", "time_offset", "/alert/sent"),
    ("+08:00</sent>", "Z</sent>", "time_z", "/alert/sent"),
    ("2026-01-12T08:00:00+08:00</sent>", "2026-02-30T08:00:00+08:00</sent>", "time_form", "/alert/sent"),
    ("<size>4</size>", "<size>four</size>", "number_form", "/alert/info[1]/resource/size"),
    ("<language>zh-CN</language>", "<language>中文</language>", "language_form", "/alert/info[1]/language"),
    ("<status>Actual</status>\n  <msgType>Update</msgType>", "<msgType>Update</msgType><status>Actual</status>",
     "element_order", "/alert/status"),
    ("<valueName>预警级别</valueName>", "", "element_missing", "/alert/info[1]/parameter"),
    ("</alert>", "", "xml_malformed", "/"),
]  # fmt: skip

#: Fault that a schema does not see.
UNSEEN = [
    ("140525-0001</identifier>", "140525 0001</identifier>", "identifier_characters", "/alert/identifier"),
    ("<sender>heating@zezhou", "<sender>heating,zezhou", "identifier_characters", "/alert/sender"),
    ("<event>供热中断</event>", "<event> </event>", "value_empty", "/alert/info[1]/event"),
    (">Public<", ">Restricted<", "scope_needs", "/alert/scope"),
    (">Public<", ">Private<", "scope_needs", "/alert/scope"),
    (REFERENCES, "", "references_missing", "/alert/msgType"),
    (REFERENCES, REFERENCES.replace(",140525-0000", ""), "reference_form", "/alert/references"),
    ("140525-0000,", "140525-0001,", "reference_itself", "/alert/references"),
    ("T07:00:00+08:00", "T08:30:00+08:00", "reference_later", "/alert/references"),
    ("12T20:00:00+08:00</expires>\n    <area>", "12T07:00:00+08:00</expires>\n    <area>",
     "expires_before_sent", "/alert/info[2]/expires"),
    ("T09:00:00+08:00</onset>", "T21:00:00+08:00</onset>", "starts_after_expiry", "/alert/info[1]/onset"),
    (RING, RING.rsplit(" ", 1)[0], "ring_open", "/alert/info[1]/area/polygon"),
    (RING, "35.40,112.80 35.40,112.90 35.40,112.80", "ring_short", "/alert/info[1]/area/polygon"),
    (RING, "35.4,112.8 35.5,112.9 35.5,112.8 35.4,112.9 35.4,112.8", "ring_crosses", "/alert/info[1]/area/polygon"),
    (RING, " ".join(",".join(p.split(",")[::-1]) for p in RING.split()), "place_swapped",
     "/alert/info[1]/area/polygon"),
    (RING, RING.replace("35.50,112.90", "35.50;112.90"), "point_form", "/alert/info[1]/area/polygon"),
    (RING, RING.replace("35.50,112.90", "95.50,195.90"), "place_off_earth", "/alert/info[1]/area/polygon"),
    ("35.45,112.85 2.5", "35.45,112.85", "circle_form", "/alert/info[1]/area/circle"),
    ("35.45,112.85 2.5", "112.85,35.45 2.5", "place_swapped", "/alert/info[1]/area/circle"),
    ("<value>140525100</value></geocode>\n    </area>\n  </info>\n  <info>",
     "<value>1405251</value></geocode>\n    </area>\n  </info>\n  <info>", "township_form",
     "/alert/info[1]/area/geocode/value"),
    ("<geocode>", "<ceiling>100</ceiling><geocode>", "element_order", "/alert/info[1]/area/geocode"),
    ("<size>4</size>", "<size>5</size>", "size_differs", "/alert/info[1]/resource/size"),
    ("18aa9532", "18aa9533", "digest_differs", "/alert/info[1]/resource/digest"),
    ("5Zu+Cg==", "5Zu+Cg=", "base64_form", "/alert/info[1]/resource/derefUri"),
    ("https://zezhou.example/warnings", "zezhou.example", "uri_form", "/alert/info[1]/web"),
]  # fmt: skip

#: Allowed and unwise: told, and no error.
UNWISE = [
    ("<status>Actual</status>", "<status>Exercise</status>", "exercise_note", "/alert/status"),
    ("<msgType>Update</msgType>", "<msgType>Alert</msgType>", "references_unexpected", "/alert/references"),
    (RING, RING.replace("112.9", "119.9"), "place_far", "/alert/info[1]/area/polygon"),
    ("<scope>Public</scope>", "<scope>Public</scope><restriction>区内</restriction>", "restriction_unused",
     "/alert/restriction"),
]  # fmt: skip


def broken(old: str, new: str) -> bytes:
    wrong = SOUND.replace(old, new, 1)
    assert wrong != SOUND
    return wrong.encode()


def schema_accepts(content: bytes) -> bool:
    return bool(capvalidator.check_schema(content).passed)


def test_the_sound_message_passes_here_and_by_the_schema() -> None:
    assert check_message(SOUND.encode()) == ()
    assert schema_accepts(SOUND.encode())


@pytest.mark.parametrize(("old", "new", "code", "path"), SEEN_BY_A_SCHEMA)
def test_what_the_schema_refuses_is_found_with_its_place(old: str, new: str, code: str, path: str) -> None:
    content = broken(old, new)
    assert not schema_accepts(content)
    assert (code, path) in {(item.code, item.path) for item in check_message(content) if item.severity == "error"}


@pytest.mark.parametrize(("old", "new", "code", "path"), UNSEEN)
def test_what_no_schema_sees_is_found_and_is_the_only_finding(old: str, new: str, code: str, path: str) -> None:
    content = broken(old, new)
    found = [item for item in check_message(content) if item.severity == "error"]
    if code != "element_order":
        assert schema_accepts(content) or code in ("uri_form",)
        assert [item.code for item in found] == [code]
    assert (code, path) in {(item.code, item.path) for item in found}


@pytest.mark.parametrize(("old", "new", "code", "path"), UNWISE)
def test_what_is_unwise_is_told_as_a_warning(old: str, new: str, code: str, path: str) -> None:
    found = check_message(broken(old, new))
    assert [(item.code, item.path, item.severity) for item in found] == [(code, path, "warning")]


def test_more_than_one_element_gone_is_found() -> None:
    twice = SOUND.replace("en-US", "zh-CN").replace("Loss of heating", "供热中断")
    twice = twice.replace("<areaDesc>Nancun</areaDesc>", "<areaDesc>南村镇</areaDesc>")
    second = twice.index("<info>", twice.index("</info>"))
    first = twice[twice.index("<area>") : twice.index("</area>")]
    same = twice[:second] + twice[second:].replace(
        twice[twice.index("<area>", second) : twice.index("</area>", second)], first
    )
    assert [item.code for item in check_message(same.encode())] == ["language_repeated"]
    bare = SOUND[: SOUND.index("  <info>")] + "</alert>"
    assert [item.code for item in check_message(bare.encode())] == ["info_missing"]
    no_area = SOUND[: SOUND.rindex("    <area>")] + "  </info>\n</alert>"
    assert [(item.code, item.severity) for item in check_message(no_area.encode())] == [("area_missing", "warning")]


def test_lines_are_those_of_the_file() -> None:
    for old, new, code, _ in [*SEEN_BY_A_SCHEMA[2:8], *UNSEEN[:3]]:
        line = SOUND[: SOUND.index(old.split("\n")[0].split("</")[0])].count("\n") + 1
        assert line in {item.line for item in check_message(broken(old, new)) if item.code == code}


def test_every_finding_says_what_is_wrong_and_what_to_do_in_both_languages() -> None:
    for old, new, code, _ in [*SEEN_BY_A_SCHEMA, *UNSEEN, *UNWISE]:
        for item in check_message(broken(old, new)):
            document = item.document()
            texts = [document[f"{part}_{language}"] for part in ("message", "remedy") for language in ("zh", "en")]
            assert all(texts), code
            assert len(set(texts)) == 4


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE alert [<!ENTITY a "x">]><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">&a;</alert>',
        b'<!DOCTYPE alert SYSTEM "file:///etc/passwd"><alert/>',
        b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY c "&b;&b;">]><alert>&c;</alert>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE alert [<!ENTITY a "x">]><alert>&a;</alert>'.encode("utf-16"),
    ],
)
def test_document_types_and_entities_are_refused(content: bytes) -> None:
    assert [item.code for item in check_message(content)] == ["xml_doctype"]


def test_too_much_is_not_read_and_depth_is_bounded() -> None:
    assert [item.code for item in check_message(b" " * (MAX_BYTES + 1))] == ["xml_too_large"]
    deep = b"<a>" * 5_000 + b"</a>" * 5_000
    assert [item.code for item in check_message(deep)] == ["xml_malformed"]
    assert [item.code for item in check_message(b"")] == ["xml_malformed"]


def test_a_comment_inside_a_value_changes_nothing() -> None:
    assert check_message(broken("35.40,112.80 35.40", "35.40,<!-- 9 -->112.80 35.40")) == ()


def test_the_box_can_be_another_or_none() -> None:
    there = broken(RING, RING.replace("112.", "12.")).replace(b"35.45,112.85 2.5", b"35.45,12.85 2.5")
    assert {item.code for item in check_message(there)} == {"place_far"}
    assert check_message(there, None) == ()
    assert check_message(there, PlausibleBox(12, 35, 13, 36)) == ()
    swapped = broken(RING, " ".join(",".join(pair.split(",")[::-1]) for pair in RING.replace("112.", "12.").split()))
    assert "place_swapped" in {item.code for item in check_message(swapped, PlausibleBox(12, 35, 13, 36))}
