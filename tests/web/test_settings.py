from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from layers.store import open_store
from webmap.security import content_security_policy
from webmap.settings import InvalidSettings, Settings
from webmap.storage.upgrade import upgrade


def settings(**environment: str) -> Settings:
    return Settings.from_environment(environment)


def test_without_any_variable_the_state_lies_in_the_checkout() -> None:
    found = settings()
    assert found.home.name == "instance"
    assert found.database_url == f"sqlite:///{found.home / 'webmap.sqlite'}"
    assert (found.server.host, found.server.port) == ("127.0.0.1", 8000)
    assert found.basemap is None


def test_who_is_not_signed_in_sees_nothing_unless_set_so() -> None:
    assert settings().access.public_picture is False
    assert settings(WEBMAP_PUBLIC_PICTURE="on").access.public_picture is True
    assert settings().access.warnings_are_public is False
    for name in ("WEBMAP_PUBLIC_WARNINGS", "WEBMAP_PUBLIC_PICTURE"):
        assert settings(**{name: "on"}).access.warnings_are_public is True
    assert settings(WEBMAP_PUBLIC_WARNINGS="on").access.public_picture is False


@pytest.mark.parametrize("given", ["https://map.example.gov.cn", "http://10.0.0.5:8000/", "https://[::1]:8443"])
def test_the_public_address_is_scheme_and_host(given: str) -> None:
    assert settings().access.public_url == ""
    assert settings(WEBMAP_PUBLIC_URL=given).access.public_url == given.removesuffix("/")


@pytest.mark.parametrize(
    "given", ["map.example", "ftp://x", "https://x/path", "https://x?y", "https://a@b", "https://x y"]
)
def test_any_other_public_address_is_refused(given: str) -> None:
    with pytest.raises(InvalidSettings, match="WEBMAP_PUBLIC_URL"):
        settings(WEBMAP_PUBLIC_URL=given)


def test_home_moves_the_default_database(tmp_path: Path) -> None:
    found = settings(WEBMAP_HOME=str(tmp_path))
    assert found.sqlite_path == tmp_path / "webmap.sqlite"


@pytest.mark.parametrize("name", ["城区 100%25", "what?timeout=5", "a#b"])
def test_the_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    found = settings(WEBMAP_HOME=str(tmp_path / name))
    assert found.sqlite_path == tmp_path / name / "webmap.sqlite"
    (tmp_path / name).mkdir()
    store = open_store(found.database_url)
    upgrade(store.engine)
    store.engine.dispose()
    assert found.sqlite_path.is_file()


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_addresses_use_the_driver_that_is_installed(scheme: str) -> None:
    found = settings(DATABASE_URL=f"{scheme}://user:pw@db/gis")
    assert found.database_url == "postgresql+psycopg://user:pw@db/gis"
    assert found.sqlite_path is None


@pytest.mark.parametrize("url", ["postgresql://h:port/x", "postgresql://u:p/w@h:54x2/gis", "postgresql://[::1]:a?b=c"])
def test_a_database_port_that_is_no_number_is_named(url: str) -> None:
    with pytest.raises(InvalidSettings) as failure:
        settings(DATABASE_URL=url)
    assert failure.value.name == "DATABASE_URL"
    assert "p/w" not in str(failure.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p/w:x@h:5432/gis",
        "postgresql://h/a:b",
        "postgresql://[::1]/x",
        "postgresql:///x?host=/run:1",
        "postgresql://h/x?a=b@c:d",
    ],
)
def test_other_colons_in_a_database_address_are_left_alone(url: str) -> None:
    assert settings(DATABASE_URL=url).database_url.endswith(url.removeprefix("postgresql"))


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
    ("url", "path"),
    [
        ("sqlite:////data/x.sqlite", "/data/x.sqlite"),
        ("sqlite+pysqlite:////data/x.sqlite", "/data/x.sqlite"),
        ("sqlite:////data/x.sqlite?timeout=5", "/data/x.sqlite"),
        ("sqlite+pysqlite:///x%20y.sqlite?timeout=5", "x y.sqlite"),
    ],
)
def test_every_way_to_name_an_sqlite_file_is_one(url: str, path: str) -> None:
    found = settings(DATABASE_URL=url)
    assert found.is_sqlite
    assert found.sqlite_path == Path(path)


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite+pysqlite:///:memory:?x=1"])
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(InvalidSettings, match="memory") as failure:
        settings(DATABASE_URL=url)
    assert failure.value.name == "DATABASE_URL"


@pytest.mark.parametrize("content", ["", "\n"])
def test_an_empty_key_file_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "secret_key").write_text(content)
    with pytest.raises(InvalidSettings, match="secret_key") as failure:
        settings(WEBMAP_HOME=str(tmp_path)).signing_key()
    assert failure.value.name == "SECRET_KEY"


def test_processes_that_start_together_get_one_whole_key(tmp_path: Path) -> None:
    program = (
        "import sys; from webmap.settings import Settings; sys.stdin.readline(); "
        "print(Settings.from_environment({'WEBMAP_HOME': sys.argv[1]}).signing_key())"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) for _ in range(4)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    keys = {process.communicate(timeout=30)[0].strip() for process in processes}
    assert len(keys) == 1
    assert len(keys.pop()) == 64
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_crash_while_the_key_is_written_leaves_no_empty_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_: int) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("webmap.settings.secrets.token_hex", crash)
        settings(WEBMAP_HOME=str(tmp_path)).signing_key()
    assert list(tmp_path.iterdir()) == []
    assert len(settings(WEBMAP_HOME=str(tmp_path)).signing_key()) == 64


def test_a_file_system_without_links_keeps_a_key_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError("no hard links here")

    monkeypatch.setattr("webmap.settings.os.link", refuse)
    key = settings(WEBMAP_HOME=str(tmp_path)).signing_key()
    assert settings(WEBMAP_HOME=str(tmp_path)).signing_key() == key
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


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


OIDC = {
    "WEBMAP_OIDC_ISSUER": "https://id.example/realms/district/",
    "WEBMAP_OIDC_CLIENT_ID": "webmap",
    "WEBMAP_OIDC_CLIENT_SECRET": "not to be shown",
}


def test_a_sign_in_provider(tmp_path: Path) -> None:
    assert settings().oidc is None
    found = settings(**OIDC).oidc
    assert found is not None
    assert (found.issuer, found.title, found.name_claim) == (
        OIDC["WEBMAP_OIDC_ISSUER"],
        "统一身份认证",
        "preferred_username",
    )
    assert "not to be shown" not in repr(settings(**OIDC))
    authority = tmp_path / "ca.pem"
    authority.touch()
    other = settings(
        **OIDC, WEBMAP_OIDC_TITLE="区政务认证", WEBMAP_OIDC_NAME_CLAIM="uid", WEBMAP_OIDC_CA=str(authority)
    ).oidc
    assert other is not None
    assert (other.title, other.name_claim, other.ca) == ("区政务认证", "uid", authority)


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:8080", "http://localhost/x", "http://[::1]:1/", "https://id"])
def test_a_provider_without_tls_is_on_this_machine(issuer: str) -> None:
    found = settings(**{**OIDC, "WEBMAP_OIDC_ISSUER": issuer}).oidc
    assert found is not None
    assert found.issuer == issuer


@pytest.mark.parametrize(
    "issuer",
    [
        "http://id.example",
        "http://127.0.0.1.evil.example",
        "http://10.0.0.1",
        "id.example",
        "https://",
        "https://me:secret@id.example",
        "https://id.example?x",
        "https://id.example#x",
        "https://id.example:port",
        "ftp://127.0.0.1",
        "file:///etc/passwd",
        "https://id.exa mple",
    ],
)
def test_other_providers_are_refused(issuer: str) -> None:
    with pytest.raises(InvalidSettings, match="WEBMAP_OIDC_ISSUER"):
        settings(**{**OIDC, "WEBMAP_OIDC_ISSUER": issuer})


@pytest.mark.parametrize("missing", OIDC)
def test_a_provider_is_set_whole(missing: str) -> None:
    with pytest.raises(InvalidSettings, match=missing):
        settings(**{**OIDC, missing: " "})


def test_an_authority_that_is_not_there_is_told() -> None:
    with pytest.raises(InvalidSettings, match="WEBMAP_OIDC_CA"):
        settings(**OIDC, WEBMAP_OIDC_CA="/nowhere/ca.pem")
