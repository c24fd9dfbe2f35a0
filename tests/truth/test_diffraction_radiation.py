"""Other tubes and synchrotrons: sizes and cells come back, and what was assumed is said."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.materials.phases import phase
from halfcell.maths.powder.instrument import Instrument
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import Crystallites, DiffractionResult, Parameters, Settings

SILICON = phase("Si").cell[0]
NARROW = Instrument(w=0.0025, y=0.01, source="true")
# anode: K-alpha-1, K-alpha-2 (Hoelzer et al. 1997; Deslattes et al. 2003), range of 2theta for the same spacings
TUBES = {"Cr": (25, 150), "Fe": (25, 140), "Co": (25, 120), "Mo": (9, 45), "Ag": (7, 36)}


def _measured(**changes: object) -> Measurement:
    parameters = Parameters(
        phases=(Crystallites(phase="Si", height=3000, column_length_nm=40.0),), instrument=NARROW, step_degree=0.01
    )
    return diffraction.simulate(dataclasses.replace(parameters, **changes), np.random.default_rng(25))


def _analysed(measurement: Measurement, **changes: object) -> DiffractionResult:
    return diffraction.analyse(measurement, Settings(phases=("Si",), instrument=NARROW, **changes))


def _is_right(result: DiffractionResult) -> None:
    size, cell = result["Si.column_length"], result["Si.lattice_a"]
    assert size.value == pytest.approx(40.0, rel=0.06)
    assert abs(cell.value - SILICON) < 2.5 * (cell.std or 0.0)


@pytest.mark.parametrize("anode", TUBES)
def test_sizes_behind_other_tubes(anode: str) -> None:
    """A copper K-alpha-2 at molybdenum gave 28 nm for 40."""
    low, high = TUBES[anode]
    measurement = _measured(anode=anode, start_degree=float(low), stop_degree=float(high), step_degree=0.01)
    _is_right(_analysed(measurement))
    alone = {key: value for key, value in measurement.meta.items() if key != "wavelength2_angstrom"}
    _is_right(_analysed(dataclasses.replace(measurement, meta=alone)))


@pytest.mark.parametrize("wave", [0.4133, 0.8266, 1.2398, 1.5])
@pytest.mark.parametrize("ratio", [None, 0.5])
def test_a_synchrotron_has_one_line(wave: float, ratio: float | None) -> None:
    """30, 15, 10 and 8.3 keV; a ratio that some program wrote into the file is not used, and that is said."""
    stop = 2 * np.degrees(np.arcsin(min(wave / 2 / 1.05, 0.9)))
    measurement = _measured(
        wavelength_angstrom=wave, start_degree=12.0 * wave, stop_degree=float(stop), step_degree=0.005
    )
    meta = {**measurement.meta, **({} if ratio is None else {"wavelength_ratio": ratio})}
    result = _analysed(dataclasses.replace(measurement, meta=meta))
    _is_right(result)
    said = next(note.text for note in result.notes if note.code == "monochromatic")
    assert "without K-alpha-2" in said
    assert ("not used" in said) == (ratio is not None)


def test_equal_wavelengths_are_one_line() -> None:
    """Behind a monochromator for K-alpha-1 some programs write it twice."""
    measurement = _measured(wavelength_ratio=0.0)
    meta = {
        **measurement.meta,
        "wavelength2_angstrom": measurement.meta["wavelength_angstrom"],
        "wavelength_ratio": 0.5,
    }
    result = _analysed(dataclasses.replace(measurement, meta=meta))
    _is_right(result)
    assert "monochromatic" in {note.code for note in result.notes}


@pytest.mark.parametrize(("size", "true"), [(15.0, 0.0), (40.0, 0.0), (40.0, 0.5)])
def test_another_doublet_than_stated_is_seen(size: float, true: float) -> None:
    """K-alpha-2 that a program removed: 15.80(5) nm for 15 and 45.2(3) for 40, with a ratio of 0.5 in the file.

    A doublet that is taken for one line is like a strain of 0.16 %, and not told from it below some 20 nm.
    """
    grain = Crystallites(phase="Si", height=3000, column_length_nm=size)
    measurement = _measured(phases=(grain,), wavelength_ratio=true)
    wrong = dataclasses.replace(measurement, meta={**measurement.meta, "wavelength_ratio": 0.5 - true})
    assert "other_emission_lines" in {note.code for note in _analysed(wrong).notes if note.level == "doubt"}
    assert "other_emission_lines" not in {note.code for note in _analysed(measurement).notes}


def test_a_ratio_that_nobody_stated_is_said() -> None:
    measurement = _measured()
    meta = {key: value for key, value in measurement.meta.items() if key != "wavelength_ratio"}
    assert "doublet_assumed" in {n.code for n in _analysed(dataclasses.replace(measurement, meta=meta)).notes}
    assert "doublet_assumed" not in {note.code for note in _analysed(measurement).notes}
