"""A study that was run: raw file, lock, results, record, drawing, outputs and report, made without running anything."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.core.quantity import Quantity
from halfcell.core.result import Result
from halfcell.core.source import Source
from halfcell.study.cache.drawings import save_drawing
from halfcell.study.cache.item_record import ItemRecord
from halfcell.study.cache.json_files import digest
from halfcell.study.cache.kept_records import keep_record
from halfcell.study.cache.lock_file import LOCK_FILE, LOCK_FORMAT, Lock, StepEntry, lock_text
from halfcell.study.cache.measurements import StoredMeasurements
from halfcell.study.cache.results import Store
from halfcell.study.cache.step_results import StepResults
from halfcell.study.files.input_file import InputFile
from halfcell.techniques.cycling import Settings

STEP, KEY, BODY = "ab" * 32, "cd" * 32, "ef" * 32


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def step_entry(**given: object) -> StepEntry:
    """A step of study.lock that reads raw/a.txt."""
    plain: StepEntry = {
        "technique": "cycling",
        "version": "1",
        "subject": "A",
        "settings": {"active_mass_mg": 1.2},
        "set_in": {"active_mass_mg": "cells.csv"},
        "sources": {"raw/a.txt": sha256("raw")},
        "readers": {"raw/a.txt": "text_dialect 1"},
    }
    return {**plain, **given}  # type: ignore[typeddict-item]


def results(value: float = 1.0) -> StepResults:
    """Results with one number."""
    found = {"ice": Quantity(value, "%")}
    return StepResults(results=(Result(technique="cycling", quantities=found),), tags=("",), code_version="1")


@dataclass(frozen=True)
class KeptStudy:
    """The folder of a study that was run, and what its lock holds."""

    root: Path
    lock: Lock

    def write(self, path: str, text: str) -> Path:
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())
        return place

    def write_lock(self, lock: Lock) -> None:
        self.write(LOCK_FILE, lock_text(lock))

    @property
    def store(self) -> Store:
        return Store(self.root)


def measured_file(name: str = "a.txt") -> InputFile:
    return InputFile(path=f"raw/{name}", sha256=digest({"name": name}), reader="text_dialect 1")


def keep_measurement(root: Path, name: str = "a.txt") -> None:
    """Keep a measurement of 3,000 records of a raw file."""
    file = measured_file(name)
    columns = {"voltage_volt": np.arange(3000.0)}
    source = Source(file.path, file.sha256, "text_dialect", 77)
    StoredMeasurements(root).save(file, {}, [Measurement(technique="cycling", columns=columns, source=source)])


def kept_study(root: Path) -> KeptStudy:
    """Make the folder of a study that was run."""
    files = {
        "raw/a.txt": "raw",
        "own.png": "own",
        "out/S1.svg": "svg",
        "out/report.html": "html",
        "out/numbers.csv": "n",
    }
    lock: Lock = {
        "format": LOCK_FORMAT,
        "steps": {STEP: step_entry()},
        "items": {
            "figure S1": {
                "key": KEY,
                "body": BODY,
                "steps": [STEP],
                "name": "Figure S1",
                "outputs": {"out/S1.svg": sha256("svg")},
                "own": {"own.png": sha256("own")},
            }
        },
        "numbers": sha256("n"),
        "report": {"key": "x", "outputs": {"out/report.html": sha256("html")}},
    }
    study = KeptStudy(root, lock)
    for path, text in files.items():
        study.write(path, text)
    study.write_lock(lock)
    study.store.save_results(STEP, results())
    study.store.save_record(KEY, ItemRecord(outputs={"out/S1.svg": sha256("svg")}))
    keep_record(study.store, BODY, Settings(active_mass_mg=1.2))
    save_drawing(study.store, "mark", {"out/S1.svg": sha256("svg")})
    keep_measurement(root)
    return study
