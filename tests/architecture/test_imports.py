import pytest

from tests.architecture.checkout import relative, room_files
from tests.architecture.imports import import_violations


def test_rooms_import_one_way_only() -> None:
    files = room_files(".py")
    assert {path.parts[-2] for path in files} >= {"layers", "priority", "webmap"}
    violations = [
        violation for path in files for violation in import_violations(path.read_text(encoding="utf-8"), relative(path))
    ]
    assert not violations, "\n".join(map(str, violations))


@pytest.mark.parametrize(
    ("file", "source", "named"),
    [
        ("layers/store.py", "import priority.plans", "priority.plans"),
        ("layers/store.py", "from webmap import settings", "webmap.settings"),
        ("layers/store.py", "def f():\n    from priority import ranking", "priority.ranking"),
        ("layers/importing/csv.py", "from flask import request", "flask.request"),
        ("priority/ranking.py", "from webmap.settings import Settings", "webmap.settings.Settings"),
        ("priority/ranking.py", "from layers import store", "layers.store"),
        ("priority/ranking.py", "import layers", "layers"),
        ("priority/ranking.py", "from layers.tables import table", "layers.tables.table"),
        ("priority/ranking.py", "from layers.schema_extra import field", "layers.schema_extra.field"),
        ("priority/ranking.py", "import sqlalchemy as sa", "sqlalchemy"),
        ("priority/network/trace.py", "from sqlalchemy.orm import Session", "sqlalchemy.orm.Session"),
        ("priority/network/trace.py", "import time", "time"),
        ("priority/restoration/search.py", "from time import perf_counter", "time.perf_counter"),
        ("priority/restoration/clock.py", "from time import sleep", "time.sleep"),
        ("priority/network/trace.py", "from ...layers.store import Store", "layers.store.Store"),
        ("priority/cascade/run.py", "if TYPE_CHECKING:\n    import flask", "flask"),
        ("priority/cascade/run.py", "import datetime\nnow = datetime.datetime.now()", "datetime.datetime.now"),
        (
            "priority/cascade/run.py",
            "from datetime import datetime\ndef f():\n    return datetime.now(UTC)",
            "datetime.now",
        ),
        ("priority/cascade/run.py", "today = dt.date.today()", "dt.date.today"),
        ("priority/cascade/run.py", "frame = geopandas.read_file(path)", "geopandas.read_file"),
    ],
)
def test_a_broken_rule_is_found(file: str, source: str, named: str) -> None:
    # A relative import that climbs out of its package is written against the checkout's top folder.
    violations = import_violations(source, file)
    assert violations
    assert named in violations[0].message


@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("layers/store.py", "from layers.schema import Layer\nimport sqlalchemy"),
        ("priority/ranking.py", "from layers.catalog import LAYERS\nfrom layers.schema import Field"),
        ("priority/ranking.py", "from layers import crs, vocabulary\nfrom . import cascade\nfrom .plans import load"),
        ("priority/restoration/clock.py", "from time import perf_counter"),
        ("priority/ranking.py", "from datetime import datetime, timedelta\nat = datetime.fromisoformat(text)"),
        ("priority/ranking.py", "import timeit_is_not_time\nclock.now_hours()"),
        (
            "webmap/api/layers.py",
            "from priority.assessment import assess\nfrom layers.store import open_store\nimport time",
        ),
    ],
)
def test_allowed_imports_pass(file: str, source: str) -> None:
    assert import_violations(source, file) == []


def test_line_of_the_violation_is_named() -> None:
    (violation,) = import_violations("import math\n\nimport webmap.cli\n", "layers/crs.py")
    assert str(violation) == "layers/crs.py:3: layers must not import webmap.cli"
