"""The page's shell, its files, and the local base map."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webmap.app import create_app
from webmap.settings import Settings

CONTENT = bytes(range(256)) * 8


@pytest.fixture
def with_basemap(district_url: str, tmp_path: Path) -> Iterator[Flask]:
    file = tmp_path / "底图 城区.pmtiles"
    file.write_bytes(CONTENT)
    environment = {
        "DATABASE_URL": district_url,
        "WEBMAP_HOME": str(tmp_path),
        "WEBMAP_PUBLIC_PICTURE": "on",
        "WEBMAP_BASEMAP_PMTILES": str(file),
        "WEBMAP_BASEMAP_ATTRIBUTION": "© 测绘",
    }
    app = create_app(Settings.from_environment(environment))
    yield app
    app.extensions["webmap"].runtime.store.engine.dispose()


@pytest.mark.parametrize(
    ("query", "language"), [("", "zh"), ("?lang=zh", "zh"), ("?lang=en", "en"), ("?lang=xx", "zh")]
)
def test_the_page_names_its_language_and_its_files(client: FlaskClient, query: str, language: str) -> None:
    answer = client.get(f"/{query}")
    assert answer.status_code == 200
    page = answer.get_data(as_text=True)
    assert re.search(rf'<html[^>]*\blang="{language}', page)
    for kind in ("js", "css"):
        address = re.search(rf"/static/gen/main-[0-9a-f]+\.{kind}", page)
        assert address
        assert client.get(address.group(), buffered=True).status_code == 200


def test_the_chosen_language_stays(client: FlaskClient) -> None:
    client.get("/?lang=en")
    assert 'lang="en' in client.get("/").get_data(as_text=True)
    client.get("/?lang=zh")
    assert 'lang="en' not in client.get("/", headers={"Accept-Language": "en"}).get_data(as_text=True)


def test_the_page_runs_no_inline_script_or_style(client: FlaskClient) -> None:
    """The policy forbids them: they would be dead weight at best."""
    page = client.get("/").get_data(as_text=True)
    for attributes, content in re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL):
        assert "src=" in attributes or 'type="application/json"' in attributes, content[:80]
    assert "<style" not in page
    assert not re.search(r"<[^>]+\s(style|on\w+)=", page)


def test_nothing_on_the_page_comes_from_elsewhere(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//""", page)


def test_hashed_files_are_kept_for_ever_and_others_are_not(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    address = re.search(r"/static/gen/main-[0-9a-f]+\.js", page)
    assert address
    script = client.get(address.group(), headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert "immutable" in script.headers["Cache-Control"]
    assert len(gzip.decompress(script.get_data())) > len(script.get_data())
    assert "immutable" not in client.get("/static/gen/main-00000000.js").headers.get("Cache-Control", "")
    assert "no-cache" in client.get("/").headers["Cache-Control"]


def test_a_local_base_map_is_read_in_ranges(with_basemap: Flask) -> None:
    client = with_basemap.test_client()
    basemap = client.get("/api/catalog").get_json()["basemap"]
    assert (basemap["kind"], basemap["attribution"]) == ("pmtiles", "© 测绘")
    part = client.get(basemap["url"], headers={"Range": "bytes=16-31"}, buffered=True)
    assert (part.status_code, part.get_data()) == (206, CONTENT[16:32])
    assert part.headers["Content-Range"] == f"bytes 16-31/{len(CONTENT)}"
    assert part.headers["ETag"]
    whole = client.get(basemap["url"], buffered=True)
    assert whole.get_data() == CONTENT
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert client.get(basemap["url"], headers={"Range": "bytes=99999-"}).status_code == 416


@pytest.mark.parametrize("name", ["other.pmtiles", "..%2fsecret_key", "secret_key"])
def test_no_other_file_of_the_folder_is_served(with_basemap: Flask, name: str) -> None:
    assert with_basemap.test_client().get(f"/basemap/{name}").status_code == 404


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize(
    "path",
    [
        "/static/src/main.js",
        "/static/gen/manifest.json",
        "/static/gen/main-x/../../src/main.js",
        "/static/gen/../src/main.js",
        "/static/gen/main-0%2f..%2f..%2fsrc%2fmain.js",
        "/static/src/main-00000000.js",
    ],
)
def test_of_the_static_folder_the_bundles_alone_are_served(client: FlaskClient, path: str, encoding: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": encoding}, buffered=True)
    assert answer.status_code == 404
    assert "immutable" not in answer.headers.get("Cache-Control", "")
