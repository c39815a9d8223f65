import pytest

from tests.architecture.checkout import (
    FORBIDDEN_HOSTS,
    MAX_LINES,
    checkout_files,
    host_violations,
    length_violation,
    name_violation,
    read_text,
    relative,
    room_files,
)


def test_no_file_of_the_product_is_too_long() -> None:
    files = room_files(".py", ".js", ".mjs", ".css")
    assert len(files) > 10
    found = [length_violation(path.read_text(encoding="utf-8"), relative(path)) for path in files]
    assert not any(found), "\n".join(str(violation) for violation in found if violation)


def test_no_name_says_nothing() -> None:
    found = [name_violation(relative(path)) for path in checkout_files()]
    assert not any(found), "\n".join(str(violation) for violation in found if violation)


def test_no_file_names_a_delivery_network_or_a_registry() -> None:
    texts = {relative(path): text for path in checkout_files() if (text := read_text(path)) is not None}
    assert {"README.md", "package-lock.json", "requirements.txt"} <= texts.keys()
    found = [violation for file, text in texts.items() for violation in host_violations(text, file)]
    assert not found, "\n".join(map(str, found[:20]))


def test_length_is_counted_in_lines() -> None:
    assert length_violation("x\n" * MAX_LINES, "layers/a.py") is None
    violation = length_violation("x\n" * (MAX_LINES + 1), "layers/a.py")
    assert violation is not None
    assert f"{MAX_LINES + 1} lines" in violation.message


@pytest.mark.parametrize("file", ["webmap/utils.py", "layers/helpers/csv.py", "webmap/static/src/Util.js"])
def test_vague_names_are_found(file: str) -> None:
    assert name_violation(file) is not None


@pytest.mark.parametrize("file", ["webmap/units.py", "layers/crs.py", "webmap/static/src/utility.js"])
def test_nouns_pass(file: str) -> None:
    assert name_violation(file) is None


@pytest.mark.parametrize("host", FORBIDDEN_HOSTS)
def test_hosts_are_found_with_their_line(host: str) -> None:
    (violation,) = host_violations(f"<p>\n<script src='https://{host.upper()}/leaflet.js'>\n", "webmap/page.html")
    assert violation.line == 2


def test_addresses_of_map_services_pass() -> None:
    assert not list(
        host_violations("https://t0.tianditu.gov.cn/vec_w/wmts\nhttps://example.org/", "docs/operations.md")
    )
