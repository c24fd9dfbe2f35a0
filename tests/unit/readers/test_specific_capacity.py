"""The mass behind capacities per gram that an instrument wrote."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.sample import CellKind
from halfcell.readers import read
from halfcell.readers.common.specific_capacity import implied_mass_mg
from halfcell.techniques import cycling
from halfcell.techniques.cycling import Settings

FOLDER = "03-neware-spec-cap"


def test_charge_over_specific_capacity_is_the_mass() -> None:
    time = 10.0 * np.arange(721)
    current = np.where(time < 3600.0, 1e-3, -1e-3)
    specific = np.where(time < 3600.0, time, time - 3600.0) / 3.6 * 1e-3 / 2.5e-3  # mAh over 2.5 mg
    assert implied_mass_mg(time, current, specific) == pytest.approx(2.5, rel=0.01)
    assert implied_mass_mg(time, current, np.zeros(721)) is None
    rng = np.random.default_rng(0)
    assert implied_mass_mg(time, current, specific * rng.uniform(0.5, 2.0, 721)) is None


@pytest.mark.parametrize("name", ["only_specific.csv", "with_capacity.csv", "with_capacity.xlsx"])
def test_the_mass_of_the_file_is_held_against_the_one_that_is_set(cases: Path, name: str) -> None:
    test = read(cases / FOLDER / name)
    wrong = cycling.analyse(test, Settings(kind=CellKind.HALF, active_mass_mg=2.5))
    (doubt,) = [note for note in wrong.notes if note.code == "mass_not_the_files"]
    assert "1.25 mg" in doubt.text
    right = cycling.analyse(test, Settings(kind=CellKind.HALF, active_mass_mg=1.25))
    assert not [note for note in right.notes if note.code == "mass_not_the_files"]
    assert right["initial_discharge_capacity"].value == pytest.approx(1600.0, rel=0.005)
    assert right["initial_charge_capacity"].value == pytest.approx(1440.0, rel=0.005)
    bare = cycling.analyse(test, Settings(kind=CellKind.HALF))
    assert "the file states 1.25 mg" in next(n.text for n in bare.notes if n.code == "mass_missing")
