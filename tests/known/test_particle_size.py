"""Particle size: every real Mastersizer record against the instrument's own percentiles and moments."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import halfcell
from halfcell.core.errors import InputError, Refused
from halfcell.readers import read, read_all
from halfcell.techniques import particle_size
from halfcell.techniques.particle_size import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from halfcell.core.measurement import Measurement

ALLOWED = {"d10": 6e-3, "d50": 2e-3, "d90": 6e-3, "d43": 1e-3, "d32": 1e-3}


@pytest.fixture(scope="module")
def records(data: Path) -> tuple[Measurement, ...]:
    """The records of a CSV file and of a workbook."""
    folder = data / "materials/psd"
    return (read(folder / "example1.csv"), *read_all(folder / "example2.xlsx"))


def test_every_record_agrees_with_the_instrument(records: tuple[Measurement, ...]) -> None:
    assert len(records) == 166
    for record in records:
        found = particle_size.analyse(record, Settings())
        for name, allowed in ALLOWED.items():
            assert found[name].value == pytest.approx(record.meta["vendor"][name], rel=allowed), record.meta["title"]
        assert "vendor_disagrees" not in {note.code for note in found.notes}


def test_the_histograms_median_is_the_replicates_mean(records: tuple[Measurement, ...]) -> None:
    beads = [r for r in records if r.meta["title"] == "Honite 12"]
    assert len(beads) > 2
    joined = particle_size.analyse(particle_size.join(beads), Settings())
    assert joined["d50"].value == pytest.approx(np.mean([r.meta["vendor"]["d50"] for r in beads]), rel=2e-3)


def test_records_are_chosen_by_name(records: tuple[Measurement, ...]) -> None:
    everything = particle_size.join(records)
    with pytest.raises(Refused, match=r"products are no replicates.*record = "):
        particle_size.analyse(everything, Settings())
    chosen = particle_size.analyse(everything, Settings(record="TiO2 (P25) b - Average"))
    assert chosen["d50"].value == pytest.approx(2.693, rel=2e-3)


def test_the_record_that_is_set_is_searched_in_the_whole_file(data: Path) -> None:
    path = data / "materials/psd/example2.xlsx"
    result = halfcell.analyse(path, record="TiO2 (P25) b - Average")
    assert result.label == "TiO2 (P25) b - Average"
    assert result["d50"].value == pytest.approx(2.693, abs=0.002)
    with pytest.raises(InputError, match="no record is named 'chalk'") as caught:
        halfcell.analyse(path, record="chalk")
    assert "TiO2 (P25) b - Average" in str(caught.value)
