"""A district's own data, from an empty database on: loaded in steps, seen before it is written, taken back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server
from tests.browser.screens import Screens, Signing, loaded

WEST, SOUTH, SIDE = 112.5, 35.2, 0.2


@pytest.fixture
def screens(browser: Browser, beginning: Server) -> Iterator[Screens]:
    with Screens(Signing(browser, beginning)) as screens:
        yield screens


def square(number: int, code: str, name: str) -> dict[str, Any]:
    west = WEST + number * SIDE
    ring = [(west, SOUTH), (west + SIDE, SOUTH), (west + SIDE, SOUTH + SIDE), (west, SOUTH + SIDE), (west, SOUTH)]
    shape = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "geometry": shape, "properties": {"区划代码": code, "名称": name, "类型": "县"}}


def written(path: Path, *features: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def fill(page: Page) -> None:
    """Say what no file says: where the records come from, how good they are."""
    page.locator("#import-column-boundary_quality").select_option("=")
    page.locator("#import-column-boundary_quality-value").select_option("good")
    page.locator("#import-constant-provenance").select_option("surveyed")
    page.locator("#import-constant-source").fill("勘界成果 2025")
    page.locator("#import-constant-source").press("Tab")


def put_in(page: Page, path: Path) -> None:
    """Send a file, confirm what was recognised, and wait until it is checked."""
    page.locator("[data-import-file]").set_input_files(path)
    expect(page.locator("[data-import-answer]")).to_contain_text("识别为「县（区）界」")
    # What is still missing is led to, and nothing is asked of the server.
    page.locator("[data-import-check]").click()
    expect(page.locator("#import-constant-provenance")).to_be_focused()
    expect(page.locator("#import-column-boundary_quality option:checked")).to_have_text("— 没有填：按“较差”")
    # A code that is there twice was not taken for the id: a person knows better.
    page.locator("#import-column-id").select_option("c区划代码")
    fill(page)
    page.locator("[data-import-check]").press("Enter")
    expect(page.locator(".import-preview [data-import-writing]")).to_be_visible()


def write(page: Page, sentence: str) -> None:
    page.locator("[data-import-step='commit']").click()
    expect(page.locator(".import-commit [data-import-writing]")).to_have_text(sentence)
    # The page begins anew with the new data, where it was.
    with page.expect_event("load"):
        page.locator("[data-import-commit]").click()
    expect(page.locator("[data-import-done]")).to_contain_text("已入库")
    loaded(page)


def layer_count(page: Page) -> str:
    page.locator("[data-data-tab='layers']").click()
    return page.locator("[data-layer='counties'] .facts").inner_text()


def test_a_file_becomes_a_layer_is_corrected_by_another_and_taken_back(screens: Screens, tmp_path: Path) -> None:
    observer = screens.open("zhou")
    expect(observer.locator("#first-step")).to_contain_text("请规划员登录")
    page = screens.open("sun")
    expect(page.locator("#data-panel [data-load-start]")).to_contain_text("已装入 0 / 6")
    page.locator("[data-load-state='next'] button").click()
    expect(page.locator(".import-wanted")).to_contain_text("县（区）界")
    put_in(page, written(tmp_path / "县界.geojson", square(0, "140502", "城区"), square(1, "140525", "泽州县")))
    # Whoever leaves and comes back finds it where it was, as others do.
    page.reload()
    loaded(page)
    expect(page.locator("[data-figure='added'] strong")).to_have_text("2")
    write(page, "将写入县（区）界 2 条，全部新增；所有行都能入库。")
    assert layer_count(page) == "2 条记录"

    page.locator("[data-layer='counties'] [data-load-layer]").click()
    again = [square(1, "140525", "泽州"), square(2, "140581", "高平市"), square(3, "140581", "高平")]
    put_in(page, written(tmp_path / "更正.geojson", *again))
    page.locator("[data-import-next]:visible").click()
    expect(page.locator("[data-issue='repeated_id']")).to_contain_text("第 3 行")
    with page.expect_download() as download:
        page.locator("[data-rejected='csv']").click()
    assert "高平" in Path(download.value.path()).read_text(encoding="utf-8-sig")
    write(page, "将写入县（区）界 2 条，其中新增 1、更新 1；1 行有错误、不入库。")
    assert layer_count(page) == "3 条记录"

    page.locator("[data-data-tab='import']").click()
    with page.expect_event("load"):
        page.locator("[data-import-undo]").click()
    expect(page.locator("[data-version]").first).to_have_attribute("data-kind", "undo")
    expect(page.locator("[data-version].present")).to_contain_text("恢复旧版本")
    loaded(page)
    page.locator("[data-version]").nth(1).get_by_text("与现在比较").click()
    expect(page.locator("[data-comparison] tbody td")).to_have_text(["—", "1", "1"])
    assert layer_count(page) == "2 条记录"
