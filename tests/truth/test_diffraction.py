"""Diffraction: simulated patterns give back their sizes within the stated uncertainty, and it is calibrated."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.size_models import scherrer_factor
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Crystallites, Parameters, Settings
from halfcell.techniques.diffraction.scan import scan
from halfcell.techniques.diffraction.single_lines import line_quantities, scherrer_lines, single_lines

STANDARD = Parameters(
    phases=(Crystallites(phase="LaB6", height=20000.0),), start_degree=18.0, stop_degree=120.0, displacement_degree=0.01
)


@pytest.fixture(scope="module")
def instrument() -> Instrument:
    """The instrument by a simulated scan of a standard."""
    standard = diffraction.simulate(STANDARD, np.random.default_rng(660))
    calibrated = diffraction.TECHNIQUE.references["instrument"](standard, Settings())
    assert isinstance(calibrated, Instrument)
    return calibrated


def _silicon(length: float, sigma: float = 0.3) -> Parameters:
    return Parameters(phases=(Crystallites(phase="Si", height=700.0, column_length_nm=length, sigma=sigma),))


def test_instrument_widths_come_back(instrument: Instrument) -> None:
    angles = np.linspace(22, 110, 12)
    assert instrument.width(angles) == pytest.approx(LABORATORY.width(angles), rel=0.01)


@pytest.mark.parametrize("length", [5.0, 12.0, 30.0])
def test_scherrer_size_is_found_within_its_uncertainty(instrument: Instrument, length: float) -> None:
    """Against K / (FWHM of the noise-free size profile), the quantity that the Scherrer equation estimates."""
    truth = 0.9 * length / scherrer_factor(length, 0.3)
    pulls = []
    for seed in range(12):
        measurement = diffraction.simulate(_silicon(length), np.random.default_rng(seed))
        settings = Settings(instrument=instrument)
        data, _ = scan(measurement, settings)
        lines = single_lines("Si", data, settings)
        chosen = scherrer_lines(lines, np.zeros(0), settings)
        size = line_quantities("Si", lines, chosen, settings)[0]["Si.scherrer_size"]
        assert size.std is not None
        assert size.value == pytest.approx(truth, rel=0.08)
        pulls.append((size.value - truth) / size.std)
    assert abs(np.mean(pulls)) < 2.0
    assert 0.5 < np.std(pulls) < 1.8


def test_without_a_standard_the_size_is_a_marked_lower_bound(instrument: Instrument) -> None:
    measurement = diffraction.simulate(_silicon(60.0), np.random.default_rng(0))
    bare = diffraction.analyse(measurement, Settings(phases=("Si",)))
    corrected = diffraction.analyse(measurement, Settings(instrument=instrument, phases=("Si",)))
    assert "uncorrected" in {note.code for note in bare.notes}
    assert "uncorrected" not in {note.code for note in corrected.notes}
    assert bare["Si.scherrer_size"].value < 0.9 * corrected["Si.scherrer_size"].value


def test_absent_phase_gives_no_size(instrument: Instrument) -> None:
    measurement = diffraction.simulate(_silicon(10.0), np.random.default_rng(0))
    result = diffraction.analyse(measurement, Settings(instrument=instrument, phases=("Si", "Cu")))
    assert "Cu.scherrer_size" not in result.quantities
    assert "no_scherrer_size" in {note.code for note in result.notes}


def test_simulation_is_reproducible_and_marked() -> None:
    one, two = (diffraction.simulate(_silicon(10.0), np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(one["intensity_count"], two["intensity_count"])
    assert one.is_simulated
    other = diffraction.simulate(dataclasses.replace(_silicon(10.0), step_degree=0.04), np.random.default_rng(3))
    assert len(other) == len(one) // 2 + 1
