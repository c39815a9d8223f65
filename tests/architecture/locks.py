"""Rules for lock files: everything is pinned and hashed, and no entry says where it comes from."""

import json
import re
from collections.abc import Iterator

_REQUIREMENT = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*(\[[^\]]+\])?==[^\s;]+")
_SHA256 = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def requirement_violations(text: str) -> Iterator[str]:
    """Yield the entries of a requirements file that are not `name==version` with a SHA-256."""
    joined = re.sub(r"\\\n", " ", text)
    for line in joined.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not _REQUIREMENT.match(line) or not _SHA256.search(line):
            yield line.split()[0]


def package_lock_violations(text: str) -> Iterator[str]:
    """Yield the entries of a package-lock.json with an address, without an integrity hash, or in an old format."""
    document = json.loads(text)
    if document.get("lockfileVersion") != 3:
        yield "lockfileVersion"
    for name, entry in document.get("packages", {}).items():
        if "resolved" in entry:
            yield f"{name} (resolved)"
        if name and "integrity" not in entry:
            yield f"{name} (integrity)"
