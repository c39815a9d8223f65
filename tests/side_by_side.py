"""How pytest-xdist hands out the tests: by files, and files that share a server one after another to one worker."""

from __future__ import annotations

from typing import Any

from xdist.scheduler import LoadFileScheduling

_BROWSER = "tests/browser/test_"
#: Those whose tests ask for `office` and for `closed`: a server is started for each worker that gets one of them.
_TOGETHER = {
    "office": (
        "accounts",
        "log_pane",
        "open_incident",
        "scripted_drill",
        "three_people",
        "unstored",
        "warning_desk",
        "warning_form",
    ),
    "closed": ("field", "shared_links"),
}
_SERVER_OF = {f"{_BROWSER}{name}.py": server for server, names in _TOGETHER.items() for name in names}


class FilesThatShare(LoadFileScheduling):
    """The tests of a file stay together and in order, and so do the files that share a server."""

    def _split_scope(self, nodeid: str) -> str:
        file: Any = super()._split_scope(nodeid)
        return _SERVER_OF.get(file, str(file))
