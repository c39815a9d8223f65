"""Files of what is seen."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.conftest import Open, Substation
from tests.browser.user import link, settle


def _download(page: Page, key: str) -> tuple[str, bytes]:
    page.get_by_role("button", name="导出").click()
    with page.expect_download() as waiting:
        page.locator(f"[data-export='{key}']").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_tables_open_in_a_spreadsheet_and_say_that_they_are_a_sample(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}"))
    settle(page)
    for table in ("ranking", "facilities", "townships"):
        name, content = _download(page, table)
        assert name.endswith(".csv")
        assert content.startswith(b"\xef\xbb\xbf")
        text = content.decode("utf-8-sig")
        assert "示例数据" in text
        rows = list(csv.reader(io.StringIO(text)))
        assert len(rows) > len(substation.assessment[table])


def test_the_map_opens_in_a_gis(open_page: Open, substation: Substation) -> None:
    page = open_page(link(f"f={substation.id}", "h=4"))
    settle(page)
    name, content = _download(page, "map")
    assert name.endswith(".geojson")
    collection = json.loads(content)
    assert collection["type"] == "FeatureCollection"
    assert collection["features"]
