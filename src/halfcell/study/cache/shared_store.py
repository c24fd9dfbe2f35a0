"""A store that machines share where they share nothing else: a folder, or a place that fsspec reaches (``s3://lab``).

Files are stored by the hash of their content and results by the id of their step, so that nothing in it is ever
changed: what is there is complete, and of two machines that store the same thing it does not matter which was first.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from halfcell.core.errors import InputError
from halfcell.core.optional_dependencies import require
from halfcell.study.cache.sealed import Damaged, unsealed


@dataclass(frozen=True)
class SharedStore:
    """The store at an address: a path, or a URL with the protocol of a file system that fsspec knows."""

    url: str

    def put_file(self, path: Path, sha256: str) -> None:
        """Store a file under its hash, unless it is there."""
        place = self._place("files", sha256)
        if not self._files.exists(place):
            self._write(place, path.read_bytes())

    def get_file(self, sha256: str, path: Path) -> None:
        """Fetch the file with this hash.

        Raises
        ------
        InputError
            If it is not there, or has another content; it is then taken away, and the next run stores it again.
        """
        place = self._place("files", sha256)
        content = self._read(place)
        if content is None or hashlib.sha256(content).hexdigest() != sha256:
            what = "is missing from the shared store" if content is None else "is damaged in the shared store"
            if content is not None:
                self._files.rm_file(place)  # what is there would not be stored again
            raise InputError(f"{path.name} {what}", self.url, "run again: it is stored again")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def put_results(self, step: str, stored: bytes) -> None:
        """Store the sealed results of a step."""
        self._write(self._place("results", step), stored)

    def get_results(self, step: str) -> bytes | None:
        """The sealed results of a step; None if they are not there or not as they were written."""
        content = self._read(self._place("results", step))
        if content is None:
            return None
        try:
            unsealed(content)
        except Damaged:
            return None
        return content

    def check(self) -> None:
        """Write a file, to see before the run whether this works.

        Raises
        ------
        InputError
            If the store cannot be reached or written.
        MissingExtra
            If the package for its protocol is not installed.
        """
        try:
            self._write(self._place("files", "writable"), b"halfcell\n")
        except (OSError, ValueError) as error:
            raise InputError(f"the shared store cannot be written: {error}", self.url) from error

    @cached_property
    def _opened(self) -> tuple[Any, str]:
        """The file system, and the place of the store in it."""
        try:
            files, place = require("fsspec", "cluster").core.url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            hint = "give a folder, or a URL such as s3://bucket/folder (python -m pip install s3fs)"
            raise InputError(f"the shared store cannot be opened: {error}", self.url, hint) from error
        return files, str(place)

    @property
    def _files(self) -> Any:
        return self._opened[0]

    def _place(self, kind: str, name: str) -> str:
        return f"{self._opened[1].rstrip('/')}/{kind}/{name[:2]}/{name}"

    def _read(self, place: str) -> bytes | None:
        try:
            return bytes(self._files.cat_file(place))
        except FileNotFoundError:
            return None

    def _write(self, place: str, content: bytes) -> None:
        """Write a file whole: in a folder under another name first; object stores show only whole objects."""
        folder = place.rpartition("/")[0]
        self._files.makedirs(folder, exist_ok=True)
        if "file" not in self._files.protocol:
            self._files.pipe_file(place, content)
            return
        unfinished = f"{place}.{os.getpid()}.part"
        self._files.pipe_file(unfinished, content)
        os.replace(unfinished, place)
