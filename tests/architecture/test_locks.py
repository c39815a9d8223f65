import json

import pytest

from tests.architecture.checkout import ROOT
from tests.architecture.locks import package_lock_violations, requirement_violations

HASH = "0" * 64


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements-oracles.txt"])
def test_python_packages_are_locked_by_hash(name: str) -> None:
    assert list(requirement_violations((ROOT / name).read_text(encoding="utf-8"))) == []


def test_front_end_packages_are_locked_by_hash_without_addresses() -> None:
    assert list(package_lock_violations((ROOT / "package-lock.json").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev", "requirements-oracles"])
def test_everything_asked_for_is_locked(name: str) -> None:
    asked = [line.split("#")[0].strip() for line in (ROOT / f"{name}.in").read_text(encoding="utf-8").splitlines()]
    locked = "\n" + (ROOT / f"{name}.txt").read_text(encoding="utf-8").lower()
    missing = [
        package
        for line in asked
        if line and not line.startswith("-") and f"\n{(package := line.split('[')[0])}==" not in locked
    ]
    assert missing == []


def test_lock_matches_package_json() -> None:
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"][""]
    for group in ("dependencies", "devDependencies"):
        assert locked.get(group, {}) == wanted.get(group, {})


@pytest.mark.parametrize(
    "entry",
    [
        "flask",
        "flask>=3",
        "flask==3.1.3",
        f"flask>=3 --hash=sha256:{HASH}",
        "flask==3.1.3 --hash=md5:00",
        f"flask @ git+https://example.org/flask --hash=sha256:{HASH}",
        "--index-url https://example.org/simple",
    ],
)
def test_a_loose_requirement_is_found(entry: str) -> None:
    assert list(requirement_violations(f"# comment\n{entry}\n"))


def test_a_locked_requirement_passes() -> None:
    text = f"psycopg[binary]==3.3.9 ; python_version < '4' \\\n    --hash=sha256:{HASH}\n    # via app\n"
    assert list(requirement_violations(text)) == []


@pytest.mark.parametrize(
    "entry",
    [
        {"version": "1.9.4", "integrity": "sha512-x", "resolved": "https://example.org/leaflet.tgz"},
        {"version": "1.9.4"},
    ],
)
def test_an_address_or_a_missing_hash_in_the_package_lock_is_found(entry: dict[str, str]) -> None:
    document = {"lockfileVersion": 3, "packages": {"": {}, "node_modules/leaflet": entry}}
    assert list(package_lock_violations(json.dumps(document)))
