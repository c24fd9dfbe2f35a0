"""A raw file for readers: name, first bytes, content; a .gz, .bz2 or .zip of one file is read like the file itself."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import tempfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.limits import MAX_UNPACKED
from halfcell.core.unpacked_size import check_size

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = 65536
_PIECE = 2**24  # bytes read at a time
_PACKED = {".gz": b"\x1f\x8b", ".bz2": b"BZh", ".zip": b"PK\x03\x04"}


@dataclass(frozen=True)
class RawFile:
    """A file of an instrument, never changed.

    `path` is its path on disk; `name` is its name without the suffix of a compression. `bytes_left_out` at the end of
    the content are not read, for instance a truncated last line.
    """

    path: Path
    bytes_left_out: int = 0

    @cached_property
    def packer(self) -> str:
        """Suffix of the compression (``.gz``, ``.bz2``, ``.zip``), or empty."""
        suffix = self.path.suffix.lower()
        if suffix not in _PACKED:
            return ""
        with self.path.open("rb") as file:
            return suffix if file.read(len(_PACKED[suffix])) == _PACKED[suffix] else ""

    @cached_property
    def name(self) -> str:
        """Name of the file without compression."""
        if self.packer == ".zip":
            with self._archive() as archive:
                return Path(_member(archive, self.path)).name
        return self.path.stem if self.packer else self.path.name

    @cached_property
    def suffix(self) -> str:
        """Suffix of the file without compression, lower case, with its dot."""
        return Path(self.name).suffix.lower()

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB, enough to recognise the file."""
        with self._open() as file:
            return file.read(HEAD)

    def read(self, largest: int = MAX_UNPACKED) -> bytes:
        """All bytes of the (decompressed) file, at most `largest`.

        Raises
        ------
        InputError
            If a compressed file is damaged or looks like a bomb, or the content is larger (by default 4 GiB).
        """
        pieces: list[bytes] = []
        size = 0
        with self._open() as file:
            while piece := file.read(_PIECE):
                size += len(piece)
                if size > largest:
                    raise InputError(f"the content is larger than {largest >> 20} MiB", str(self.path))
                if self.packer:
                    check_size(size, self.path.stat().st_size, str(self.path))
                pieces.append(piece)
        content = b"".join(pieces)
        return content[: len(content) - self.bytes_left_out] if self.bytes_left_out else content

    def text(self, encoding: str = "utf-8", largest: int = MAX_UNPACKED) -> str:
        """The content as text; a byte-order mark determines the encoding, undecodable bytes are replaced."""
        content = self.read(largest)
        for mark, code in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
            if content.startswith(mark):
                return content.decode(code, errors="replace")
        return content.decode(encoding, errors="replace")

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """A path to the file, for libraries that need one; a compressed file is decompressed to a temporary file."""
        if not self.packer:
            yield self.path
            return
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / self.name
            path.write_bytes(self.read())
            yield path

    def sha256(self) -> str:
        """SHA-256 of the file on disk, compressed or not."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @contextmanager
    def _open(self) -> Iterator[IO[bytes]]:
        try:
            if self.packer == ".gz":
                with gzip.open(self.path) as file:
                    yield io.BufferedReader(file)
            elif self.packer == ".bz2":
                with bz2.open(self.path) as file:
                    yield io.BufferedReader(file)
            elif self.packer == ".zip":
                with self._archive() as archive, archive.open(_member(archive, self.path)) as file:
                    yield file
            else:
                with self.path.open("rb") as file:
                    yield file
        except (EOFError, zipfile.BadZipFile, gzip.BadGzipFile, zlib.error) as error:
            raise InputError(f"the compressed file is damaged: {error}", str(self.path)) from error
        except OSError as error:
            raise InputError(f"cannot be opened: {error.strerror or error}", str(self.path)) from error

    @contextmanager
    def _archive(self) -> Iterator[zipfile.ZipFile]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                yield archive
        except zipfile.BadZipFile as error:
            raise InputError(f"the compressed file is damaged: {error}", str(self.path)) from error


def _member(archive: zipfile.ZipFile, path: Path) -> str:
    """The name of the only file in an archive."""
    names = [item.filename for item in archive.infolist() if not item.is_dir()]
    if len(names) != 1:
        raise InputError(f"the archive contains {len(names)} files, not one", str(path), "extract them")
    return names[0]
