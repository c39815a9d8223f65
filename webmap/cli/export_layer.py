"""`webmap export-layer`: a layer as a file for other software, without a server."""

from __future__ import annotations

from pathlib import Path

import click

from webmap.cli.failures import CommandFailed, WrongInput, explains_failures, settings_from_environment

#: Endings of files by format; a zipped Shapefile is a .zip.
_ENDINGS = {".geojson": "geojson", ".json": "geojson", ".gpkg": "gpkg", ".csv": "csv", ".xlsx": "xlsx", ".zip": "shp"}


@click.command("export-layer")
@click.argument("layer")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "format_", type=click.Choice(["geojson", "gpkg", "csv", "xlsx", "shp"]), help="格式 (format)")
@click.option("--include-restricted", is_flag=True, help="包括限制公开的记录 (with restricted records)")
@explains_failures
def command(layer: str, file: Path, format_: str | None, include_restricted: bool) -> None:
    """导出一个图层 (write a layer to a file).

    LAYER: 图层，见 webmap layers (a key of the layers). FILE: .geojson .gpkg .csv .xlsx，或压缩的 Shapefile .zip；
    导出的文件都可以再导入 (any of them can be imported again).
    """
    from webmap.exports.layer_file import layer_content, layer_export  # noqa: PLC0415
    from webmap.runtime import Runtime  # noqa: PLC0415

    chosen = format_ or _ENDINGS.get(file.suffix.lower())
    if chosen is None:
        raise WrongInput(
            f"看不出格式 (which format?): {file.name}",
            f"用这些扩展名之一，或写 --format (one of these endings, or --format): {' '.join(_ENDINGS)}",
        )
    settings = settings_from_environment()
    snapshot = Runtime(settings.database_url, settings.plans_folder).snapshot()
    export = layer_export(snapshot, layer, restricted=include_restricted)
    content = layer_content(export, chosen)
    try:
        file.write_bytes(content)
    except OSError as error:
        raise CommandFailed(
            f"写不了文件 (cannot write): {file}: {error.strerror}", "换一个位置 (write elsewhere)"
        ) from None
    click.echo(f"{file}  {len(export.frame):,} 条 (records)  {len(content):,} B", err=True)
