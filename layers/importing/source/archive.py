"""Zip archives of unknown origin: looked through first, and only what is wanted is unpacked, under names of our own."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from layers.importing.source.model import Limits
from layers.importing.source.refusals import megabytes, refusal

#: Below this size unpacked an archive does no harm, however well it was packed (blanks in a .dbf pack very well).
_HARMLESS_BYTES = 16 * 2**20
_UTF8_FLAG, _ENCRYPTED_FLAG = 0x800, 0x1
_END_RECORD, _END_RECORD_64 = b"PK\x05\x06", b"PK\x06\x06"
_CHUNK = 2**20
_DRIVE = re.compile(r"^[A-Za-z]:")
#: What a mean entry of a directory may take: names may be long, comments too.
_ENTRY_BYTES = 1024


@dataclass(frozen=True)
class Member:
    """A file in an archive: `name` as a person knows it, with `/` between folders."""

    name: str
    info: zipfile.ZipInfo

    @property
    def path(self) -> PurePosixPath:
        """The name as a path within the archive."""
        return PurePosixPath(self.name)

    @property
    def suffix(self) -> str:
        """The extension in small letters, with its dot."""
        return self.path.suffix.lower()


class Archive:
    """A zip archive that passed the checks. Use it as a context."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Open and check. Raises `UnusableFile`: bomb, paths that lead out, links, password, damage."""
        self._limits = limits
        _check_directory(path, limits)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise refusal("truncated", detail=_reason(error)) from None
        try:
            self.members = _checked(self._zip, path.stat().st_size, limits)
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def unpack(self, member: Member, target: Path) -> Path:
        """Write one member to `target` (a path of the caller's own choice) and return it."""
        left = self._limits.unpacked_bytes
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._zip.open(member.info) as packed, target.open("wb") as plain:
                while chunk := packed.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise _bomb(self._limits.unpacked_bytes, 0)
                    plain.write(chunk)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise refusal("truncated", detail=f"{member.name}: {_reason(error)}") from None
        return target

    def head(self, member: Member, count: int) -> bytes:
        """Return the first bytes of a member."""
        try:
            with self._zip.open(member.info) as packed:
                return packed.read(count)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise refusal("truncated", detail=f"{member.name}: {_reason(error)}") from None

    def unpack_all(self, members: Iterable[Member], folder: Path) -> None:
        """Write members into a folder under their own file names, which must be plain."""
        for member in members:
            name = member.path.name
            if not re.fullmatch(r"[\w.\- ]+", name):
                raise refusal("unsafe_path", name=member.name)
            self.unpack(member, folder / name)


def _check_directory(path: Path, limits: Limits) -> None:
    """Refuse an archive whose directory alone would fill the memory, before it is read."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - 2**16 - 100))
        tail = file.read()
    place = tail.rfind(_END_RECORD)
    if place < 0 or len(tail) < place + 22:
        raise refusal("truncated", detail="zip")
    (directory,) = struct.unpack_from("<L", tail, place + 12)
    place_64 = tail.rfind(_END_RECORD_64, 0, place)
    if directory == 0xFFFFFFFF and 0 <= place_64 <= len(tail) - 56:
        (directory,) = struct.unpack_from("<Q", tail, place_64 + 40)
    if directory > limits.members * _ENTRY_BYTES:
        raise refusal("too_many_members", limit=limits.members)


def _checked(archive: zipfile.ZipFile, packed_bytes: int, limits: Limits) -> list[Member]:
    infos = archive.infolist()
    if len(infos) > limits.members:
        raise refusal("too_many_members", limit=limits.members)
    unpacked = sum(info.file_size for info in infos)
    ratio = unpacked / max(packed_bytes, 1)
    if unpacked > limits.unpacked_bytes or (unpacked > _HARMLESS_BYTES and ratio > limits.ratio):
        raise _bomb(unpacked, ratio)
    found = [Member(_safe_name(info), info) for info in infos]
    for member in found:
        mode = member.info.external_attr >> 16
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise refusal("symlink", name=member.name)
        if member.info.flag_bits & _ENCRYPTED_FLAG:
            raise refusal("encrypted")
    return [member for member in found if not member.name.endswith("/") and not _is_litter(member.path)]


def _is_litter(path: PurePosixPath) -> bool:
    """Files that systems put into archives by themselves."""
    return path.parts[0] == "__MACOSX" or path.name in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _safe_name(info: zipfile.ZipInfo) -> str:
    name = _decoded(info).replace("\\", "/")
    parts = name.split("/")
    if name.startswith("/") or _DRIVE.match(name) or ".." in parts or "\0" in info.orig_filename or not name.strip("/"):
        raise refusal("unsafe_path", name=name[:200])
    return name


def _decoded(info: zipfile.ZipInfo) -> str:
    """Return the name as it was meant: without the UTF-8 mark, Chinese Windows writes GBK."""
    if info.flag_bits & _UTF8_FLAG:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _bomb(unpacked: float, ratio: float) -> Exception:
    return refusal("zip_bomb", found=megabytes(unpacked), ratio=round(ratio))


def _reason(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
