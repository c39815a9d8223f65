"""On which version of the data a request wants its answer: `data=<version>`; without it on the present one."""

from __future__ import annotations

from flask import request

from webmap.access import current_viewer
from webmap.accounts.log_rights import MissingRight
from webmap.accounts.roles import Action, roles_with
from webmap.runtime import Runtime, Snapshot

#: What older data are needed for: looking at incidents that rest on them, and at what an edit or an import changed.
_MAY_LOOK_BACK = roles_with(Action.SEE_LOG) | roles_with(Action.EDIT_LAYERS)


def asked_version(runtime: Runtime) -> str:
    """Return the version that the request asks for, without reading it. Raises as `asked_snapshot`."""
    return _older(runtime.data_version()) or runtime.data_version()


def asked_snapshot(runtime: Runtime) -> Snapshot:
    """Return the data that the request asks for.

    Raises `MissingRight` where older data are asked for by who may neither read logs nor edit layers, `UnknownVersion`,
    `VersionNotKept` and `MissingLayers`.
    """
    return runtime.snapshot(_older(runtime.data_version()))


def _older(present: str) -> str | None:
    version = request.args.get("data") or None
    if version in {None, present}:
        return None
    viewer = current_viewer()
    if viewer.roles.isdisjoint(_MAY_LOOK_BACK):
        raise MissingRight(Action.SEE_LOG, None)
    return version
