"""The store of a study (``.halfcell/``): results by their id, records of made items; written aside, then renamed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import pickle
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from halfcell.core.errors import InputError
from halfcell.core.missing_subject import MissingSubject
from halfcell.core.result import Note, Result
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.step_results import StepResults

FOLDER = ".halfcell"
_TRIES = 5  # to write a file, where runs that begin throw it away
_BROKEN = (pickle.UnpicklingError, AttributeError, ImportError, IndexError, EOFError, TypeError, ValueError, KeyError)


@dataclass(frozen=True)
class Store:
    """What was computed before, by content: a file is there whole or not at all, whenever a run was killed."""

    root: Path

    def path(self, step: str) -> Path:
        """Where the results of a step are."""
        return self.root / FOLDER / "results" / step[:2] / f"{step}.pickle"

    def has(self, step: str) -> bool:
        """Whether the results of a step are there."""
        return self.path(step).is_file()

    def load(self, step: str) -> StepResults | None:
        """The results of a step; None where they are missing, damaged, or of another shape than today's records."""
        try:
            content = self.path(step).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(content[32:]).digest() != content[:32]:
            return None
        try:
            stored = pickle.loads(content[32:])
        except _BROKEN:
            return None
        fits = isinstance(stored, StepResults) and all(_fits(result) for result in stored.results)
        return stored if fits else None

    def save(self, step: str, stored: StepResults) -> None:
        """Keep the results of a step."""
        content = pickle.dumps(stored, protocol=5)
        self.put(self.path(step), hashlib.sha256(content).digest() + content)

    def made(self, key: str) -> ItemRecord | None:
        """The record of a made item; None where there is none."""
        content = read_json(self._record(key))
        if not content:
            return None
        notes = tuple((label, Note(*note)) for label, note in content["notes"])
        missing = tuple(MissingSubject(label, why) for label, why in content.get("missing", ()))
        return ItemRecord(**{**content, "numbers": tuple(content["numbers"]), "notes": notes, "missing": missing})

    def keep(self, key: str, made: ItemRecord) -> None:
        """Keep the record of a made item."""
        content = dataclasses.asdict(made)
        content["notes"] = [(label, (note.level, note.code, note.text)) for label, note in made.notes]
        self.put(self._record(key), as_text(content))

    def _record(self, key: str) -> Path:
        return self.root / FOLDER / "items" / f"{key}.json"

    def put(self, path: Path, content: bytes | str) -> None:
        """Write a file in one step: in the store's own folder first, then renamed to where it belongs.

        A run that begins meanwhile throws away what lies aside (a report needs no lock): then it is written again.
        """
        for left in reversed(range(_TRIES)):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with self.aside() as folder:
                    beside = folder / path.name
                    beside.write_bytes(content.encode() if isinstance(content, str) else content)
                    os.replace(beside, path)
            except FileNotFoundError:
                if not left:
                    raise
            else:
                return

    @contextmanager
    def aside(self) -> Iterator[Path]:
        """A folder to write in unseen; what is left there is thrown away."""
        parent = self.root / FOLDER / "aside"
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def clear(self) -> None:
        """Forget all results, records, measurements kept, and which reader takes which file."""
        for name in ("results", "items", "measured"):
            shutil.rmtree(self.root / FOLDER / name, ignore_errors=True)
        (self.root / FOLDER / "readers.json").unlink(missing_ok=True)


def _fits(result: object) -> bool:
    """Whether a stored result has exactly the fields that its class has today."""
    if not isinstance(result, Result):
        return False
    return {item.name for item in dataclasses.fields(result)} <= set(vars(result))


def as_text(content: Any) -> str:
    """JSON that is the same text for the same content."""
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file of ours; empty where the file is missing or damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def digest(content: Mapping[str, Any]) -> str:
    """sha256 of a JSON object in its one canonical text."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the study for one run; what a killed run left half-written is thrown away first.

    Raises
    ------
    InputError
        If another run is at work in the same study.
    """
    folder = root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        file = (folder / "running").open("a+b")
    except OSError as error:
        raise InputError(f"cannot write in the study's folder: {error.strerror}", str(root)) from error
    with file:
        if not _locked(file.fileno()):
            raise InputError("another run is at work in this study", str(root), "wait for it, or stop it")
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
        shutil.rmtree(folder / "aside", ignore_errors=True)
        for left in (root / "out").rglob(".*.part"):
            left.unlink(missing_ok=True)
        yield


def _locked(descriptor: int) -> bool:
    """Lock an open file against other processes; the system frees it when the process ends, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
