"""The files of a study's store (``.halfcell/``): complete or missing, and each with the hash of its content."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from halfcell.core.atomic_files import move_into_place
from halfcell.study.cache.json_files import compact_json
from halfcell.study.cache.sealed import Damaged, sealed_text, unsealed_text

if TYPE_CHECKING:
    from halfcell.core.json_values import JsonObject

FOLDER = ".halfcell"
DAMAGED = "damaged"
_ATTEMPTS = 5  # to write a file, since a run that starts meanwhile may remove it


@dataclass(frozen=True)
class StoreFiles:
    """The files in the store of the study at `root`. Each is complete or missing, even if a run was killed."""

    root: Path

    def read_json(self, path: Path) -> JsonObject:
        """A JSON object that `write_json` wrote; empty if the file is missing or damaged."""
        try:
            content = unsealed_text(path.read_bytes())
        except OSError:
            return {}
        except Damaged:
            self.set_aside(path)
            return {}
        found = json.loads(content)
        return found if isinstance(found, dict) else {}

    def write_json(self, path: Path, content: object) -> None:
        """Write a JSON object after the hash of its text."""
        self.write_file(path, sealed_text(compact_json(content)))

    def set_aside(self, path: Path) -> None:
        """Move a damaged file out of the way; the run tells of it, and what it held is made again."""
        with suppress(OSError):
            folder = self.root / FOLDER / DAMAGED
            folder.mkdir(parents=True, exist_ok=True)
            path.replace(folder / path.name)

    def damaged(self) -> tuple[str, ...]:
        """The names of the files that were set aside since the last run began."""
        folder = self.root / FOLDER / DAMAGED
        return tuple(sorted(path.name for path in folder.iterdir())) if folder.is_dir() else ()

    def write_file(self, path: Path, content: bytes | str) -> None:
        """Write a file in one step: first in a scratch folder, then renamed to its place.

        It is not synced: what a power cut leaves of it has another hash, and is made again. A run that starts meanwhile
        removes all scratch folders; then the file is written again.
        """
        for attempts_left in reversed(range(_ATTEMPTS)):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with self.scratch_folder() as folder:
                    unfinished = folder / path.name
                    unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
                    move_into_place(unfinished, path, lasting=False)
            except FileNotFoundError:
                if not attempts_left:
                    raise
            else:
                return

    @contextmanager
    def scratch_folder(self) -> Iterator[Path]:
        """A folder for unfinished files; it is removed with all that is left in it."""
        parent = self.root / FOLDER / "aside"
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
