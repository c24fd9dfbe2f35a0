"""The same run as BioLogic wrote it (.mpr) and as EC-Lab exported it (.mpt): the same columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.readers import read_all

PAIRS = {
    "gcpl.issue_149": "cycling",
    "gcpl.issue_226.CxN": "cycling",
    "mb.issue_95": "cycling",
    "cp": "cycling",
    "ocv.issue_149": "cycling",
    "cva.issue_202": "voltammetry",
    "lsv": "voltammetry",
    "ca.issue_149": "polarisation",
    "peis": "impedance",
    "geis.issue_149": "impedance",
}
PRINTED = 6e-8  # EC-Lab prints single precision with eight digits


@pytest.mark.parametrize("name", PAIRS)
def test_same_columns(data: Path, name: str) -> None:
    binary = read_all(data / f"cycling/biologic_gplrepo/{name}.mpr")
    text = read_all(data / f"cycling/biologic_gplrepo/{name}.mpt.gz")
    assert len(binary) == len(text)
    for one, other in zip(binary, text, strict=True):
        assert one.technique == other.technique == PAIRS[name]
        assert set(one.columns) == set(other.columns)
        assert one.meta["started"] == other.meta["started"]
        for column in one.columns:
            largest = float(np.max(np.abs(other[column])))
            np.testing.assert_allclose(one[column], other[column], rtol=0, atol=PRINTED * largest + 1e-15)


def test_rebuilt_current_equals_the_exported_one(data: Path) -> None:
    """EC-Lab's <I> of a GCPL file is dq/dt: to 1e-16 mA."""
    for name in ("gcpl.issue_149", "gcpl.issue_226.CxN"):
        binary = read_all(data / f"cycling/biologic_gplrepo/{name}.mpr")[0]
        text = read_all(data / f"cycling/biologic_gplrepo/{name}.mpt.gz")[0]
        assert any(note.code == "current_rebuilt" for note in binary.notes)
        np.testing.assert_allclose(binary["current_ampere"], text["current_ampere"], rtol=1e-12, atol=1e-18)
