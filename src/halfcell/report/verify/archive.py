"""An archive opened with care: its names, sizes and kinds of entries are checked before anything is unpacked."""

from __future__ import annotations

import hashlib
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from halfcell.core.errors import InputError
from halfcell.core.unpacked_size import check_size
from halfcell.report.crate.metadata import METADATA
from halfcell.report.pack.manifest import MANIFEST
from halfcell.report.pack.names import check_name

_BLOCK: Final = 1 << 20
_LARGEST_TEXT: Final = 256 * 2**20  # bytes of a file that is read whole: tables, documents, metadata
_MOST_FILES: Final = 200_000
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)
_HINT: Final = "name an archive that halfcell pack wrote"


@dataclass(frozen=True, kw_only=True)
class Archive:
    """A ZIP archive whose entries are safe to unpack; `entries` are its files by name.

    An archive that was unpacked and packed again by hand may have all files in one folder, which is no part of their
    names.
    """

    file: zipfile.ZipFile
    entries: dict[str, zipfile.ZipInfo]

    def sha256(self, name: str) -> str:
        """The hash of a file's content; empty if it cannot be unpacked."""
        digest = hashlib.sha256()
        try:
            with self.file.open(self.entries[name]) as source:
                while block := source.read(_BLOCK):
                    digest.update(block)
        except _DAMAGE:
            return ""
        return digest.hexdigest()

    def read(self, name: str) -> bytes:
        """The content of a file that is read whole.

        Raises
        ------
        InputError
            If there is no such file, it is damaged, or larger than 256 MiB.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise InputError("the archive has no such file", name, _HINT)
        if entry.file_size > _LARGEST_TEXT:
            raise InputError(f"larger than {_LARGEST_TEXT >> 20} MiB", name)
        try:
            return self.file.read(entry)
        except _DAMAGE as error:
            raise InputError("cannot be unpacked: damaged", name, "fetch the archive again") from error

    def unpack(self, name: str, folder: Path) -> bool:
        """Unpack a file below a folder, where none of that name may be; whether it could be unpacked whole."""
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self.file.open(self.entries[name]) as source, place.open("xb") as target:
                shutil.copyfileobj(source, target, _BLOCK)
        except _DAMAGE:
            place.unlink(missing_ok=True)
            return False
        return True


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive of `halfcell pack`; nothing is unpacked yet.

    Raises
    ------
    InputError
        If it is no ZIP archive or none of halfcell, or holds what no such archive holds: names that lead out of the
        folder, links, encrypted files, a name twice, a decompression bomb.
    """
    try:
        file = zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise InputError("no such file", str(path), _HINT) from error
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError("not a ZIP archive, or damaged", str(path), _HINT) from error
    with file:
        yield Archive(file=file, entries=_entries(file, path))


def _entries(file: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    """The files by name, checked."""
    found: dict[str, zipfile.ZipInfo] = {}
    members, where = file.infolist(), str(path)
    if len(members) > _MOST_FILES:
        raise InputError(f"the archive has {len(members)} members", where, _HINT)
    for entry in members:
        if entry.is_dir():
            continue
        check_name(entry.filename, where)
        _check_entry(entry, where)
        if entry.filename in found:
            raise InputError(f"two files of the name {entry.filename}", where, "such an archive is not to be trusted")
        found[entry.filename] = entry
    packed = path.stat().st_size
    for entry in found.values():
        check_size(entry.file_size, packed, f"{where}: {entry.filename}")
    prefix = _prefix(found)
    if prefix + MANIFEST not in found or prefix + METADATA not in found:
        raise InputError(f"not an archive of halfcell: it has no {MANIFEST} or no {METADATA}", where, _HINT)
    return {name.removeprefix(prefix): entry for name, entry in found.items()}


def _check_entry(entry: zipfile.ZipInfo, where: str) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG}:
        raise InputError(f"{entry.filename} is a link or a device, not a file", where, "it is not to be trusted")
    if entry.flag_bits & 1:
        raise InputError(f"{entry.filename} is encrypted", where, _HINT)


def _prefix(names: dict[str, zipfile.ZipInfo]) -> str:
    """The one folder in which all files lie, with its slash; empty if they lie at the top."""
    if MANIFEST in names:
        return ""
    top = {name.partition("/")[0] for name in names}
    return f"{next(iter(top))}/" if len(top) == 1 else ""


def check_room(archive: Archive, folder: Path) -> None:
    """Refuse what does not fit on the disk of a folder.

    Raises
    ------
    InputError
        If less space is free than the files need.
    """
    needed, free = sum(entry.file_size for entry in archive.entries.values()), shutil.disk_usage(folder).free
    if needed > free:
        what = f"it unpacks to {needed / 1e6:.0f} MB, and {free / 1e6:.0f} MB are free"
        raise InputError(what, str(folder), "choose another folder: --keep FOLDER")
