"""The same Bruker scan as RAW1.01 and as UXD gives the same columns."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from halfcell.readers import read


def test_raw_equals_uxd(data: Path) -> None:
    folder = data / "spectra" / "xrd"
    raw, uxd = read(folder / "bruker_BT86.raw"), read(folder / "bruker_BT86.uxd")
    assert np.array_equal(raw["intensity_count"], uxd["intensity_count"])
    # the UXD prints the step with six decimals: 0.5e-6 a step over 2374 steps
    steps = np.arange(len(raw))
    assert (np.abs(raw["two_theta_degree"] - uxd["two_theta_degree"]) <= 0.5e-6 * steps + 1e-9).all()
    same = ("sample", "anode", "radius_mm", "counting_time_second", "wavelength_angstrom", "wavelength_ratio")
    assert {k: raw.meta[k] for k in same} == {k: uxd.meta[k] for k in same}
