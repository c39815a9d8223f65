"""`webmap layers`: what the database holds."""

from __future__ import annotations

import click

from webmap.cli.failures import explains_failures, settings_from_environment


@click.command("layers")
@explains_failures
def command() -> None:
    """列出图层、记录数与数据版本 (list layers, counts and the data version)."""
    from layers.catalog import CATALOG  # noqa: PLC0415
    from webmap.cli.database import opened_store  # noqa: PLC0415

    store = opened_store(settings_from_environment())
    counts = store.counts()
    version = store.data_version()
    for key, layer in CATALOG.items():
        click.echo(f"{key:<14} {counts[key]:>9,}  {layer.title.zh} ({layer.title.en})")
    click.echo(f"数据版本 (data version)  {version}")
