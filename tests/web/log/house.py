"""A headquarters over the small district: one person for each role, a clock that tests set, requests by token."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
from flask import Flask
from shapely.geometry import LineString
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from layers.store import open_store
from tests.databases import empty_tables
from tests.web.accounts.browser import app_for
from tests.web.accounts.conftest import add, cheap_passwords
from tests.web.network import small_district
from tests.web.published import hold_to
from webmap.accounts.accounts import Accounts
from webmap.accounts.roles import GRANTABLE, Role
from webmap.storage.engine import open_engine

START = datetime.fromisoformat("2026-01-12T08:00:00+08:00")
PLAN, OTHER_PLAN = "energy-chengqu", "heating-zezhou"
ROAD = "road-1"


def after(minutes: float) -> str:
    """Return the moment so many minutes after the start, as people send it."""
    return (START + timedelta(minutes=minutes)).isoformat()


def fact(kind: str, minutes: float, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "happened_at": after(minutes), **fields}


def district() -> dict[str, pd.DataFrame]:
    """The small district with a road."""
    origin = {"provenance": "synthetic", "source": "test"}
    shape = LineString([(112.8, 35.5), (112.9, 35.5)])
    road = {**origin, "id": ROAD, "name": "泽州路", "speed_kph": 40.0, "closed": False, "geometry": shape}
    return {**small_district(), "roads": gpd.GeoDataFrame([road], geometry="geometry", crs="EPSG:4490")}


@dataclass
class House:
    """Asks the application as somebody of a role, by an API token."""

    app: Flask
    accounts: Accounts
    engine: Engine
    now: datetime = START + timedelta(hours=1)
    tokens: dict[str, str] = field(default_factory=dict)

    def ask(self, who: str, method: str, path: str, **options: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return self.app.test_client().open(path, method=method, headers=headers, **options)

    def get(self, path: str, who: str = Role.DUTY_OFFICER) -> Any:
        answer = self.ask(who, "GET", path)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return answer.get_json()

    def open(self, *facts: dict[str, Any], who: str = Role.DUTY_OFFICER, **body: Any) -> TestResponse:
        """Ask for an incident with a report and further facts."""
        told = {"plan": PLAN, "name": "东站停电", "drill": False, **body}
        told.setdefault("facts", [fact("reported", 0, text="东站停电"), *facts])
        return self.ask(who, "POST", "/api/incidents", json=told)

    def opened(self, *facts: dict[str, Any], **body: Any) -> str:
        """Open an incident and return its id."""
        answer = self.open(*facts, **body)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return str(answer.get_json()["incident"]["id"])

    def write(self, incident: str, *facts: dict[str, Any], who: str = Role.DUTY_OFFICER, **body: Any) -> TestResponse:
        return self.ask(who, "POST", f"/api/incidents/{incident}/entries", json={"facts": list(facts), **body})

    def written(self, incident: str, *facts: dict[str, Any], who: str = Role.DUTY_OFFICER, **body: Any) -> Any:
        """Write facts that are accepted; returns the answer's document."""
        answer = self.write(incident, *facts, who=who, **body)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        return answer.get_json()

    def view(self, incident: str, query: str = "", who: str = Role.DUTY_OFFICER) -> Any:
        """Return an incident as somebody sees it; every answer is held to the published schema."""
        return _held_to("incident_view", self.get(f"/api/incidents/{incident}{query}", who))

    def entries(
        self, incident: str, after_number: int = 0, who: str = Role.DUTY_OFFICER, known: int | None = None
    ) -> Any:
        """Return entries as somebody sees them, held to the published schema."""
        query = f"after={after_number}" + ("" if known is None else f"&known={known}")
        return _held_to("log_entries", self.get(f"/api/incidents/{incident}/entries?{query}", who))

    def listed(self, which: str = "all", who: str = Role.DUTY_OFFICER) -> Any:
        """Return the incidents that somebody sees, held to the published schema."""
        return _held_to("incidents", self.get(f"/api/incidents?which={which}", who))["incidents"]

    def join(self, name: str, *roles: Role, plan: str = "") -> str:
        """Give somebody an account and a token; returns the name to ask by."""
        person = add(self.accounts, name, *roles, plan=plan, password=None)
        self.tokens[name] = self.accounts.tokens.make(person.id, "test", self.accounts.clock(), by="test")[1]
        return name


def build_house(folder: Path, frames: dict[str, pd.DataFrame] | None = None, **environment: str) -> House:
    """Return a headquarters over a district with the people of all roles, each asked for by the role's name."""
    url = empty_tables(folder / "webmap.sqlite")
    engine = open_engine(url)
    store = open_store(url)
    store.replace(district() if frames is None else frames, note="small district")
    store.engine.dispose()
    accounts = Accounts(engine, passwords=cheap_passwords())
    house = House(app_for(engine, accounts, folder, **environment), accounts, engine)
    for role in GRANTABLE:
        house.tokens[role] = house.tokens[house.join(role.value.replace("_", "."), role)]
    house.app.extensions["webmap"].journal.clock = lambda: house.now
    return house


def _held_to(schema: str, document: Any) -> Any:
    hold_to(schema, document)
    for entry in document.get("entries", []) if isinstance(document, dict) else []:
        if entry["fact"] is not None:
            hold_to("fact", entry["fact"])
    return document


def error_of(answer: TestResponse) -> Any:
    """Return the error that an answer tells."""
    return answer.get_json()["error"]
