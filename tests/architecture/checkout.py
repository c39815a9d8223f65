"""The files of the checkout, and rules for their names, lengths and words."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.imports import ROOMS, Violation

ROOT = Path(__file__).resolve().parents[2]
MAX_LINES = 300
_VAGUE_NAMES = {"util", "utils", "helper", "helpers", "misc", "common"}

# Written in two halves so that this file passes its own rule.
_CDN_HOSTS = (
    *("cdn." + "jsdelivr", "unp" + "kg.com", "cdn" + "js.", "google" + "apis.com", "gst" + "atic.com"),
    *("esm" + ".sh", "sky" + "pack.dev", "boot" + "cdn", "static" + "file."),
)
_REGISTRY_HOSTS = (
    *("registry." + "npmjs", "files." + "pythonhosted", "py" + "pi.org", "deb." + "debian", "npm" + "mirror"),
    *("pypi." + "tuna", "mirrors." + "aliyun"),
)
FORBIDDEN_HOSTS = _CDN_HOSTS + _REGISTRY_HOSTS


def checkout_files() -> list[Path]:
    """Return the files that are or would be committed, without those git ignores."""
    # A checkout mounted from another account is read too; git refuses that by default.
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = {ROOT / name for name in listed.stdout.split("\0") if name}
    return sorted(path for path in paths if path.is_file())


def relative(path: Path) -> str:
    """Return a path as the rules write it: from the checkout, with slashes."""
    return path.relative_to(ROOT).as_posix()


def room_files(*suffixes: str) -> list[Path]:
    """Return the files of the three packages with one of the suffixes."""
    return [path for path in checkout_files() if path.relative_to(ROOT).parts[0] in ROOMS and path.suffix in suffixes]


def length_violation(source: str, file: str) -> Violation | None:
    """Return a violation when a file is longer than a person reads in one go."""
    lines = len(source.splitlines())
    return (
        Violation(file, lines, f"{lines} lines, more than {MAX_LINES}: split it by noun") if lines > MAX_LINES else None
    )


def name_violation(file: str) -> Violation | None:
    """Return a violation when a module or folder has a name that says nothing."""
    vague = _VAGUE_NAMES & {Path(part).stem.lower() for part in Path(file).parts}
    return Violation(file, 1, f"{vague.pop()!r} says nothing: name the noun it is about") if vague else None


def host_violations(text: str, file: str) -> Iterator[Violation]:
    """Yield lines that name a content delivery network or a package registry."""
    pattern = re.compile("|".join(re.escape(host) for host in FORBIDDEN_HOSTS), re.IGNORECASE)
    for number, line in enumerate(text.splitlines(), 1):
        if found := pattern.search(line):
            yield Violation(file, number, f"names {found[0]}; the product and its locks must work anywhere, offline")


def read_text(path: Path) -> str | None:
    """Return a file's text, None for a binary one."""
    content = path.read_bytes()
    return None if b"\0" in content[:8000] else content.decode("utf-8", errors="replace")
