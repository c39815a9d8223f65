"""Drills over HTTP with a clock of the test's own: what is due is taken when the test lets the worker turn."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from werkzeug.test import TestResponse

from tests.web.drills.scripts import Clock
from tests.web.log.house import House
from tests.web.published import hold_to
from webmap.accounts.roles import Role
from webmap.drills.rooms import DrillRooms


@dataclass
class Stage:
    """A headquarters whose drills go by a clock that is put forward."""

    house: House
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.rooms.runs.clock = self.rooms.worker.claims.clock = self.clock
        self.house.app.extensions["webmap"].journal.clock = self.clock

    @property
    def rooms(self) -> DrillRooms:
        rooms: DrillRooms = self.house.app.extensions["webmap"].drills
        return rooms

    def ask_to_begin(self, who: str = Role.DUTY_OFFICER, **body: Any) -> TestResponse:
        told = {"script": "short", "begins_at": "2026-01-12T20:00:00+08:00", **body}
        return self.house.ask(who, "POST", "/api/drills", json=told)

    def begun(self, **body: Any) -> str:
        answer = self.ask_to_begin(**body)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        self.rooms.worker.turn()
        return str(held(answer.get_json())["incident"])

    def change(self, incident: str, change: str, who: str = Role.DUTY_OFFICER, **body: Any) -> TestResponse:
        return self.house.ask(who, "POST", f"/api/drills/{incident}/{change}", json=body)

    def drill(self, incident: str, who: str = Role.DUTY_OFFICER, lang: str = "zh") -> Any:
        return held(self.house.get(f"/api/drills/{incident}?lang={lang}", who))

    def turn(self, seconds: float = 0) -> None:
        """Let so much time go by and everything that is due be taken."""
        self.clock.forward(seconds)
        while self.rooms.worker.turn() < 0.05:
            pass

    def kinds(self, incident: str) -> list[str]:
        return [entry["kind"] for entry in self.house.entries(incident)["entries"]]


def held(document: Any) -> Any:
    """Return the drill of an answer, which is held to the published schema."""
    hold_to("drill", document)
    return document["drill"]
