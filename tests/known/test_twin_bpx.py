"""A BPX file and the discharges of its cell: About:Energy's NMC111|graphite pouch cell (CC BY-SA 4.0)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.twin.bpx import FromBpx, read_bpx
from halfcell.twin.cell import Discharge, discharge

CURRENTS = {"Co20": 0.625, "Co2": 6.25, "1C": 12.5, "2C": 25.0}  # A


@pytest.fixture(scope="module")
def folder(data: Path) -> Path:
    """The folder of a published cell in BPX; skipped where it is not there."""
    found = data / "twin" / "aboutenergy_nmc"
    if not found.is_dir():
        pytest.skip(f"no folder {found}")
    return found


@pytest.fixture(scope="module")
def made(folder: Path) -> FromBpx:
    """The cell of the BPX file."""
    return read_bpx(folder / "nmc_pouch_cell_BPX.json", len(CURRENTS))


@pytest.fixture(scope="module")
def predicted(made: FromBpx) -> Discharge:
    """Its discharges at all currents."""
    return discharge(made.cell, np.array(list(CURRENTS.values())))


@pytest.mark.parametrize("place", range(len(CURRENTS)), ids=CURRENTS)
def test_measured_discharges(folder: Path, predicted: Discharge, place: int) -> None:
    """Nothing is fitted: the voltage within 25 mV rms, the capacity within 1 %."""
    rows = np.loadtxt(folder / f"NMC_25degC_{list(CURRENTS)[place]}.csv", delimiter=",", skiprows=1)
    time, current, volt = rows[rows[:, 1] < -0.1].T
    charge = np.concatenate([[0.0], np.cumsum(np.diff(time) * -(current[1:] + current[:-1]) / 2 / 3600)])
    known = np.isfinite(predicted.volt[place])
    at = np.linspace(0, min(charge[-1], predicted.capacity[place]), 500)[3:]
    error = np.interp(at, predicted.charge[place][known], predicted.volt[place][known]) - np.interp(at, charge, volt)
    assert np.sqrt((error**2).mean()) <= 0.025
    assert predicted.capacity[place] == pytest.approx(charge[-1], rel=0.01)


def test_what_is_lost_is_said(made: FromBpx) -> None:
    assert made.nominal_ah == 12.5
    assert "Electrolyte: Diffusivity [m2.s-1] is taken at the concentration at rest" in made.losses
    assert "Negative electrode: Entropic change coefficient [V.K-1] is not used" in made.losses
