"""Scripts and style sheets of our pages and of the map to take away: one file each, by esbuild.

Flask-Assets keeps the outputs, their hashed names and the manifest. esbuild is called as the native program that its
npm package carries, so building needs no Node.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any, Literal, get_args

from flask import Flask, Request, url_for
from flask_assets import Bundle, Environment
from webassets.filter import Filter

from webmap.notices import MissingLicence, notices_text

Kind = Literal["js", "css", "sign_in", "report_js", "report_css", "field_js", "field_css", "field_worker"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Folder below static/ that holds what is built; its files carry a hash in their names and never change.
GENERATED = "gen"
#: Written beside the bundles: the licences of what they carry.
NOTICES = "THIRD_PARTY_NOTICES.txt"
#: The same of what the map to take away carries: it goes with that map.
REPORT_NOTICES = "REPORT_THIRD_PARTY_NOTICES.txt"

_ROOT = Path(__file__).resolve().parent.parent
#: Entries by the name of what esbuild makes of them, relative to the sources' folder; the page's script must be there.
_SCRIPT = "main.js"
_ENTRIES = {
    "script": _SCRIPT,
    "style": "main.css",
    "sign_in": "sign_in.js",
    "report": "map/report/main.js",
    "field": "field/main.js",
    "field_worker": "field/worker.js",
}
#: What esbuild makes of the entries, in order: the parts of each kind's file, whose name is the kind's stem and suffix.
#: Styles that the script imports (Leaflet and its like) come first, so that our own may override them.
_PARTS: dict[Kind, tuple[str, ...]] = {
    "js": ("script.js",),
    "css": ("script.css", "style.css"),
    "sign_in": ("sign_in.js",),
    "report_js": ("report.js",),
    "report_css": ("report.css",),
    "field_js": ("field.js",),
    "field_css": ("field.css",),
    "field_worker": ("field_worker.js",),
}
_STEMS: dict[Kind, str] = {"js": "main", "css": "main", "sign_in": "sign_in", "field_worker": "field_worker"}
_OPTIONS = (
    "--bundle",
    "--minify",
    "--charset=utf8",
    "--format=iife",
    "--target=es2020",
    "--legal-comments=eof",
    "--log-level=warning",
    "--color=false",
    "--loader:.svg=text",
    *(f"--loader:{suffix}=dataurl" for suffix in (".png", ".jpg", ".gif", ".webp", ".woff", ".woff2", ".ttf")),
)
_BUILD_SECONDS = 120
_BUNDLE_NAME = re.compile(r"((main|field)-[0-9a-f]+\.(js|css)|sign_in-[0-9a-f]+\.js)")


class AssetsUnavailable(Exception):
    """The page's script and style sheet are not built and cannot be; the text says why and what to do."""


@dataclass(frozen=True)
class BundleUrls:
    """Addresses of the built files, with the hash of their content in the name."""

    js_url: str
    css_url: str
    sign_in_url: str
    field_js_url: str
    field_css_url: str


class EsbuildFilter(Filter):
    """A webassets filter that bundles the ES-module entry and gives out what is of one kind."""

    name = "esbuild"  # type: ignore[assignment]
    max_debug_level = None  # type: ignore[assignment]

    def __init__(self, kind: Kind, sources: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kind = kind
        self.sources = sources

    def unique(self) -> tuple[str, str]:
        """Tell apart kinds and states of the sources; a cache keyed by less serves the style sheet as the script."""
        return self.kind, _digest(self.sources)

    def open(self, out: IO[str], source_path: str, **_: Any) -> None:
        """Write the bundle of this kind; imports of the entry are followed by esbuild, not by webassets."""
        out.write(_run_esbuild(self.sources).texts[self.kind])


class PageAssets:
    """The bundles of one application: built when missing or older than a source."""

    def __init__(self, app: Flask, sources: Path | None = None) -> None:
        static = Path(str(app.static_folder))
        self._sources = sources or static / "src"
        self._output = static / GENERATED
        self._environment = Environment(app)
        self._environment.manifest = f"json:{self._output / 'manifest.json'}"
        self._environment.versions = "hash"
        self._environment.url_expire = False
        self._environment.auto_build = False
        self._environment.cache = False
        self._lock = threading.Lock()
        for kind in KINDS:
            self._environment.register(kind, self._bundle(kind))

    def urls(self) -> BundleUrls:
        """Return the addresses of up-to-date files, building them first if needed; raises `AssetsUnavailable`."""
        self.build()
        kinds: tuple[Kind, ...] = ("js", "css", "sign_in", "field_js", "field_css")
        return BundleUrls(*map(self._url, kinds))

    def build(self, *, force: bool = False) -> list[Path]:
        """Build what is missing or outdated and return the files written; none if all is current.

        Where esbuild is not installed (an image that carries built files alone), existing files are taken as they are.
        """
        with self._lock:
            complete = all((self._output / name).is_file() for name in (NOTICES, REPORT_NOTICES))
            newest = max((path.stat().st_mtime for path in _watched(self._sources)), default=0.0)
            outdated = [kind for kind in KINDS if force or not complete or self._is_outdated(kind, newest)]
            if not outdated:
                return []
            if not force and esbuild_program() is None and all(self._built_file(kind) for kind in KINDS):
                return []
            if not (self._sources / _SCRIPT).is_file():
                raise AssetsUnavailable(f"找不到页面脚本源文件 / no page sources: {self._sources / _SCRIPT}")
            self._output.mkdir(parents=True, exist_ok=True)
            for kind in outdated:
                self._environment[kind].build(force=True, disable_cache=True)
            self._write_notices()
            self._remove_outdated_files()
            return [path for kind in outdated if (path := self._built_file(kind))]

    def text(self, kind: Kind) -> str:
        """Return the text of an up-to-date bundle, building it first if needed; raises `AssetsUnavailable`."""
        self.build()
        return self._built(kind).read_text(encoding="utf-8")

    def report_notices(self) -> str:
        """Return the licence notices of the map to take away, building first if needed; `AssetsUnavailable`."""
        self.build()
        return self._read(REPORT_NOTICES)

    def notices(self) -> str:
        """Return the licence notices of what the bundles carry, building first if needed; `AssetsUnavailable`."""
        self.build()
        return self._read(NOTICES)

    def _read(self, name: str) -> str:
        path = self._output / name
        if not path.is_file():
            raise AssetsUnavailable(f"构建后找不到文件 / built file is missing: {name}")
        return path.read_text(encoding="utf-8")

    def _write_notices(self) -> None:
        bundled = _run_esbuild(self._sources)
        for name, inputs in ((NOTICES, bundled.inputs), (REPORT_NOTICES, bundled.report_inputs)):
            try:
                text = notices_text(inputs)
            except MissingLicence as error:
                raise AssetsUnavailable(f"软件包缺少许可证文本 / a package has no licence text: {error}") from None
            (self._output / name).write_text(text, encoding="utf-8")

    def _bundle(self, kind: Kind) -> Bundle:
        return Bundle(
            str(self._sources / _SCRIPT),
            filters=EsbuildFilter(kind, self._sources),
            output=f"{GENERATED}/{_file_name(kind, '%(version)s')}",
        )

    def _built_file(self, kind: Kind) -> Path | None:
        bundle = self._environment[kind]
        version = self._environment.manifest.query(bundle, self._environment)
        path = self._output / _file_name(kind, str(version))
        return path if version and path.is_file() else None

    def _url(self, kind: Kind) -> str:
        return url_for("static", filename=f"{GENERATED}/{self._built(kind).name}")

    def _built(self, kind: Kind) -> Path:
        built = self._built_file(kind)
        if built is None:
            raise AssetsUnavailable(f"构建后找不到文件 / built file is missing: {_file_name(kind, '*')}")
        return built

    def _is_outdated(self, kind: Kind, newest_mtime: float) -> bool:
        built = self._built_file(kind)
        return built is None or newest_mtime > built.stat().st_mtime

    def _remove_outdated_files(self) -> None:
        current = {self._built_file(kind) for kind in KINDS}
        for kind in KINDS:
            for path in self._output.glob(_file_name(kind, "*")):
                if path not in current:
                    path.unlink(missing_ok=True)


def _file_name(kind: Kind, version: str) -> str:
    stem, suffix = _STEMS.get(kind, kind.partition("_")[0]), kind.rpartition("_")[2]
    return f"{stem}-{version}.{suffix if suffix == 'css' else 'js'}"


def is_bundle(filename: str) -> bool:
    """Whether a name below static/ is that of a built script or style sheet: `gen/main-0123abcd.js`."""
    folder, _, name = filename.rpartition("/")
    return folder == GENERATED and _BUNDLE_NAME.fullmatch(name) is not None


def bundle_asked_for(request: Request) -> str | None:
    """Return the name below static/ of the bundle that a request asks for, or None if it asks for something else."""
    name = str((request.view_args or {}).get("filename", "")) if request.endpoint == "static" else ""
    return name if is_bundle(name) else None


@cache
def esbuild_program(modules: Path = _ROOT / "node_modules") -> Path | None:
    """Return esbuild's native program from its npm package, or None if the packages are not installed."""
    folder = modules / "@esbuild"
    found = [*folder.glob("*/bin/esbuild"), *folder.glob("*/esbuild.exe")]
    return min(found, default=None)


@dataclass(frozen=True)
class _Bundled:
    """What esbuild gave: the text of each kind, the files of which something is in it, and in the report's alone."""

    texts: dict[Kind, str]
    inputs: list[Path]
    report_inputs: list[Path]


def _run_esbuild(sources: Path) -> _Bundled:
    program = esbuild_program()
    if program is None:
        raise AssetsUnavailable("前端依赖未安装，请先运行 make run / front-end packages are not installed: make run")
    entries = [f"{made}={sources / entry}" for made, entry in _ENTRIES.items() if (sources / entry).is_file()]
    with TemporaryDirectory() as name:
        folder = Path(name)
        command = [str(program), *entries, *_OPTIONS, f"--outdir={folder}", f"--metafile={folder / 'meta.json'}"]
        done = subprocess.run(  # noqa: S603  our own program, our own arguments
            command, capture_output=True, text=True, encoding="utf-8", timeout=_BUILD_SECONDS, check=False
        )
        if done.returncode != 0:
            raise AssetsUnavailable(f"页面脚本构建失败 / building the page's script failed:\n{done.stderr.strip()}")
        taken = _inputs(folder / "meta.json")
        everything = sorted({path for paths in taken.values() for path in paths})
        report = sorted({path for name, paths in taken.items() if name.startswith("report.") for path in paths})
        return _Bundled({kind: _joined(folder, kind) for kind in KINDS}, everything, report)


def _joined(folder: Path, kind: Kind) -> str:
    parts = [folder / part for part in _PARTS[kind]]
    return "\n".join(path.read_text(encoding="utf-8") for path in parts if path.is_file())


def _inputs(metafile: Path) -> dict[str, list[Path]]:
    """Return for each file made those that esbuild took something from; it names them relative to its folder."""
    outputs = json.loads(metafile.read_text(encoding="utf-8"))["outputs"]
    return {
        Path(made).name: [Path(name).resolve() for name, part in output["inputs"].items() if part["bytesInOutput"]]
        for made, output in outputs.items()
    }


def _watched(sources: Path) -> list[Path]:
    """Return the files whose change asks for a new build: all sources, and the list of npm packages."""
    files = [path for path in sources.rglob("*") if path.is_file()]
    lock = _ROOT / "package-lock.json"
    return sorted(files) + ([lock] if lock.is_file() else [])


def _digest(sources: Path) -> str:
    content = hashlib.sha256()
    for path in _watched(sources):
        content.update(path.as_posix().encode())
        content.update(path.read_bytes())
    return content.hexdigest()
