"""`webmap import`: a file of another office becomes records of a layer."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webmap.cli.failures import CommandFailed, explains_failures, settings_from_environment

if TYPE_CHECKING:
    from layers.importing.meaning.plan import ImportPlan
    from layers.importing.report import Report
    from layers.importing.source import Source
    from layers.store import Store

_BY = "webmap import"


@click.command("import")
@click.argument("layer")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--table", metavar="NAME", help="文件中的表或工作表 (table or sheet); 默认最像此图层的")
@click.option(
    "--map",
    "mapped",
    multiple=True,
    metavar="字段=列",
    help="字段取自哪一列；x、y、wkt 为坐标列 (field=column; x, y, wkt name columns of places); 可重复",
)
@click.option("--set", "fixed", multiple=True, metavar="字段=值", help="为空时的固定值 (a value where empty); 可重复")
@click.option("--unit", "units", multiple=True, metavar="字段=单位", help="数值的单位，如 demand_kw=MW (unit); 可重复")
@click.option(
    "--choice", "choices", multiple=True, metavar="字段:词=值", help="文件中的词对应的值 (what a word means); 可重复"
)
@click.option(
    "--lenient", multiple=True, metavar="字段", help="读不出的值当作未知 (unreadable counts as unknown); 可重复"
)
@click.option("--datum", default="auto", metavar="auto|EPSG:n|gcj02|bd09", help="坐标系 (reference system)")
@click.option("--swap-axes", is_flag=True, help="坐标的两个数对调 (exchange the coordinates)")
@click.option("--encoding", default="auto", metavar="auto|UTF-8|GB18030", help="文字编码 (encoding)")
@click.option(
    "--tolerance-m", type=click.FloatRange(min=0, min_open=True), metavar="N", help="线端在 N 米内接合 (join line ends)"
)
@click.option("--mapping", "kept", metavar="NAME", help="按保存的方案读 (use a mapping kept by name)")
@click.option("--save-mapping", metavar="NAME", help="把方案存下来 (keep the mapping under a name)")
@click.option("--replace", "mode", flag_value="replace", help="取代整个图层 (replace the whole layer)")
@click.option("--merge", "mode", flag_value="merge", help="并入图层，默认 (add and update; the default)")
@click.option("--dry-run", is_flag=True, help="只检查，不写入 (check alone, write nothing)")
@click.option("--rejected", metavar="FILE", type=click.Path(path_type=Path), help="未入库的行存到 .csv 或 .gpkg")
@click.option("--note", default="", metavar="TEXT", help="数据版本的说明 (a note for the history)")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON (print JSON)")
@click.pass_context
@explains_failures
def command(ctx: click.Context, layer: str, file: Path, as_json: bool, **options: Any) -> None:
    """把文件导入图层 (import a file into a layer).

    LAYER 为图层代号，见 webmap layers；FILE 可为压缩的 Shapefile、GeoPackage、GeoJSON、KML/KMZ、CSV、XLSX、DXF、压缩的
    FileGDB。没有说明的按文件内容识别；有问题的行另存，不入库。

    Columns, encoding and reference system are recognised where they are not named; rows with an error are set aside.
    """
    from layers.catalog import CATALOG  # noqa: PLC0415
    from layers.importing.meaning.plan import InvalidPlan  # noqa: PLC0415
    from layers.importing.source import UnusableFile  # noqa: PLC0415
    from webmap.cli.import_text import refused_document, report_text  # noqa: PLC0415

    if layer not in CATALOG:
        raise click.BadParameter(f"没有这个图层 (no such layer): {layer}；{', '.join(CATALOG)}", param_hint="LAYER")
    try:
        document = _imported(layer, file, options)
    except (UnusableFile, InvalidPlan) as error:
        document = refused_document(layer, file, error)
    if as_json:
        from webmap.documents import write_document  # noqa: PLC0415

        sys.stdout.buffer.write(write_document(document) + b"\n")
    else:
        click.echo(report_text(document))
    has_errors = any(issue["severity"] == "error" for issue in document["issues"])
    if document["version"] is None and (has_errors or not options["dry_run"]):
        ctx.exit(1)


def _imported(layer: str, file: Path, options: dict[str, Any]) -> dict[str, Any]:
    """Check a file and, unless it is a dry run, write it; return what is told of it."""
    from layers.catalog import CATALOG  # noqa: PLC0415
    from layers.importing.assumed import with_assumed  # noqa: PLC0415
    from layers.importing.prepare import STAGE, prepare  # noqa: PLC0415
    from layers.importing.source import Limits  # noqa: PLC0415
    from layers.importing.source.opening import open_source  # noqa: PLC0415
    from layers.importing.stage import Stage  # noqa: PLC0415
    from webmap.cli.import_plan import wanted_plan  # noqa: PLC0415
    from webmap.cli.import_text import told_document  # noqa: PLC0415

    store = _store()
    version = store.data_version()
    current = {key: store.read(key) for key in CATALOG if key != "contacts" or layer == "contacts"}
    limits = Limits(file_bytes=settings_from_environment().imports.file_bytes)
    with tempfile.TemporaryDirectory(prefix="webmap-import-") as folder:
        work = Path(folder)
        source = open_source(file, work / "look", limits, options["encoding"])
        said = wanted_plan(layer, source, current, options, _kept(store, options["kept"]))
        plan, assumed = with_assumed(said, file)
        report = prepare(file, plan, current, work, limits, _tell, told=assumed)
        if options["save_mapping"]:
            _keep(store, options["save_mapping"], plan)
        with Stage(work / STAGE) as stage:
            left = _rejected_file(stage, file, options["rejected"]) if report.held["rejected"] else None
            written = None
            if not options["dry_run"] and report.held["accepted"] and not report.held["blocked"]:
                written = _write(stage, store, source, (plan, report, options["note"]), version)
    return told_document(plan, report, written, left)


def _store() -> Store:
    """The store of a database; one that holds no tables yet gets them, so that its first records can come."""
    from layers.store import open_store  # noqa: PLC0415
    from webmap.cli.database import make_folders  # noqa: PLC0415
    from webmap.storage.upgrade import require_present_tables, upgrade  # noqa: PLC0415

    settings = settings_from_environment()
    make_folders(settings)
    store = open_store(settings.database_url)
    if not require_present_tables(store.engine):
        upgrade(store.engine)
    return store


def _kept(store: Store, name: str | None) -> dict[str, Any] | None:
    from webmap.imports.errors import UnknownMapping  # noqa: PLC0415
    from webmap.imports.mappings import Mappings  # noqa: PLC0415

    if name is None:
        return None
    mappings = Mappings(store.engine)
    try:
        return mappings.read(name).plan
    except UnknownMapping:
        there = "、".join(kept.name for kept in mappings.all()) or "-"
        raise CommandFailed(f"没有这个方案 (no such mapping): {name}", f"已有 (there are): {there}") from None


def _keep(store: Store, name: str, plan: ImportPlan) -> None:
    from webmap.imports.mappings import Mappings  # noqa: PLC0415
    from webmap.incidents.records import Author  # noqa: PLC0415

    Mappings(store.engine).keep(name, plan.document(), Author("", _BY))


def _write(stage: Any, store: Store, source: Source, checked: tuple[ImportPlan, Report, str], version: str) -> str:
    from layers.errors import StaleVersion  # noqa: PLC0415
    from layers.history import Author, Written  # noqa: PLC0415
    from layers.importing.commit import commit  # noqa: PLC0415
    from webmap.imports.told import import_detail  # noqa: PLC0415

    plan, report, note = checked
    file = {"file": source.path.name, "sha256": source.sha256, "bytes": source.bytes}
    said = Written(
        Author(None, _BY), "import", note or source.path.name, import_detail(file, plan.document(), report.held)
    )
    try:
        return commit(stage, store, said, version, lambda done, of: _tell("writing", done, of))
    except StaleVersion:
        raise CommandFailed(
            "检查之后数据被别人改过，没有入库 (the data was changed since the check; nothing was written)",
            "再运行一次 (run it again)",
        ) from None


def _rejected_file(stage: Any, file: Path, wanted: Path | None) -> str:
    from layers.importing.rejected import write_rejected  # noqa: PLC0415

    path = wanted or Path(f"rejected-{file.stem}.csv")
    ending = "gpkg" if path.suffix.lower() == ".gpkg" else "csv"
    made = write_rejected(stage, stage.path.parent, ending)
    try:
        path.write_bytes(made.read_bytes())
    except OSError as error:
        raise CommandFailed(
            f"写不了文件 (cannot write): {path}: {error.strerror}", "换一个位置：--rejected FILE (write elsewhere)"
        ) from None
    return str(path)


def _tell(step: str, done: int, of: int | None) -> None:
    """Tell how far it is on a terminal; into files and pipes nothing is told."""
    if sys.stderr.isatty():
        from webmap.imports.states import STEP_TITLES  # noqa: PLC0415

        title = STEP_TITLES.get(step)
        name = step if title is None else f"{title.zh} ({title.en})"
        share = "" if not of else f" {min(100, done * 100 // of)}%"
        click.echo(f"\r\x1b[K{name}{share}", nl=False, err=True)
