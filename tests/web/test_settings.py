from __future__ import annotations

import stat
from pathlib import Path

import pytest

from webmap.security import content_security_policy
from webmap.settings import InvalidSettings, Settings


def settings(**environment: str) -> Settings:
    return Settings.from_environment(environment)


def test_without_any_variable_the_state_lies_in_the_checkout() -> None:
    found = settings()
    assert found.home.name == "instance"
    assert found.database_url == f"sqlite:///{found.home / 'webmap.sqlite'}"
    assert (found.server.host, found.server.port) == ("127.0.0.1", 8000)
    assert found.basemap is None


def test_home_moves_the_default_database(tmp_path: Path) -> None:
    found = settings(WEBMAP_HOME=str(tmp_path))
    assert found.sqlite_path == tmp_path / "webmap.sqlite"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_addresses_use_the_driver_that_is_installed(scheme: str) -> None:
    found = settings(DATABASE_URL=f"{scheme}://user:pw@db/gis")
    assert found.database_url == "postgresql+psycopg://user:pw@db/gis"
    assert found.sqlite_path is None


@pytest.mark.parametrize("port", ["0", "65536", "80a", "-1", "٣", "8.0"])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(InvalidSettings) as failure:
        settings(PORT=port)
    assert failure.value.name == "PORT"


def test_the_signing_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    first = settings(WEBMAP_HOME=str(tmp_path / "new")).signing_key()
    again = settings(WEBMAP_HOME=str(tmp_path / "new")).signing_key()
    assert first == again
    assert len(first) == 64
    assert stat.S_IMODE((tmp_path / "new" / "secret_key").stat().st_mode) == 0o600
    given = {"WEBMAP_HOME": str(tmp_path), "SECRET_KEY": "given"}
    assert Settings.from_environment(given).signing_key() == "given"


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://tiles.example.org/wmts?x={x}", "https://tiles.example.org"),
        ("https://t{s}.tianditu.gov.cn/vec_w/wmts?tk=KEY", "https://*.tianditu.gov.cn"),
        ("http://10.0.0.5:8080/{z}/{y}/{x}.png", "http://10.0.0.5:8080"),
    ],
)
def test_the_page_may_load_tiles_from_the_base_maps_host_alone(url: str, source: str) -> None:
    basemap = settings(WEBMAP_BASEMAP_WMTS_URL=url, WEBMAP_BASEMAP_ATTRIBUTION="天地图").basemap
    assert basemap is not None
    assert (basemap.kind, basemap.url, basemap.attribution) == ("wmts", url, "天地图")
    policy = content_security_policy(basemap)
    assert f"img-src 'self' data: blob: {source};" in policy
    assert f"connect-src 'self' {source};" in policy


@pytest.mark.parametrize(
    "url", ["tiles.example.org", "ftp://host/x", "https://a;script-src *", "https://a b/", "https://"]
)
def test_a_tile_address_that_could_widen_the_policy_is_refused(url: str) -> None:
    with pytest.raises(InvalidSettings) as failure:
        settings(WEBMAP_BASEMAP_WMTS_URL=url)
    assert failure.value.name == "WEBMAP_BASEMAP_WMTS_URL"


def test_a_missing_pmtiles_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidSettings, match=r"nowhere\.pmtiles"):
        settings(WEBMAP_BASEMAP_PMTILES=str(tmp_path / "nowhere.pmtiles"))
