"""The sample can be built again, byte for byte, and the files in the repository are what the builder builds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from layers.catalog import CATALOG
from layers.sample.sources import SAMPLE_HOME
from layers.sample.writing import file_name

NAMES = [file_name(layer) for layer in CATALOG.values()]


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build by another process with another hash seed and another locale."""
    folder = tmp_path_factory.mktemp("rebuilt")
    command = [sys.executable, "-m", "layers.sample", "--output", str(folder)]
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "LC_ALL": "C", "PYTHONUTF8": "1"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert "soundness: 0 issues" in done.stdout
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_every_build_gives_the_same_bytes(rebuilt: Path, name: str) -> None:
    assert (rebuilt / name).read_bytes() == (SAMPLE_HOME / name).read_bytes()


def test_the_files_are_small_enough_for_a_repository() -> None:
    assert sum((SAMPLE_HOME / name).stat().st_size for name in NAMES) < 14_000_000


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".geojson")])
def test_files_say_that_they_are_a_sample_and_hold_one_feature_a_line(name: str) -> None:
    content = (SAMPLE_HOME / name).read_text(encoding="utf-8")
    document = json.loads(content)
    assert "示例数据" in document["notice"]
    assert "\r" not in content
    assert content.count("\n") == len(document["features"]) + 2


def test_a_changed_file_is_found_by_the_check(rebuilt: Path) -> None:
    sites = rebuilt / "sites.geojson"
    before = sites.read_bytes()
    sites.write_bytes(before.replace(b"0.0", b"1.0", 1))
    command = [sys.executable, "-m", "layers.sample", "--check", "--output", str(rebuilt)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    sites.write_bytes(before)
    assert done.returncode == 1
    assert "sites.geojson: differs" in done.stderr
