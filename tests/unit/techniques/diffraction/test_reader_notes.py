"""What a reader doubts about a scan decides what is given: other axes than 2theta, a subtracted background."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Crystallites, Parameters, Settings

POWDER = Parameters(
    phases=(Crystallites(phase="Si", height=2000.0, column_length_nm=12.0),), stop_degree=60.0, step_degree=0.05
)
SETTINGS = Settings(phases=("Si",), absent=("CoSi2",), instrument=LABORATORY)


@pytest.fixture(scope="module")
def scan() -> Measurement:
    """A simulated scan."""
    return diffraction.simulate(POWDER, np.random.default_rng(4))


def _noted(measured: Measurement, code: str, **meta: str) -> Measurement:
    return dataclasses.replace(measured, notes=(Note("doubt", code, "a doubt"),), meta={**measured.meta, **meta})


@pytest.mark.parametrize("kind", ["Rocking Curve", "Phi Scan", "Chi Scan"])
def test_a_scan_over_another_axis_is_refused(scan: Measurement, kind: str) -> None:
    with pytest.raises(Refused, match="not 2theta"):
        diffraction.TECHNIQUE.analyse(_noted(scan, "scan_type", scan=kind), SETTINGS)


def test_a_detector_scan_is_analysed_with_the_doubt(scan: Measurement) -> None:
    result = diffraction.TECHNIQUE.analyse(_noted(scan, "scan_type", scan="Detector Scan"), SETTINGS)
    assert "Si.scherrer_size" in result.quantities
    assert result.notes[0].code == "scan_type"


def test_a_subtracted_background_leaves_no_limit_of_absence(scan: Measurement) -> None:
    """The limit is a multiple of the counting noise, which the counts no longer tell."""
    known = diffraction.TECHNIQUE.analyse(scan, SETTINGS)
    unknown = diffraction.TECHNIQUE.analyse(_noted(scan, "negative_counts"), SETTINGS)
    assert "CoSi2.absence_limit" in known.quantities
    assert "CoSi2.absence_limit" not in unknown.quantities
    assert "counting noise is unknown" in " ".join(note.text for note in unknown.notes if note.level == "refused")
    assert unknown["Si.scherrer_size"].value == known["Si.scherrer_size"].value


def test_an_own_uncertainty_makes_the_noise_known(scan: Measurement) -> None:
    std = np.sqrt(np.maximum(scan["intensity_count"], 1.0))
    own = dataclasses.replace(_noted(scan, "negative_counts"), columns={**scan.columns, "intensity_std_count": std})
    assert "CoSi2.absence_limit" in diffraction.TECHNIQUE.analyse(own, SETTINGS).quantities


def test_a_wavelength_that_is_assumed_is_said_beside_named_phases(scan: Measurement) -> None:
    bare = dataclasses.replace(scan, meta={})
    assert "wavelength_assumed" in {note.code for note in diffraction.analyse(bare, SETTINGS).notes}
    stated = dataclasses.replace(SETTINGS, wavelength_angstrom=1.5405929)
    assert "wavelength_assumed" not in {note.code for note in diffraction.analyse(bare, stated).notes}


def test_a_scan_of_neutrons_is_refused(scan: Measurement) -> None:
    neutrons = dataclasses.replace(scan, meta={**scan.meta, "radiation": "neutrons"})
    with pytest.raises(Refused, match="neutron"):
        diffraction.analyse(neutrons, SETTINGS)
