"""Making files: told step by step, to be stopped, and without anything being loaded that is not needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.web.reports.files.incidents import fresh
from webmap.reports.files import FORMATS, make
from webmap.reports.progress import Cancelled
from webmap.reports.stages_told import stage_title

_QUIET = {"geojson", "json"}


@pytest.mark.parametrize("format_", FORMATS)
def test_progress_goes_forward_in_stages_that_have_names(format_: str) -> None:
    source = fresh()
    steps: list[tuple[str, int, int]] = []
    source.progress = lambda *step: steps.append(step)
    make(source, format_)
    assert steps
    for stage, done, total in steps:
        assert 0 <= done <= total
        assert stage_title(stage, "zh") != stage_title("no such stage", "zh"), stage
    if format_ not in _QUIET:
        assert steps[-1][1] == steps[-1][2], "the last that is told is that it is done"


@pytest.mark.parametrize("format_", [format_ for format_ in FORMATS if format_ not in _QUIET])
def test_nothing_is_made_for_who_does_not_wait_any_more(format_: str) -> None:
    def stop(*_: object) -> None:
        raise Cancelled

    source = fresh()
    source.progress = stop
    with pytest.raises(Cancelled):
        make(source, format_)


def test_what_writes_the_files_is_loaded_when_a_file_is_asked_for() -> None:
    heavy = "{'folium', 'pyogrio', 'openpyxl', 'mapclassify'}"
    code = f"import sys, webmap.reports.files; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
