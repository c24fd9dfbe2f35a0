"""A divergence slit that opens with the angle: intensities go as sin(theta) of those behind a fixed one."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import Settings
from halfcell.techniques.diffraction.scan import scan
from xrd_samples import calibrated, powder


def _automatic(seed: int, stated: bool) -> Measurement:
    """A powder of silicon and tin behind a slit that keeps the irradiated length, with its own counting noise."""
    made = powder(("Si", 6000, 30), ("beta-Sn", 3000, 30))
    fixed = diffraction.simulate(made, np.random.default_rng(seed))
    x = fixed["two_theta_degree"]
    mean = np.array(fixed["intensity_count"]) * np.sin(np.radians(x / 2)) / np.sin(np.radians(x[len(x) // 2] / 2))
    columns = {**fixed.columns, "intensity_count": np.round(mean)}
    meta = {**fixed.meta, "divergence_slit": "automatic"} if stated else dict(fixed.meta)
    return dataclasses.replace(fixed, columns=columns, meta=meta)


@pytest.mark.parametrize("stated", [True, False])
def test_intensities_are_those_behind_a_fixed_slit(stated: bool) -> None:
    settings = Settings() if stated else Settings(divergence_slit="automatic")
    fixed = diffraction.simulate(powder(("Si", 6000, 30), ("beta-Sn", 3000, 30)), np.random.default_rng(3))
    measured = _automatic(3, stated)
    data, notes = scan(measured, settings)
    assert "automatic_slit" in {note.code for note in notes}
    assert np.max(np.abs(data.counts - fixed["intensity_count"])) < 5.0  # counts were rounded
    kept, silent = scan(fixed, Settings())
    assert "automatic_slit" not in {note.code for note in silent}
    assert kept.variance is None


@pytest.mark.slow
def test_shares_do_not_depend_on_the_slit() -> None:
    settings = Settings(instrument=calibrated(), phases=("Si", "beta-Sn"))
    fixed = diffraction.simulate(powder(("Si", 6000, 30), ("beta-Sn", 3000, 30)), np.random.default_rng(3))
    one = diffraction.analyse(fixed, settings)["Si.fraction"]
    other = diffraction.analyse(_automatic(3, stated=True), settings)["Si.fraction"]
    assert other.value == pytest.approx(one.value, abs=0.5)
