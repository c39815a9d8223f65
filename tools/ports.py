"""Who listens on a TCP port, as far as this machine tells (Linux)."""

from pathlib import Path

_LISTEN = "0A"
_PROC = Path("/proc")


def _listening_inodes(port: int) -> set[str]:
    inodes = set()
    for table in ("tcp", "tcp6"):
        try:
            rows = (_PROC / "net" / table).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            # Columns: slot, local address as HEX:PORT, remote address, state, ..., inode in the tenth.
            columns = row.split()
            if columns[3] == _LISTEN and int(columns[1].rpartition(":")[2], 16) == port:
                inodes.add(f"socket:[{columns[9]}]")
    return inodes


def _holds(process: Path, inodes: set[str]) -> bool:
    try:
        return any(str(handle.readlink()) in inodes for handle in (process / "fd").iterdir())
    except OSError:
        return False  # gone meanwhile, or another user's


def owner_of(port: int) -> str | None:
    """Return 'name (pid N)' of the process that listens on a TCP port, None when it cannot be told."""
    inodes = _listening_inodes(port)
    if not inodes:
        return None
    for process in _PROC.glob("[0-9]*"):
        if _holds(process, inodes):
            words = (process / "cmdline").read_text(encoding="utf-8", errors="replace").split("\0")
            return f"{' '.join(words).strip()[:80]} (pid {process.name})"
    return None
