"""Layers as files over HTTP and from the command line: who sees what, and that each file can be imported again."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from layers.catalog import CATALOG
from layers.exporting.formats import FORMATS
from layers.importing.source import open_source
from tests.cli.test_cli import failed, webmap
from tests.web.network import FORMULA_NAME, HIDDEN_ID, HIDDEN_NAME


@pytest.mark.parametrize("format_", list(FORMATS))
def test_a_layer_is_a_file_that_can_be_imported(client: FlaskClient, tmp_path: Path, format_: str) -> None:
    response = client.get(f"/api/layers/facilities/export?format={format_}")
    assert response.status_code == 200
    named = response.headers["Content-Disposition"]
    assert f'filename="facilities{FORMATS[format_].ending}"' in named
    assert "%E7%A4%BA%E4%BE%8B%E6%95%B0%E6%8D%AE" in named, "made-up data is called so in the name"
    path = tmp_path / f"facilities{FORMATS[format_].ending}"
    path.write_bytes(response.data)
    table = open_source(path, tmp_path / "work").tables[0]
    assert FORMULA_NAME in table.samples["name"]
    assert HIDDEN_ID not in table.samples["id"] and HIDDEN_NAME.encode() not in response.data
    assert set(CATALOG["facilities"].columns) <= set(table.columns)


def test_what_is_not_exported_is_refused_in_words(client: FlaskClient) -> None:
    refused = client.get("/api/layers/contacts/export")
    assert refused.status_code == 403 and refused.get_json()["error"]["code"] == "personal_layer"
    assert client.get("/api/layers/nothing/export").status_code == 404
    assert client.get("/api/layers/roads/export?format=dwg").status_code == 400


def test_the_command_writes_what_the_file_is_called(district_url: str, tmp_path: Path) -> None:
    for options, hidden in (([], False), (["--include-restricted"], True)):
        done = webmap("export-layer", "facilities", "单位.csv", *options, home=tmp_path, DATABASE_URL=district_url)
        assert done.returncode == 0, done.stderr
        text = (tmp_path / "单位.csv").read_bytes().decode("utf-8-sig")
        assert (HIDDEN_ID in text) is hidden and "示例数据" in text
    assert "个人" in failed(webmap("export-layer", "contacts", "a.csv", home=tmp_path, DATABASE_URL=district_url), 2)
    assert not (tmp_path / "a.csv").exists()
