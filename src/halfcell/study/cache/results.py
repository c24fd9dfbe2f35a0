"""The store of a study (``.halfcell/``): the results of each step and the record of each figure and table made."""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NotRequired, TypedDict, cast

from halfcell.core.missing_subject import MissingSubject
from halfcell.core.result import Note
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.sealed import Damaged, sealed, unsealed
from halfcell.study.cache.step_results import StepResults
from halfcell.study.cache.store_files import FOLDER, StoreFiles
from halfcell.study.cache.stored_results import results_as_bytes, results_from_bytes

if TYPE_CHECKING:
    from halfcell.core.result import Level
    from halfcell.study.cache.item_record import NumberRecord


class _StoredRecord(TypedDict):
    """The record of an item as JSON."""

    numbers: list[NumberRecord]
    notes: list[tuple[str, tuple[Level, str, str]]]
    outputs: Mapping[str, str]
    simulated: bool
    missing: NotRequired[list[tuple[str, str]]]
    unseen_style: NotRequired[list[str]]
    made: NotRequired[str]


class Store(StoreFiles):
    """The store of the study at `root`: results by the id of their step, records by the key of their item."""

    def results_path(self, step: str) -> Path:
        """Where the results of a step are stored."""
        return self.root / FOLDER / "results" / step[:2] / f"{step}.results"

    def has_results(self, step: str) -> bool:
        """Whether the results of a step are stored."""
        return self.results_path(step).is_file()

    def load_results(self, step: str) -> StepResults | None:
        """The results of a step; None if they are missing or damaged, or if a class of theirs has other fields now."""
        path = self.results_path(step)
        try:
            return results_from_bytes(unsealed(path.read_bytes()))
        except OSError:
            return None
        except Damaged:
            self.set_aside(path)
            return None

    def save_results(self, step: str, results: StepResults) -> None:
        """Store the results of a step.

        Raises
        ------
        PluginError
            If a result holds something that cannot be stored.
        """
        self.write_file(self.results_path(step), sealed(results_as_bytes(results)))

    def load_record(self, key: str) -> ItemRecord | None:
        """The record of an item that was made, by the item's key; None if there is none."""
        content = self.read_json(self._record_path(key))
        if not content:
            return None
        stored = cast("_StoredRecord", content)
        return ItemRecord(
            numbers=tuple(stored["numbers"]),
            notes=tuple((label, Note(*note)) for label, note in stored["notes"]),
            outputs=stored["outputs"],
            simulated=stored["simulated"],
            missing=tuple(MissingSubject(label, why) for label, why in stored.get("missing", ())),
            unseen_style=tuple(stored.get("unseen_style", ())),
            made=stored.get("made", ""),
        )

    def save_record(self, key: str, record: ItemRecord) -> None:
        """Store the record of an item that was made."""
        content = dataclasses.asdict(record)
        content["notes"] = [(label, (note.level, note.code, note.text)) for label, note in record.notes]
        self.write_json(self._record_path(key), content)

    def _record_path(self, key: str) -> Path:
        return self.root / FOLDER / "items" / f"{key}.json"

    def clear(self) -> None:
        """Remove all results, records, measurements and parts of reports, and which reader reads which file."""
        for name in ("results", "items", "measured", "shown", "parts"):
            shutil.rmtree(self.root / FOLDER / name, ignore_errors=True)
        (self.root / FOLDER / "readers.json").unlink(missing_ok=True)
