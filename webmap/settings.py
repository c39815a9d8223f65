"""Settings of the product, by concern, read from the environment once at start."""

from __future__ import annotations

import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlsplit

from webmap.cap_settings import CapSettings, cap_settings
from webmap.channel_settings import SmtpSettings, WebhookSettings, smtp_settings, webhook_settings
from webmap.import_settings import ImportLimits, import_limits
from webmap.oidc_settings import OidcSettings, oidc_settings
from webmap.unusable_setting import InvalidSettings

__all__ = [
    "AccessSettings",
    "Basemap",
    "CapSettings",
    "InvalidSettings",
    "Limits",
    "OidcSettings",
    "ServerSettings",
    "Settings",
    "SmtpSettings",
    "WebhookSettings",
]

#: The checkout: state lives beside the program unless WEBMAP_HOME says otherwise.
_PROJECT = Path(__file__).resolve().parent.parent
#: What stands behind the host of a database address; a password before it may hold any sign but a second @.
_PORT = re.compile(r"[\w+]+://(?:[^:/]*(?::[^@]*)?@)?(?:\[[^\]]*\]|[^/:?@\[]*):([^/?@]*)(?:[/?]|$)")
_SQLITE = re.compile(r"sqlite(\+\w+)?:")


@dataclass(frozen=True)
class ServerSettings:
    """Where the server listens, and how many requests (`threads`) and viewers each process serves at once."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    threads: int = 12
    live_viewers: int = 300


@dataclass(frozen=True)
class Limits:
    """Bounds on what a request may carry and ask for, so that one request cannot exhaust the server.

    `json_depth` 32 is three times what the deepest valid incident needs (a MultiPolygon is 7 deep); `json_values` twice
    what the largest needs (10,000 faults and an area of 20,000 points). Reading a body at all limits takes 50 MB of
    memory at most, so that every thread may have one at once. `restore_seconds` bounds the search for one plan,
    `siting_seconds` that for one siting study, which runs in the background.
    """

    body_bytes: int = 4 * 1024 * 1024
    json_depth: int = 32
    json_values: int = 250_000
    restore_seconds: int = 30
    siting_seconds: int = 300


#: The crews document allows no more either, nor does the study document.
_MAX_RESTORE_SECONDS, _MAX_SITING_SECONDS = 120, 300


@dataclass(frozen=True)
class Basemap:
    """A background map: `wmts` tiles fetched by the browser from `url`, or a local PMTiles file that we serve.

    `source` is the CSP source the browser must be allowed to load from; empty for our own files.
    """

    kind: Literal["wmts", "pmtiles"]
    url: str
    attribution: str
    source: str = ""
    path: Path | None = None


@dataclass(frozen=True)
class AccessSettings:
    """Who sees the picture or the warnings without signing in, and what stands between the browsers and us.

    `proxies` is the number of reverse proxies of ours, each of which adds to X-Forwarded-For; they are believed.
    `public_url` begins the addresses that are handed out, "" for the host that a request names.
    """

    public_picture: bool = False
    public_warnings: bool = False
    proxies: int = 0
    public_url: str = ""

    @property
    def warnings_are_public(self) -> bool:
        """Whether everybody sees the warnings that were issued: who sees the picture does too."""
        return self.public_warnings or self.public_picture


@dataclass(frozen=True)
class Settings:
    """Everything that can differ between two installations."""

    home: Path
    database_url: str
    secret_key: str = ""
    server: ServerSettings = field(default_factory=ServerSettings)
    limits: Limits = field(default_factory=Limits)
    basemap: Basemap | None = None
    access: AccessSettings = field(default_factory=AccessSettings)
    cap: CapSettings = field(default_factory=CapSettings)
    oidc: OidcSettings | None = None
    smtp: SmtpSettings | None = None
    webhook: WebhookSettings | None = None
    imports: ImportLimits = field(default_factory=ImportLimits)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Settings:
        """Read the settings; nothing is created on disk. Raises `InvalidSettings`."""
        home = Path(environment.get("WEBMAP_HOME") or _PROJECT / "instance").expanduser().resolve()
        return cls(
            home=home,
            database_url=_database_url(environment.get("DATABASE_URL", ""), home),
            secret_key=environment.get("SECRET_KEY", ""),
            server=_server(environment),
            limits=_limits(environment),
            basemap=_basemap(environment),
            access=_access(environment),
            cap=cap_settings(environment),
            oidc=oidc_settings(environment),
            smtp=smtp_settings(environment),
            webhook=webhook_settings(environment),
            imports=import_limits(environment, _whole),
        )

    @property
    def plans_folder(self) -> Path:
        """Where the district keeps plans of its own, `*.yaml`; need not exist."""
        return self.home / "plans"

    @property
    def is_sqlite(self) -> bool:
        """Whether the database is a file of ours, used by one process, and not a server."""
        return _SQLITE.match(self.database_url) is not None

    @property
    def sqlite_path(self) -> Path | None:
        """File of the SQLite database, or None when another database is used, or one in memory."""
        if not self.is_sqlite:
            return None
        from sqlalchemy.engine import make_url  # noqa: PLC0415  only who opens the database pays for the import

        name = make_url(self.database_url).database
        return None if not name or name == ":memory:" else Path(name)

    def signing_key(self) -> str:
        """Return SECRET_KEY, or the key kept in `home`; the first call of an installation makes it.

        Raises `InvalidSettings` if the file kept is empty, and OSError if it cannot be read or made.
        """
        if self.secret_key:
            return self.secret_key
        path = self.home / "secret_key"
        if not path.exists():
            self.home.mkdir(parents=True, exist_ok=True)
            _keep_new_key(path)
        key = path.read_text(encoding="ascii").strip()
        if not key:
            reason = "密钥文件是空的，请删除后重新启动 / the key file is empty, delete it and start again"
            raise InvalidSettings("SECRET_KEY", f"{reason}: {path}")
        return key


def _keep_new_key(path: Path) -> None:
    """Put a new key into place whole, or leave the one that another process has put there meanwhile."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(32))
            file.flush()
            os.fsync(descriptor)
        _put_into_place(Path(name), path)
    finally:
        Path(name).unlink(missing_ok=True)


def _put_into_place(written: Path, path: Path) -> None:
    try:
        os.link(written, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without hard links: then whole, but the last writer wins
        written.replace(path)


def _database_url(given: str, home: Path) -> str:
    if not given:
        # In an address a question mark ends the path, and a percent sign begins a code.
        path = str(home / "webmap.sqlite").replace("%", "%25").replace("?", "%3F")
        return f"sqlite:///{path}"
    if re.fullmatch(r"sqlite(\+\w+)?:/*(:memory:)?(\?.*)?", given):
        raise InvalidSettings(
            "DATABASE_URL", f"需要文件，不能用内存数据库 / names no file, data in memory would be lost: {given!r}"
        )
    port = _PORT.match(given)
    if port and port[1] and not re.fullmatch(r"[0-9]+", port[1]):
        raise InvalidSettings("DATABASE_URL", f"端口应为数字 / the port must be a number: {port[1]!r}")
    # Hosting platforms hand out addresses that name no driver; ours is psycopg 3.
    return re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", given)


def _server(environment: Mapping[str, str]) -> ServerSettings:
    default = ServerSettings()
    return ServerSettings(
        host=environment.get("HOST") or default.host,
        port=_whole(environment, "PORT", default.port, 1, 65535),
        workers=_whole(environment, "WEBMAP_WORKERS", default.workers, 1, 64),
        threads=_whole(environment, "WEBMAP_THREADS", default.threads, 1, 256),
        live_viewers=_whole(environment, "WEBMAP_LIVE_VIEWERS", default.live_viewers, 0, 5000),
    )


def _limits(environment: Mapping[str, str]) -> Limits:
    seconds = _whole(environment, "WEBMAP_RESTORE_SECONDS", Limits().restore_seconds, 1, _MAX_RESTORE_SECONDS)
    siting_seconds = _whole(environment, "WEBMAP_SITING_SECONDS", Limits().siting_seconds, 1, _MAX_SITING_SECONDS)
    return Limits(restore_seconds=seconds, siting_seconds=siting_seconds)


def _access(environment: Mapping[str, str]) -> AccessSettings:
    return AccessSettings(
        public_picture=_switch(environment, "WEBMAP_PUBLIC_PICTURE", AccessSettings().public_picture),
        public_warnings=_switch(environment, "WEBMAP_PUBLIC_WARNINGS", AccessSettings().public_warnings),
        proxies=_whole(environment, "WEBMAP_PROXIES", AccessSettings().proxies, 0, 8),
        public_url=_public_url(environment),
    )


def _public_url(environment: Mapping[str, str]) -> str:
    """Return scheme and host, with a port if there is one; every address is at the root of its host."""
    given = environment.get("WEBMAP_PUBLIC_URL", "").strip().removesuffix("/")
    if given and not re.fullmatch(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?", given):
        reason = "应为 http(s)://主机[:端口]，不带路径 / must be http(s)://host[:port] without a path"
        raise InvalidSettings("WEBMAP_PUBLIC_URL", f"{reason}: {given!r}")
    return given


def _switch(environment: Mapping[str, str], name: str, default: bool) -> bool:
    given = environment.get(name, "").strip().lower()
    if given not in {"", "on", "off"}:
        raise InvalidSettings(name, f"应为 on 或 off / must be on or off: {given!r}")
    return given == "on" if given else default


def _whole(environment: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    given = environment.get(name, "").strip()
    if not given:
        return default
    if not given.isascii() or not given.isdigit() or not low <= int(given) <= high:
        raise InvalidSettings(
            name, f"应为 {low} 至 {high} 的整数 / must be a whole number from {low} to {high}: {given!r}"
        )
    return int(given)


def _basemap(environment: Mapping[str, str]) -> Basemap | None:
    wmts = environment.get("WEBMAP_BASEMAP_WMTS_URL", "").strip()
    pmtiles = environment.get("WEBMAP_BASEMAP_PMTILES", "").strip()
    attribution = environment.get("WEBMAP_BASEMAP_ATTRIBUTION", "").strip()
    if wmts and pmtiles:
        raise InvalidSettings(
            "WEBMAP_BASEMAP_PMTILES", "只能设置一种底图 / set this or WEBMAP_BASEMAP_WMTS_URL, not both"
        )
    if wmts:
        return Basemap("wmts", wmts, attribution, source=_content_source(wmts))
    if pmtiles:
        path = Path(pmtiles).expanduser().resolve()
        if not path.is_file():
            raise InvalidSettings("WEBMAP_BASEMAP_PMTILES", f"找不到文件 / no such file: {path}")
        return Basemap("pmtiles", f"/basemap/{quote(path.name)}", attribution, path=path)
    return None


def _content_source(url: str) -> str:
    """Return the CSP source of a tile URL: `https://t{s}.tianditu.gov.cn/...` gives `https://*.tianditu.gov.cn`."""
    name = "WEBMAP_BASEMAP_WMTS_URL"
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise InvalidSettings(name, f"应为 http(s) 地址 / must be an http(s) address: {url!r}")
    first, dot, rest = parts.netloc.partition(".")
    host = f"*.{rest}" if "{" in first and dot else parts.netloc
    # A CSP header is split at blanks, semicolons and commas, and knows a wildcard in the first label alone.
    if not re.fullmatch(r"(\*\.)?[A-Za-z0-9.-]+(:\d+)?", host):
        raise InvalidSettings(name, f"主机名无法使用 / unusable host name: {parts.netloc!r}")
    return f"{parts.scheme}://{host}"
