"""The bundles: built by esbuild from a folder of sources, rebuilt when these change, never mixed up."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
import webassets
from flask import Flask
from webassets.cache import MemoryCache

from webmap.assets import KINDS, AssetsUnavailable, EsbuildFilter, PageAssets, esbuild_program


@pytest.fixture
def static(tmp_path: Path) -> Path:
    sources = tmp_path / "static" / "src"
    sources.mkdir(parents=True)
    (sources / "main.js").write_text(
        'import "./look.css";\nimport icon from "./icon.svg";\nimport { greet } from "./greet.js";\ngreet(icon);\n'
    )
    (sources / "greet.js").write_text('export function greet(icon) { document.title = "你好" + icon; }\n')
    (sources / "icon.svg").write_text("<svg><path/></svg>")
    (sources / "sign_in.js").write_text('document.title = "登录";\n')
    (sources / "map" / "report").mkdir(parents=True)
    (sources / "map" / "report" / "main.js").write_text('import "./report.css";\ndocument.title = "报告";\n')
    (sources / "map" / "report" / "report.css").write_text(".third { color: #abcdef }\n")
    (sources / "field").mkdir()
    (sources / "field" / "main.js").write_text('import "./field.css";\ndocument.title = "现场";\n')
    (sources / "field" / "field.css").write_text(".fourth { color: #abcabc }\n")
    (sources / "field" / "worker.js").write_text("self.addEventListener('fetch', () => {});\n")
    (sources / "look.css").write_text(".first { color: #123456 }\n")
    (sources / "main.css").write_text(".second { color: #654321 }\n")
    return tmp_path / "static"


def page_assets(static: Path) -> PageAssets:
    return PageAssets(Flask("webmap", static_folder=str(static)))


def built(static: Path) -> dict[str, str]:
    return {path.suffix: path.read_text(encoding="utf-8") for path in (static / "gen").glob("main-*")}


def generated(static: Path) -> set[Path]:
    return {path for stem in ("main", "sign_in", "report", "field*") for path in (static / "gen").glob(f"{stem}-*")}


def test_one_script_and_one_style_sheet_are_built_and_the_script_of_the_sign_in_page(static: Path) -> None:
    written = page_assets(static).build()
    assert sorted(path.suffix for path in written) == [".css"] * 3 + [".js"] * 5
    (sign_in,) = (static / "gen").glob("sign_in-*.js")
    assert "登录" in sign_in.read_text(encoding="utf-8")
    files = built(static)
    assert "你好" in files[".js"]
    assert "<svg><path/></svg>" in files[".js"]
    # What modules import comes first, so that the page's own rules win.
    assert re.search(r"first.*second", files[".css"], re.DOTALL)
    assert "document" not in files[".css"]


def test_the_map_to_take_away_has_a_script_and_a_style_sheet_of_its_own(static: Path) -> None:
    assets = page_assets(static)
    assert "报告" in assets.text("report_js")
    assert "third" in assets.text("report_css")
    page = built(static)
    assert "报告" not in page[".js"]
    assert "third" not in page[".css"]


def test_the_page_of_the_field_has_a_script_and_a_style_sheet_of_its_own_and_a_worker(static: Path) -> None:
    assets = page_assets(static)
    assert "现场" in assets.text("field_js")
    assert "fourth" in assets.text("field_css")
    assert "fetch" in assets.text("field_worker")
    page = built(static)
    assert "现场" not in page[".js"]
    assert "fourth" not in page[".css"]


def test_a_second_build_does_nothing_until_a_source_changes(static: Path) -> None:
    assets = page_assets(static)
    assert assets.build()
    assert assets.build() == []
    before = {path.name for path in generated(static)}
    later = max(path.stat().st_mtime for path in generated(static)) + 5
    (static / "src" / "greet.js").write_text('export function greet() { document.title = "再见"; }\n')
    os.utime(static / "src" / "greet.js", (later, later))
    assert assets.build()
    after = {path.name for path in generated(static)}
    assert before != after
    assert len(after) == 8, "files of the old build are removed"
    assert "再见" in built(static)[".js"]


def test_a_new_process_takes_what_is_built(static: Path) -> None:
    page_assets(static).build()
    assert page_assets(static).build() == []


def test_addresses_carry_the_hash_of_the_content(static: Path) -> None:
    app = Flask("webmap", static_folder=str(static))
    with app.test_request_context():
        urls = PageAssets(app).urls()
    assert re.fullmatch(r"/static/gen/main-[0-9a-f]{8}\.js", urls.js_url)
    assert re.fullmatch(r"/static/gen/main-[0-9a-f]{8}\.css", urls.css_url)
    assert re.fullmatch(r"/static/gen/sign_in-[0-9a-f]{8}\.js", urls.sign_in_url)
    assert re.fullmatch(r"/static/gen/field-[0-9a-f]{8}\.js", urls.field_js_url)
    assert re.fullmatch(r"/static/gen/field-[0-9a-f]{8}\.css", urls.field_css_url)


def test_a_cache_cannot_serve_the_style_sheet_as_the_script(static: Path) -> None:
    sources = static / "src"
    names = {kind: EsbuildFilter(kind, sources).id() for kind in KINDS}
    assert len(set(names.values())) == len(KINDS)
    (sources / "greet.js").write_text("export const greet = () => 1;\n")
    assert EsbuildFilter("js", sources).id() != names["js"]


def test_bundles_differ_with_a_cache_switched_on(static: Path) -> None:
    environment = webassets.Environment(str(static), "/static", cache=MemoryCache(100))
    for kind in KINDS:
        entry = str(static / "src" / "main.js")
        bundle = webassets.Bundle(entry, filters=EsbuildFilter(kind, static / "src"), output=f"cached.{kind}")
        environment.register(kind, bundle)
        environment[kind].build()
    assert "你好" in (static / "cached.js").read_text(encoding="utf-8")
    assert "color:" in (static / "cached.css").read_text(encoding="utf-8")


def test_a_mistake_in_a_source_is_shown_with_its_place(static: Path) -> None:
    (static / "src" / "greet.js").write_text("export function greet( {\n")
    with pytest.raises(AssetsUnavailable, match=r"greet\.js:\d"):
        page_assets(static).build()


def test_missing_sources_are_named(tmp_path: Path) -> None:
    with pytest.raises(AssetsUnavailable, match=r"main\.js"):
        page_assets(tmp_path / "static").build()


def test_built_files_are_enough_where_esbuild_is_not_installed(static: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page_assets(static).build()
    monkeypatch.setattr("webmap.assets.esbuild_program", lambda: None)
    later = max(path.stat().st_mtime for path in generated(static)) + 5
    os.utime(static / "src" / "main.js", (later, later))
    assert page_assets(static).build() == []
    (static / "gen" / "manifest.json").unlink()
    with pytest.raises(AssetsUnavailable, match="make run"):
        page_assets(static).build()


def test_esbuild_needs_no_node() -> None:
    program = esbuild_program()
    assert program is not None
    assert "esbuild" in program.name
    assert program.read_bytes()[:2] != b"#!"
