"""The store of a study (``.halfcell/``): the results of each step and the record of each figure and table made."""

from __future__ import annotations

import dataclasses
import pickle
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NotRequired, TypedDict, cast

from halfcell.core.atomic_files import move_into_place
from halfcell.core.missing_subject import MissingSubject
from halfcell.core.result import Note, Result
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.json_files import json_text, read_json
from halfcell.study.cache.step_results import StepResults
from halfcell.study.cache.store_key import SIGNATURE_SIZE, is_signed, signature

if TYPE_CHECKING:
    from halfcell.core.result import Level
    from halfcell.study.cache.item_record import NumberRecord

FOLDER = ".halfcell"
_ATTEMPTS = 5  # to write a file, since a run that starts meanwhile may remove it
_DAMAGED = (pickle.UnpicklingError, AttributeError, ImportError, IndexError, EOFError, TypeError, ValueError, KeyError)


class _StoredRecord(TypedDict):
    """The record of an item as JSON."""

    numbers: list[NumberRecord]
    notes: list[tuple[str, tuple[Level, str, str]]]
    outputs: Mapping[str, str]
    simulated: bool
    missing: NotRequired[list[tuple[str, str]]]
    made: NotRequired[str]


@dataclass(frozen=True)
class Store:
    """The store of the study at `root`. A file in it is complete or missing, even if a run was killed."""

    root: Path

    def results_path(self, step: str) -> Path:
        """Where the results of a step are stored."""
        return self.root / FOLDER / "results" / step[:2] / f"{step}.pickle"

    def has_results(self, step: str) -> bool:
        """Whether the results of a step are stored."""
        return self.results_path(step).is_file()

    def load_results(self, step: str) -> StepResults | None:
        """The results of a step; None if they are missing, damaged, of another user, or have other fields now."""
        try:
            content = self.results_path(step).read_bytes()
        except OSError:
            return None
        pickled = content[SIGNATURE_SIZE:]
        if not is_signed(pickled, content[:SIGNATURE_SIZE]):
            return None
        try:
            stored = pickle.loads(pickled)
        except _DAMAGED:
            return None
        is_current = isinstance(stored, StepResults) and all(_has_current_fields(result) for result in stored.results)
        return stored if is_current else None

    def save_results(self, step: str, results: StepResults) -> None:
        """Store the results of a step."""
        content = pickle.dumps(results, protocol=5)
        self.write_file(self.results_path(step), signature(content) + content)

    def load_record(self, key: str) -> ItemRecord | None:
        """The record of an item that was made, by the item's key; None if there is none."""
        content = read_json(self._record_path(key))
        if not content:
            return None
        stored = cast("_StoredRecord", content)
        return ItemRecord(
            numbers=tuple(stored["numbers"]),
            notes=tuple((label, Note(*note)) for label, note in stored["notes"]),
            outputs=stored["outputs"],
            simulated=stored["simulated"],
            missing=tuple(MissingSubject(label, why) for label, why in stored.get("missing", ())),
            made=stored.get("made", ""),
        )

    def save_record(self, key: str, record: ItemRecord) -> None:
        """Store the record of an item that was made."""
        content = dataclasses.asdict(record)
        content["notes"] = [(label, (note.level, note.code, note.text)) for label, note in record.notes]
        self.write_file(self._record_path(key), json_text(content))

    def _record_path(self, key: str) -> Path:
        return self.root / FOLDER / "items" / f"{key}.json"

    def write_file(self, path: Path, content: bytes | str) -> None:
        """Write a file in one step: first in a scratch folder, then renamed to its place.

        A run that starts meanwhile removes all scratch folders; then the file is written again.
        """
        for attempts_left in reversed(range(_ATTEMPTS)):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                with self.scratch_folder() as folder:
                    unfinished = folder / path.name
                    unfinished.write_bytes(content.encode() if isinstance(content, str) else content)
                    move_into_place(unfinished, path)
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

    def clear(self) -> None:
        """Remove all results, records and measurements, and which reader reads which file."""
        for name in ("results", "items", "measured"):
            shutil.rmtree(self.root / FOLDER / name, ignore_errors=True)
        (self.root / FOLDER / "readers.json").unlink(missing_ok=True)


def _has_current_fields(result: object) -> bool:
    """Whether a stored result has all fields that its class has today."""
    if not isinstance(result, Result):
        return False
    return {field.name for field in dataclasses.fields(result)} <= set(vars(result))
