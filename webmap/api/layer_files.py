"""The route that hands a layer out as a file, to be used elsewhere and imported again."""

from __future__ import annotations

from flask import Blueprint, Response, request

from layers.exporting.formats import FORMATS
from webmap.access import current_viewer
from webmap.api.asked_data import asked_snapshot
from webmap.api.queries import chosen
from webmap.exports.layer_file import LAYER_FILE_S, layer_answer, layer_content, layer_export
from webmap.languages import language_of
from webmap.runtime import Runtime
from webmap.workload import Workload


def add_layer_files(blueprint: Blueprint, runtime: Runtime, workload: Workload) -> None:
    """Add `/layers/<key>/export?format=`. Few are written at once, and none is kept."""

    @blueprint.get("/layers/<key>/export")
    def export_layer(key: str) -> Response:
        format_ = chosen("format", tuple(FORMATS))
        export = layer_export(asked_snapshot(runtime), key, restricted=current_viewer().sees_restricted)
        content = workload.admit(LAYER_FILE_S, lambda: layer_content(export, format_))
        return layer_answer(export, format_, content, language_of(request))
