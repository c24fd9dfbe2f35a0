"""Every real instrument file is read by one reader into documented columns, or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import HalfcellError, UnrecognisedFile
from halfcell.core.vocabulary import technique_name, vocabulary
from halfcell.readers import read_all

ANSWERS = {".json", ".md"}  # not instrument files: answers and manifests
NOT_RAW = (".btsda.parquet", ".cellpy_summary.parquet", "_Metadata.csv", "_cycle_data.csv")


def _files(folder: Path) -> list[Path]:
    found = (p for p in folder.rglob("*") if p.is_file() and p.suffix not in ANSWERS)
    return sorted(p for p in found if not p.name.endswith(NOT_RAW))


def _documented(kind: str) -> set[str]:
    return set(vocabulary()["column"].get(kind, {})) | set(vocabulary()["column"].get(technique_name(kind), {}))


TOPICS = ["cycling", "eis", "spectra", *(f"materials/{name}" for name in ("indentation", "tga", "sorption", "psd"))]


@pytest.mark.parametrize("topic", TOPICS)
def test_read_into_documented_columns_or_refused(data: Path, topic: str) -> None:
    notes = {code for section in vocabulary()["note"].values() for code in section}
    wrong, several = [], []
    for path in _files(data / topic):
        try:
            measurements = read_all(path)
        except UnrecognisedFile as error:
            several += [str(error)] if "several readers" in str(error) else []
            continue
        except HalfcellError as error:
            wrong += [] if error.where and error.what else [f"{path.name}: an error without place"]
            continue
        for m in measurements:
            unknown = set(m.columns) - _documented(m.technique)
            codes = {note.code for note in m.notes} - notes
            lengths = {len(values) for values in m.columns.values() if np.ndim(values) == 1}
            if unknown or codes or len(lengths) > 1:
                wrong.append(f"{path.name}: {m.technique}: {sorted(unknown)} {sorted(codes)} {lengths}")
    assert several == []
    assert wrong == []
