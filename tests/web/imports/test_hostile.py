"""Files and requests that mean harm: refused, the server alive, nothing half written."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from tests.web.imports.office import PLANNER, Office, roads_file
from tests.web.log.house import error_of
from webmap.imports.child_process import ChildReader
from webmap.imports.failures import WorkCancelled, WorkFailed
from webmap.imports.files import ImportFiles, kept_name
from webmap.imports.task import Bounds, Task

_GB = 2**30


class Endless(io.RawIOBase):
    """A body without end that counts what was taken of it."""

    def __init__(self) -> None:
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self.taken += len(buffer)
        buffer[:] = b"x" * len(buffer)
        return len(buffer)


def send(office: Office, body: IO[bytes], length: int | None, content_type: str = "application/octet-stream") -> Any:
    """Send a body whose head says another length, or none."""
    environ: dict[str, Any] = {"wsgi.input": body, "wsgi.input_terminated": length is None}
    headers = {"Authorization": f"Bearer {office.house.tokens[PLANNER]}", "X-File-Name": "a.geojson"}
    if length is not None:
        environ["CONTENT_LENGTH"] = str(length)
    return office.house.app.test_client().post(
        "/api/imports", headers=headers, content_type=content_type, environ_overrides=environ
    )


@pytest.mark.parametrize("content_type", ["application/octet-stream", "multipart/form-data; boundary=x"])
def test_two_gigabytes_are_refused_by_the_head_alone(office: Office, content_type: str) -> None:
    body = Endless()
    answer = send(office, body, 2 * _GB, content_type)  # type: ignore[arg-type]
    assert (answer.status_code, error_of(answer)["code"]) == (413, "file_too_large")
    assert body.taken == 0
    assert office.left() == []


def test_a_body_that_does_not_say_its_length_is_cut_at_the_limit(office: Office) -> None:
    body = Endless()
    answer = send(office, body, None)  # type: ignore[arg-type]
    assert (answer.status_code, error_of(answer)["code"]) == (413, "file_too_large")
    assert body.taken < 3 * 2**20
    assert office.left() == []
    assert office.house.get("/api/imports", PLANNER)["imports"] == []


def test_a_form_with_a_file_is_taken_and_other_bodies_are_refused(office: Office) -> None:
    form = {"file": (io.BytesIO(roads_file()), "../../道路.geojson")}
    answer = office.post("/api/imports", json=None, data=form, content_type="multipart/form-data")
    assert answer.status_code == 201
    assert answer.get_json()["file"]["name"] == "道路.geojson"
    for told, status, code in (
        ({"data": b"{}", "content_type": "application/json"}, 415, "unsupported_media_type"),
        ({"data": b"", "content_type": "application/octet-stream"}, 422, "no_file"),
        ({"data": {"other": "x"}, "content_type": "multipart/form-data"}, 422, "no_file"),
        ({"data": {"file": (io.BytesIO(b""), "a.csv")}, "content_type": "multipart/form-data"}, 422, "no_file"),
    ):
        refused = office.post("/api/imports", json=None, **told)
        assert (refused.status_code, error_of(refused)["code"]) == (status, code)
    two = {"file": [(io.BytesIO(b"a"), "a.csv"), (io.BytesIO(b"b"), "b.csv")]}
    assert office.post("/api/imports", json=None, data=two, content_type="multipart/form-data").status_code == 422
    assert len(office.left()) == 1


def test_a_full_disk_is_told_and_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webmap.imports.files._free_bytes", lambda _: 0)
    monkeypatch.setattr(ImportFiles, "free_bytes", lambda _self: 0)
    answer = office.bring(roads_file())
    assert (answer.status_code, error_of(answer)["code"]) == (507, "disk_full")
    assert office.left() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\data\\管线.ZIP", "管线.ZIP"),
        ("a\x00\n.csv", "a.csv"),
        ("...", "upload"),
        ("", "upload"),
        ("é" * 300 + ".geojson", "é" * 86 + ".geojson"),
        ("x.tar/..", "upload"),
        ("-rf.csv", "-rf.csv"),
    ],
)
def test_the_name_of_a_file_leads_nowhere(given: str, kept: str) -> None:
    assert kept_name(given) == kept
    assert Path(kept_name(given)).name == kept


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", b" " * (200 * 2**20))
    return packed.getvalue()


_ENTITIES = b'<?xml version="1.0"?><!DOCTYPE k [<!ENTITY a "b">]><kml xmlns="http://www.opengis.net/kml/2.2">&a;</kml>'


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.zip", bomb, "zip_bomb"),
        ("a.kml", lambda: _ENTITIES, "xml_entities"),
        ("a.shp.zip", lambda: b"PK\x03\x04nonsense", "truncated"),
        ("a.geojson", lambda: roads_file()[:-2], "broken_json"),
    ],
)
def test_a_file_that_means_harm_fails_with_a_reason_in_both_languages(
    office: Office, name: str, content: Any, code: str
) -> None:
    item = office.inspected(content(), name)
    shown, english = office.shown(item), office.shown(item, "?lang=en")
    assert (shown["state"], shown["failure"]["code"]) == ("failed", code)
    assert shown["failure"]["remedy"] != english["failure"]["remedy"]
    assert office.house.get("/api/catalog", PLANNER)


# --- the process that reads ---


@pytest.fixture
def task(tmp_path: Path) -> Iterator[tuple[Task, Path]]:
    path, work = tmp_path / "道路.geojson", tmp_path / "work"
    path.write_bytes(roads_file())
    work.mkdir()
    yield Task("inspect", str(path), Bounds(4 * _GB, 60, _GB), layer="roads"), work


def children() -> set[int]:
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == os.getpid():
            found.add(int(path.parent.name))
    return found


def test_a_process_of_its_own_reads_what_this_one_would(office: Office, task: tuple[Task, Path]) -> None:
    current = office.runtime.snapshot().frames
    steps: list[str] = []
    found = ChildReader().run(task[0], current, task[1], lambda step, *_: steps.append(step), lambda: False)
    here = office.reader.run(task[0], current, task[1] / "here", lambda *_: None, lambda: False)
    assert found == here
    assert steps[0] == "opening"
    assert not (task[1] / "current.pickle").exists()


def test_the_process_is_gone_as_soon_as_somebody_cancels(office: Office, task: tuple[Task, Path]) -> None:
    before, began = children(), time.monotonic()
    with pytest.raises(WorkCancelled):
        ChildReader().run(task[0], office.runtime.snapshot().frames, task[1], lambda *_: None, lambda: True)
    assert children() <= before
    assert time.monotonic() - began < 5


def test_the_process_takes_no_more_memory_than_it_may(office: Office, task: tuple[Task, Path]) -> None:
    tight = Task("inspect", task[0].path, Bounds(300 * 2**20, 60, _GB), layer="roads")
    with pytest.raises(WorkFailed) as failed:
        ChildReader().run(tight, office.runtime.snapshot().frames, task[1], lambda *_: None, lambda: False)
    assert failed.value.document["code"] in {"out_of_memory", "reader_died"}
