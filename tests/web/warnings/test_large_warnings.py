"""Areas that nobody could read, and lists that grow over the years: refused with a remedy, or kept short."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from shapely.geometry import Polygon, box, mapping

from priority.warnings import sending_shape
from tests.web.warnings.headquarters import DIRECTOR, DUTY, OWN, Headquarters, error_of, fields_of
from webmap.api.warnings.stored_areas import StoredAreas
from webmap.warnings.kept_by_size import KeptBySize

WHOLE = {"parts": [{"kind": "townships", "codes": [OWN]}]}


def comb(teeth: int, west: float = 112.85) -> dict[str, Any]:
    """A comb in 西镇: hardly anything can be left out of it, so it is cut into a polygon for each tooth."""
    across = np.linspace(west, west + 0.04, 2 * teeth)
    top = np.column_stack([across, np.where(np.arange(2 * teeth) % 2, 35.55, 35.45)])
    return {"kind": "drawn", "geometry": mapping(Polygon([*top, (west + 0.04, 35.44), (west, 35.44)]))}


def test_an_area_of_hundreds_of_polygons_is_not_submitted(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    told = headquarters.area(incident, comb(300))
    assert told["sending"]["count"] > 200
    assert any("个多边形，超过 200 个" in note for note in told["notes"])
    draft = headquarters.drafted(incident, area={"parts": [comb(300)]})
    refused = headquarters.step(draft, "submitted", DUTY)
    assert (refused.status_code, error_of(refused)["rule"]) == (409, "warning_area_intricate")
    assert error_of(refused)["remedy"] == "简化手绘的边界，或改用整个乡镇（街道）"
    alone = headquarters.drafted(incident, area={"parts": [comb(300)]}, level="general")
    assert error_of(headquarters.step(alone, "issued", DIRECTOR))["rule"] == "warning_area_intricate"
    simpler = headquarters.taken(draft, "revised", DUTY, content=headquarters.content(incident, area=WHOLE))
    headquarters.taken(simpler, "submitted", DUTY)


def test_points_of_drawings_are_counted_together_wherever_an_area_is_sent(headquarters: Headquarters) -> None:
    incident = headquarters.outage()
    many = {"parts": [comb(600, 112.85), comb(600, 112.852)]}
    content = {**headquarters.content(incident), "area": many}
    draft = headquarters.drafted(incident)
    assert fields_of(headquarters.post("/areas", DUTY, {"incident": incident, "area": many})) == {"area.parts"}
    asked = {"incident": incident, "area": many}
    assert fields_of(headquarters.post("/suggestions", DUTY, asked)) == {"area.parts"}
    assert fields_of(headquarters.post("", DUTY, {"incident": incident, "content": content})) == {"content.area.parts"}
    assert fields_of(headquarters.step(draft, "revised", DUTY, content=content)) == {"content.area.parts"}


def test_what_is_sent_is_worked_out_once_for_a_version(
    headquarters: Headquarters, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    def counted(area: Any) -> Any:
        made.append(1)
        return sending_shape(area)

    monkeypatch.setattr("webmap.warnings.sending_shapes.sending_shape", counted)
    ground = box(112.851, 35.451, 112.871, 35.471)
    parts = [{"kind": "drawn", "geometry": mapping(ground)}]
    warning = headquarters.issued(headquarters.outage(), area={"parts": parts})
    assert len(made) == 1, "draft, documents of four steps and the message have one shape"
    headquarters.read(warning)
    headquarters.listed()
    for name in ("notice.html", "cap.xml"):
        assert headquarters.product(warning, 1, name).status_code == 200
    assert len(made) == 1


def test_a_list_asks_for_no_shape_that_is_sent(headquarters: Headquarters, monkeypatch: pytest.MonkeyPatch) -> None:
    warning = headquarters.drafted(headquarters.outage())
    monkeypatch.setattr(StoredAreas, "_document", lambda *_: pytest.fail("made a document"))
    assert warning["id"] in {item["id"] for item in headquarters.listed()}


def test_past_warnings_are_listed_as_far_as_asked(headquarters: Headquarters) -> None:
    first, second = headquarters.outage(), headquarters.outage()
    gone = [
        headquarters.taken(headquarters.drafted(incident), "withdrawn", DUTY, reason="写错了")["id"]
        for incident in (first, first, first, second, second)
    ]
    standing = headquarters.drafted(second)["id"]

    def asked(query: str) -> tuple[set[str], int]:
        answer = headquarters.house.ask(DUTY, "GET", f"/api/warnings{query}").get_json()
        ids = {item["id"] for item in answer["warnings"] if item["incident"]["id"] in {first, second}}
        return ids, answer["more"]

    everything, none = asked("")
    assert (everything, none) == ({*gone, standing}, 0)
    few, more = asked("?past=1")
    assert standing in few
    assert len(few & set(gone)) == 1
    assert more >= 4
    beside, _ = asked(f"?past=0&beside={first}")
    assert beside == {*gone[:3], standing}
    assert asked("?which=past&past=0")[0] == set()
    for wrong in ("-1", "x", "1.5", "9999999", ""):
        refused = headquarters.house.ask(DUTY, "GET", f"/api/warnings?past={wrong}")
        assert (refused.status_code, error_of(refused)["code"]) == (400, "invalid_query")


def test_what_is_kept_is_bounded_by_its_size_and_not_by_its_number() -> None:
    kept: KeptBySize[str] = KeptBySize(1_000)
    for number in range(15):
        kept.keep(str(number), "small", 60)
    assert [kept.get(str(number)) for number in range(15)] == ["small"] * 15
    kept.get("0")
    kept.keep("large", "large", 200)
    assert (kept.get("large"), kept.get("0"), kept.get("1")) == ("large", "small", None)
    kept.keep("larger", "than everything", 2_000)
    assert kept.get("larger") is None
    kept.keep("large", "again", 100)
    assert kept.get("large") == "again"
    assert kept.size <= 1_000
