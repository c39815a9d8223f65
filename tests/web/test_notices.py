"""Licence notices: of everything in the bundle, and of nothing that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webmap.assets import NOTICES, PageAssets
from webmap.notices import MissingLicence, notices_text, package_folder

ROOT = Path(__file__).resolve().parents[2]


def package(folder: Path, name: str, licence_file: str = "LICENSE", **other: Any) -> Path:
    place = folder / "node_modules" / name
    place.mkdir(parents=True)
    description = {"name": name, "version": "1.2.3", "license": "MIT", **other}
    (place / "package.json").write_text(json.dumps(description), encoding="utf-8")
    (place / "index.js").write_text(f"export const it = {json.dumps(name)};\n", encoding="utf-8")
    if licence_file:
        (place / licence_file).write_text(f"Terms of {name}", encoding="utf-8")
    return place / "index.js"


def headings(text: str) -> list[str]:
    return re.findall(r"^=+\n(.+)\n=+$", text, re.MULTILINE)


def test_each_bundled_package_is_named_once_with_its_version_and_terms(tmp_path: Path) -> None:
    files = [package(tmp_path, "b"), package(tmp_path, "@a/c", "LICENCE.md"), tmp_path / "src" / "main.js"]
    text = notices_text([*files, files[0].parent / "more.js"])
    assert headings(text) == ["@a/c 1.2.3 (MIT)", "b 1.2.3 (MIT)"]
    assert "Terms of b" in text
    assert "Terms of @a/c" in text


def test_what_a_package_is_made_from_is_named_and_types_are_not(tmp_path: Path) -> None:
    outer = package(tmp_path, "outer", dependencies={"inner": "*", "@types/x": "*", "not-installed": "*"})
    package(tmp_path, "@types/x")
    package(tmp_path, "inner", dependencies={"outer": "*"})
    package(outer.parent, "inner", version="9.0.0", dependencies={"outer": "*"})
    package(tmp_path, "unused")
    assert headings(notices_text([outer])) == ["outer 1.2.3 (MIT)", "inner 9.0.0 (MIT)"]


def test_a_package_without_a_copy_of_its_licence_gets_the_licences_text_with_its_author(tmp_path: Path) -> None:
    text = notices_text([package(tmp_path, "tiles", "", license="BSD-3-Clause", author={"name": "Some Body"})])
    assert "Copyright (c) Some Body" in text
    assert "Redistributions in binary form" in text
    with pytest.raises(MissingLicence, match=r"strange 1\.2\.3"):
        notices_text([package(tmp_path, "strange", "", license="Own")])


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("/x/node_modules/a/dist/a.js", "/x/node_modules/a"),
        ("/x/node_modules/a/node_modules/@b/c/i.js", "/x/node_modules/a/node_modules/@b/c"),
        ("/x/src/main.js", None),
    ],
)
def test_a_file_belongs_to_the_innermost_package(path: str, folder: str | None) -> None:
    assert package_folder(Path(path)) == (Path(folder) if folder else None)


def test_only_what_the_script_takes_something_from_is_named(tmp_path: Path) -> None:
    sources = tmp_path / "static" / "src"
    sources.mkdir(parents=True)
    package(tmp_path, "used")
    package(tmp_path, "looked-at", sideEffects=False)
    package(tmp_path, "never")
    main = 'import { it } from "used";\nimport { it as other } from "looked-at";\ndocument.title = it;\n'
    (sources / "main.js").write_text(main, encoding="utf-8")
    assets = PageAssets(Flask("webmap", static_folder=str(tmp_path / "static")))
    assert headings(assets.notices()) == ["used 1.2.3 (MIT)"]
    # A bundle of an older version stands there without its notices: it is built again with them.
    (tmp_path / "static" / "gen" / NOTICES).unlink()
    assert assets.build()
    assert "used 1.2.3" in (tmp_path / "static" / "gen" / NOTICES).read_text(encoding="utf-8")


def test_the_pages_notices_are_served(client: FlaskClient) -> None:
    answer = client.get("/notices")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    found = {heading.rpartition(" ")[0]: heading for heading in headings(answer.get_data(as_text=True))}
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name in ("leaflet", "@geoman-io/leaflet-geoman-free", "protomaps-leaflet", "pmtiles", "polyclip-ts"):
        assert f"{name} {locked[f'node_modules/{name}']['version']}" in found
    for icons in ("@mapbox/maki", "@rapideditor/temaki"):
        assert found[f"{icons} {locked[f'node_modules/{icons}']['version']}"].endswith("(CC0-1.0)")
    assert not {name for name in found if name.startswith(("esbuild", "typescript", "@types/"))}
    assert not [heading for heading in found.values() if re.search(r"\bA?GPL", heading)]
