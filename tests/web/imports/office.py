"""A headquarters at which a planner brings files, and a worker that reads them in this very process."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from werkzeug.test import TestResponse

from tests.web.log.house import House
from webmap.accounts.roles import Role
from webmap.imports.child_process import FileReader
from webmap.imports.files import ImportFiles
from webmap.imports.reading import HereReader
from webmap.imports.records import Imports
from webmap.imports.worker import ImportWorker
from webmap.imports.working import Working
from webmap.runtime import Runtime

PLANNER = Role.PLANNER
ROADS = [
    {"编号": "r-1", "道路名称": "泽州路", "限速": 40, "line": [[112.80, 35.50], [112.81, 35.50]]},
    {"编号": "r-2", "道路名称": "凤台街", "限速": 60, "line": [[112.81, 35.50], [112.82, 35.51]]},
]
PLAN = {
    "layer": "roads",
    "table": "道路",
    "mapping": {"id": "编号", "name": "道路名称", "speed_kph": "限速"},
    "constants": {"provenance": "surveyed", "source": "交通局", "closed": False},
    "datum": "EPSG:4490",
    "id_from": "column",
}


def roads_file(roads: list[dict[str, Any]] | None = None) -> bytes:
    """A GeoJSON file of roads, as an office would export it."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "LineString", "coordinates": road["line"]},
            "properties": {name: value for name, value in road.items() if name != "line"},
        }
        for road in (ROADS if roads is None else roads)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


@dataclass
class Office:
    """Brings files as the planner, and has the worker do what waits."""

    house: House
    reader: FileReader = field(default_factory=HereReader)
    worker: ImportWorker = field(init=False)
    files: ImportFiles = field(init=False)

    def __post_init__(self) -> None:
        settings = self.house.app.extensions["webmap"].settings
        self.files = ImportFiles(settings.home, settings.imports)
        self.imports = Imports(self.house.engine)
        self.runtime: Runtime = self.house.app.extensions["webmap"].runtime
        self.worker = ImportWorker(self.imports, Working(self.runtime, self.files, self.reader))

    def post(self, path: str, who: str = PLANNER, **options: Any) -> TestResponse:
        options.setdefault("json", {})
        return self.house.ask(who, "POST", path, **options)

    def bring(self, content: bytes, name: str = "道路.geojson", query: str = "", who: str = PLANNER) -> TestResponse:
        """Upload a file as a raw body."""
        headers = {"Authorization": f"Bearer {self.house.tokens[who]}", "X-File-Name": _percent(name)}
        return self.house.app.test_client().post(
            f"/api/imports{query}", data=content, headers=headers, content_type="application/octet-stream"
        )

    def inspected(self, content: bytes | None = None, name: str = "道路.geojson", query: str = "") -> str:
        """Upload a file and have it looked at; returns the import's id."""
        answer = self.bring(roads_file() if content is None else content, name, query)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        self.worker.work_off()
        return str(answer.get_json()["id"])

    def checked(self, plan: dict[str, Any] | None = None, content: bytes | None = None, **options: Any) -> str:
        """Upload a file and have it checked by a plan; returns the import's id."""
        item = self.inspected(content, **options)
        answer = self.post(f"/api/imports/{item}/check", json={"plan": plan or PLAN})
        assert answer.status_code == 202, answer.get_data(as_text=True)
        self.worker.work_off()
        assert self.shown(item)["state"] == "checked", self.shown(item)["failure"]
        return item

    def commit(self, item: str, **body: Any) -> TestResponse:
        return self.post(f"/api/imports/{item}/commit", json=body)

    def shown(self, item: str, query: str = "") -> Any:
        return self.house.get(f"/api/imports/{item}{query}", PLANNER)

    def saved(self, path: str) -> bytes:
        """A file that the planner downloads."""
        answer = self.house.ask(PLANNER, "GET", path)
        assert answer.status_code == 200
        content = answer.get_data()
        answer.close()
        return content

    def version(self) -> str:
        return self.runtime.store.data_version()

    def left(self) -> list[Path]:
        """Whatever lies in the folder of imports."""
        return [path for path in self.files.folder.rglob("*") if path.is_file()] if self.files.folder.is_dir() else []


def _percent(name: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(name)
