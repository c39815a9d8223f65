"""Where uploaded files lie: a folder for each import under the home folder, bounded, cleaned after some days."""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import IO

from webmap.import_settings import ImportLimits
from webmap.imports.errors import DiskFull, FileTooLarge, NoFile
from webmap.imports.records import ReceivedFile

#: What stays free on the disk whatever is uploaded: the database must be able to go on.
_SPARE_BYTES = 200 * 2**20
_CHUNK_BYTES = 2**18
_MOST_NAME_BYTES = 180
#: What the system says where there is no room.
FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class ImportFiles:
    """The folders of imports below `home`; nothing is made before the first file comes."""

    def __init__(self, home: Path, limits: ImportLimits, free_bytes: Callable[[Path], int] | None = None) -> None:
        self.folder = home / "imports"
        self.limits = limits
        self._free_bytes = free_bytes or _free_bytes

    def work(self, import_id: str) -> Path:
        """Return the folder in which a file is read: the stage and what was unpacked lie there."""
        return self.folder / import_id / "work"

    def file(self, import_id: str) -> Path | None:
        """Return the file of an import; None if it was cleaned away."""
        folder = self.folder / import_id / "file"
        return next(iter(sorted(folder.iterdir())), None) if folder.is_dir() else None

    def free_bytes(self) -> int:
        """Return how large a file may be at present."""
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())
        room = min(self.limits.store_bytes - kept, self._free_bytes(self.folder) - _SPARE_BYTES)
        return max(0, min(self.limits.file_bytes, room))

    def require_room(self, expected_bytes: int | None) -> None:
        """Raise `FileTooLarge` or `DiskFull` for a file of that size before it comes; None: it is not known."""
        if expected_bytes is not None and expected_bytes > self.limits.file_bytes:
            raise FileTooLarge(self.limits.file_bytes)
        if self.free_bytes() < max(1, expected_bytes or 1):
            raise DiskFull

    def receive(self, import_id: str, name: str, stream: IO[bytes]) -> ReceivedFile:
        """Write a stream into the folder of a new import, piece by piece.

        Raises `FileTooLarge`, `DiskFull` and `NoFile` (nothing came), and what the stream raises; then nothing stays.
        """
        kept = kept_name(name)
        folder = self.folder / import_id / "file"
        try:
            folder.mkdir(parents=True)
            most = self.free_bytes()
            digest, count = hashlib.sha256(), 0
            with (folder / kept).open("wb") as file:
                while chunk := stream.read(_CHUNK_BYTES):
                    count += len(chunk)
                    if count > most:
                        raise self._too_much(count)
                    digest.update(chunk)
                    file.write(chunk)
            if not count:
                raise NoFile
        except OSError as error:
            self.remove(import_id)
            if error.errno in FULL:
                raise DiskFull from error
            raise
        except BaseException:
            self.remove(import_id)
            raise
        return ReceivedFile(kept, digest.hexdigest(), count)

    def adopt(self, import_id: str, name: str, written: Path) -> ReceivedFile:
        """Take a file that lies in the folder of a new import already as its file. Raises `NoFile` for an empty one."""
        count = written.stat().st_size
        if not count:
            raise NoFile
        if count > self.limits.file_bytes:
            raise FileTooLarge(self.limits.file_bytes)
        kept = self.folder / import_id / "file" / kept_name(name)
        kept.parent.mkdir(parents=True)
        written.replace(kept)
        with kept.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256")
        return ReceivedFile(kept.name, digest.hexdigest(), count)

    def remove(self, import_id: str) -> None:
        """Take everything of an import away."""
        shutil.rmtree(self.folder / import_id, ignore_errors=True)

    def clear_work(self, import_id: str) -> Path:
        """Return the folder in which a file is read, emptied."""
        folder = self.work(import_id)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    def _too_much(self, count: int) -> Exception:
        return FileTooLarge(self.limits.file_bytes) if count > self.limits.file_bytes else DiskFull()


def kept_name(given: str) -> str:
    """Return a file name that is safe in a folder of ours: its last part, without controls, its ending kept."""
    plain = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in plain if sign.isprintable() and sign not in '<>:"|?*')
    plain = plain.encode("utf-8", "ignore").decode().strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or not re.fullmatch(r"[A-Za-z0-9]{1,10}", ending):
        stem, ending = plain, ""
    room = _MOST_NAME_BYTES - len(ending) - 1
    stem = stem.encode()[:room].decode("utf-8", "ignore").strip(" .") or "upload"
    return f"{stem}.{ending}" if ending else stem


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
