"""Cell lengths: what shifted the lines is not known, and the printed uncertainty holds that."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.core.quantity import Quantity
from halfcell.materials.phases import phase
from halfcell.maths.powder.instrument import Instrument
from halfcell.readers import read
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Settings
from xrd_samples import ASYMMETRIC, DISPLACED, MISSET, STANDARD, powder

SILICON = phase("Si").cell[0]


@cache
def asymmetric() -> Instrument:
    """The instrument with tails, calibrated on a simulated standard."""
    parameters = dataclasses.replace(STANDARD, instrument=ASYMMETRIC)
    standard = diffraction.simulate(parameters, np.random.default_rng(6603))
    instrument = diffraction.TECHNIQUE.references["instrument"](standard, Settings())
    assert isinstance(instrument, Instrument)
    return instrument


def _misset(measurement: Measurement, degrees: float) -> Measurement:
    """The same scan on a goniometer with a wrong zero."""
    columns = dict(measurement.columns)
    columns["two_theta_degree"] = columns["two_theta_degree"] + degrees
    return dataclasses.replace(measurement, columns=columns)


def _cell(seed: int) -> Quantity:
    """a of silicon of 12 nm from a displaced specimen on an asymmetric instrument with a wrong zero."""
    rng = np.random.default_rng(seed)
    parameters = powder(("Si", 1500, 12.0), displacement=float(rng.normal(0.0, DISPLACED)))
    measured = diffraction.simulate(dataclasses.replace(parameters, instrument=ASYMMETRIC), rng)
    shifted = _misset(measured, float(rng.normal(0.0, MISSET)))
    return diffraction.analyse(shifted, Settings(phases=("Si",), instrument=asymmetric()))["Si.lattice_a"]


def test_the_tails_of_a_standard_come_back() -> None:
    made = asymmetric()
    assert made.axial == pytest.approx(ASYMMETRIC.axial, rel=0.1)
    assert made.lag == pytest.approx(ASYMMETRIC.lag, abs=0.002)


def test_a_cell_length_says_what_it_was_averaged_over() -> None:
    parameters = powder(("Si", 1500, 12.0), displacement=-0.1)
    measurement = diffraction.simulate(parameters, np.random.default_rng(1))
    free = diffraction.analyse(measurement, Settings(phases=("Si",), instrument=LABORATORY))["Si.lattice_a"]
    known = Settings(phases=("Si",), instrument=LABORATORY, aberration="displacement")
    fixed = diffraction.analyse(measurement, known)["Si.lattice_a"]
    assert free.kind == "spread over models"
    assert (free.std or 0.0) > 2 * (fixed.std or 0.0)
    assert abs(fixed.value - SILICON) < 2.5 * (fixed.std or 0.0)
    assert abs(free.value - SILICON) < 2 * (free.std or 0.0)


@pytest.mark.slow
def test_cell_lengths_of_silicon_are_covered_and_not_biased() -> None:
    """Thirty specimens, each displaced and on a wrong zero: 95 % within twice the printed uncertainty."""
    off = np.array([(q.value - SILICON) / (q.std or 0.0) for q in map(_cell, range(300, 330))])
    assert abs(off.mean()) < 0.6
    assert np.mean(np.abs(off) < 2) >= 0.9
    assert np.mean(np.abs(off) < 1) >= 0.6


@pytest.mark.slow
def test_the_certified_standard_is_within_its_printed_uncertainty(data: Path) -> None:
    """SRM 660c: 4.156826(8) angstrom at 22.5 degC (certificate of NIST); the temperature of the scan is not stated."""
    measurement = read(data / "spectra" / "xrd" / "NIST660C_LaB6.gsas")
    settings = Settings(low_degree=18.0)
    instrument = diffraction.TECHNIQUE.references["instrument"](measurement, settings)
    settings = dataclasses.replace(settings, instrument=instrument, phases=("LaB6",))
    found = diffraction.analyse(measurement, settings)["LaB6.lattice_a"]
    assert found.std is not None
    assert abs(found.value - 4.156826) < 2 * found.std
    assert found.std < 6e-4
