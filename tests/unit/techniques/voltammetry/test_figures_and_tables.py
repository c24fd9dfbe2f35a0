"""Figures and tables of voltammetry: their structure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.techniques import voltammetry
from snapshots import check

SNAPSHOTS = Path(__file__).with_name("snapshots")


@pytest.mark.parametrize("show", ["voltammogram", "stacked voltammograms"])
def test_voltammograms(show: str) -> None:
    """Currents per gram, negative on the cathodic branch; peaks in the order of their potentials with their couples."""
    tin = voltammetry.Parameters(materials=(("Sn", 200.0),), cycles=2, noise_part=0.0)
    test = voltammetry.simulate(tin, np.random.default_rng(0))
    one = voltammetry.analyse(test, voltammetry.Settings(hosts=("Sn",), active_mass_mg=1.0)).stamped(label="Sn", id="a")
    two = one.stamped(label="Sn again", id="b")
    check(voltammetry.FIGURES[show]([one, two]), SNAPSHOTS / f"{show}.json")
    check(voltammetry.TABLES["peaks"]([one]), SNAPSHOTS / "table peaks.json")
