"""A headquarters of both counties: 东镇 belongs to 城区 and 西镇, where the heat is, to 泽州.

The heat source in 西镇 feeds flats in its middle and houses 90 m from the border: the ground of an outage would reach
over it. A restricted place hangs on the same heat.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import jsonschema
import pandas as pd
from shapely.geometry import LineString, Point, box
from werkzeug.test import TestResponse

from tests.web.log.house import House, after, build_house, district, error_of, fact
from tests.web.network import HIDDEN_ID, HIDDEN_NAME
from webmap.accounts.roles import Role
from webmap.api.schemas import SCHEMAS

HEATING, ENERGY = "heating-zezhou", "energy-chengqu"
OWN, OTHER = "140525100", "140502001"
BORDER = 112.845
EDGE = Point(BORDER + 0.001, 35.5)
DUTY, DIRECTOR, DEPUTY, COMMANDER = Role.DUTY_OFFICER, Role.OFFICE_DIRECTOR, Role.DEPUTY_COMMANDER, Role.COMMANDER
#: Offices by role, in the plan's words.
OFFICES = {DIRECTOR: "办公室主任", DEPUTY: "副指挥长", COMMANDER: "指挥长"}
_MADE_UP = {"provenance": "synthetic", "source": "test"}
_CRS = "EPSG:4490"


def both_counties() -> dict[str, pd.DataFrame]:
    """The small district with 西镇 in 泽州, houses beside the border, and heat for the restricted place."""
    frames = district()
    towns = frames["townships"].copy()
    west = towns["code"] == "140502002"
    towns.loc[west, ["id", "code", "county_code"]] = [OWN, OWN, "140525"]
    counties = [
        {**_MADE_UP, "id": code, "code": code, "county_code": code, "name": name, "kind": kind, "geometry": ground}
        | {"population": 1000, "households": 400, "boundary_quality": "low"}
        for code, name, kind, ground in (
            ("140502", "城区", "city_district", box(112.7, 35.4, BORDER, 35.6)),
            ("140525", "泽州县", "county", box(BORDER, 35.4, 112.9, 35.6)),
        )
    ]
    nodes, lines, places = frames["network_nodes"], frames["network_lines"], frames["facilities"]
    house = {
        **nodes[nodes["id"] == "h-flats"].iloc[0].to_dict(),
        "id": "h-edge",
        "name": "边上的住户",
        "geometry": EDGE,
    }
    house |= {"customers": 7, "population": 20}
    source = nodes[nodes["id"] == "h-source"].iloc[0]["geometry"]
    pipe = {**lines[lines["id"] == "l-h-valve-h-flats"].iloc[0].to_dict(), "id": "l-edge", "name": "支线"}
    pipe |= {"from_node": "h-source", "to_node": "h-edge", "geometry": LineString([source, EDGE])}
    places = places.copy()
    hidden = places["id"] == HIDDEN_ID
    places.loc[hidden, "geometry"] = gpd.GeoSeries([Point(112.87, 35.55)], index=places.index[hidden], crs=_CRS)
    heat = {**_MADE_UP, "id": "s-hidden-heat", "name": "heat", "facility_id": HIDDEN_ID, "commodity": "heat"}
    heat |= {"node_id": "h-flats", "reserve_hours": 0.0, "required": True}
    return {
        **frames,
        "townships": towns,
        "counties": gpd.GeoDataFrame(counties, geometry="geometry", crs=_CRS),
        "network_nodes": _with(nodes, house),
        "network_lines": _with(lines, pipe),
        "facilities": places,
        "supplies": pd.DataFrame([*frames["supplies"].to_dict("records"), heat]),
    }


def _with(frame: pd.DataFrame, row: dict[str, Any]) -> pd.DataFrame:
    return gpd.GeoDataFrame([*frame.to_dict("records"), row], geometry="geometry", crs=_CRS)


@dataclass
class Headquarters:
    """Asks about warnings; every answer is held to the published schema."""

    house: House

    def outage(self, element: str = "h-source", plan: str = HEATING, **body: Any) -> str:
        """Open an incident in which something failed ten minutes after the start; returns its id."""
        return self.house.opened(fact("fault_located", 10, element=element), plan=plan, **body)

    def post(self, path: str, who: str, body: Any, query: str = "") -> TestResponse:
        return self.house.ask(who, "POST", f"/api/warnings{path}{query}", json=body)

    def suggested(self, incident: str, who: str = DUTY, **body: Any) -> Any:
        answer = self.post("/suggestions", who, {"incident": incident, **body})
        return _held_to("warning_suggestion", answer)

    def area(self, incident: str, *parts: dict[str, Any], who: str = DUTY) -> Any:
        answer = self.post("/areas", who, {"incident": incident, "area": {"parts": list(parts)}})
        return _held_to("warning_area", answer)

    def content(self, incident: str, level: str = "large", **changes: Any) -> Any:
        """Return what is suggested as content; it says why where the level is another than suggested.

        Its texts tell the times that are asked for.
        """
        times = {name: changes[name] for name in ("starts_at", "expires_at") if name in changes}
        made = self.suggested(incident, level=level, told={"several_departments": True}, **times)
        reason = None if made["suggestion"]["level"] == level else "天气预报要变"
        return {**made["content"], "reason": reason, **changes}

    def drafted(self, incident: str, who: str = DUTY, **changes: Any) -> Any:
        """Draft a warning and return it."""
        body = {"incident": incident, "content": self.content(incident, **changes)}
        answer = self.post("", who, body)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return _held_to("warning", answer)["warning"]

    def step(self, warning: Any, kind: str, who: str, **body: Any) -> TestResponse:
        """Ask for a step in the name of the role's office."""
        named = (
            {"office": OFFICES[Role(who)]} if kind in {"returned", "approved", "issued", "lifted", "referred"} else {}
        )
        wanted = {"kind": kind, "expected": warning["length"], **named, **body}
        return self.post(f"/{warning['id']}/steps", who, wanted)

    def taken(self, warning: Any, kind: str, who: str, **body: Any) -> Any:
        """Take a step that is accepted; returns the warning after it."""
        answer = self.step(warning, kind, who, **body)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return _held_to("warning", answer)["warning"]

    def issued(self, incident: str, **changes: Any) -> Any:
        """Draft, submit, approve and issue a warning."""
        warning = self.taken(self.drafted(incident, **changes), "submitted", DUTY)
        if warning["level"] != "general":
            warning = self.taken(warning, "approved", DEPUTY)
        return self.taken(warning, "issued", DIRECTOR)

    def read(self, warning: Any, who: str = DUTY, query: str = "") -> Any:
        return _held_to("warning", self.house.ask(who, "GET", f"/api/warnings/{warning['id']}{query}"))["warning"]

    def listed(self, query: str = "", who: str = DUTY) -> Any:
        return _held_to("warnings", self.house.ask(who, "GET", f"/api/warnings{query}"))["warnings"]

    def briefing(self, warning: Any, who: str = DUTY, query: str = "") -> Any:
        answer = self.house.ask(who, "GET", f"/api/warnings/{warning['id']}/briefing{query}")
        return _held_to("warning_briefing", answer)

    def deliveries(self, warning: Any, who: str = DUTY) -> Any:
        return _held_to("warning_deliveries", self.house.ask(who, "GET", f"/api/warnings/{warning['id']}/deliveries"))

    def product(self, warning: Any, version: int, name: str, who: str = DUTY, query: str = "") -> TestResponse:
        return self.house.ask(who, "GET", f"/api/warnings/{warning['id']}/versions/{version}/{name}{query}")


def build_headquarters(folder: Path, **environment: str) -> Headquarters:
    return Headquarters(build_house(folder, both_counties(), **environment))


def fields_of(answer: TestResponse) -> set[str]:
    """Return the fields that a refusal names."""
    assert answer.status_code == 422, answer.get_data(as_text=True)
    return {item["field"] for item in error_of(answer)["problems"]}


def _held_to(schema: str, answer: TestResponse) -> Any:
    assert answer.status_code in {200, 201}, answer.get_data(as_text=True)
    document = answer.get_json()
    _validator(schema).validate(document)
    return document


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(SCHEMAS[name]())


__all__ = ["HIDDEN_ID", "HIDDEN_NAME", "after", "error_of", "fact"]
