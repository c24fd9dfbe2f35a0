"""Crystallites that are longer along their axis: said, and not taken for a strain."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.materials.preferred_orientation import squared_cosines
from halfcell.maths.powder.pattern_model import PatternModel, prepare
from halfcell.maths.powder.phase_lines import Lines
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Crystallites, Parameters, Settings
from halfcell.techniques.diffraction.scan import lines_of, scan


def _measured(along: float, across: float, seed: int) -> Measurement:
    """beta-Sn as ellipsoids: each line has L_V with 1/L^2 = cos^2 / along^2 + sin^2 / across^2 (nm)."""
    blank = Parameters(phases=(Crystallites(phase="beta-Sn", height=1.0, column_length_nm=20),), instrument=LABORATORY)
    template = diffraction.simulate(blank, np.random.default_rng(0))
    data, _ = scan(template, Settings())
    lines, listed = lines_of("beta-Sn", data)
    cosines = squared_cosines("beta-Sn", tuple(tuple(map(int, row)) for row in listed.hkl), (0, 0, 1))
    total = np.zeros(len(data.two_theta))
    for index, each in enumerate(cosines):
        mean = float(np.mean(each))
        size = (mean / along**2 + (1 - mean) / across**2) ** -0.5
        one = Lines(
            name="one",
            parts=lines.parts[:, index : index + 1],
            intensity=lines.intensity[index : index + 1],
            column=np.zeros(1, dtype=np.int64),
        )
        model = PatternModel(
            two_theta=data.two_theta,
            radiation=data.radiation,
            instrument=LABORATORY,
            phases=(PhaseModel(lines=one, size=size),),
            degree=0,
        )
        pattern = prepare(model)
        total += pattern.evaluate(pattern.start)[0][:, 0]
    counts = np.random.default_rng(seed).poisson(120 + 4000 * total / total.max()).astype(float)
    columns = {**template.columns, "intensity_count": counts}
    return dataclasses.replace(template, columns=columns)


@pytest.mark.parametrize(("along", "across"), [(40.0, 10.0), (10.0, 40.0), (25.0, 12.0), (12.0, 9.0)])
def test_needles_and_plates_are_told(along: float, across: float) -> None:
    """10 nm by 40 nm of beta-tin printed 91(8) nm and a strain that is not there; 12 by 25 nm a strain of 0.18 %."""
    settings = Settings(phases=("beta-Sn",), instrument=LABORATORY)
    result = diffraction.analyse(_measured(along, across, 24), settings)
    assert "anisotropic_size" in {note.code for note in result.notes}
    assert "beta-Sn.strain" not in result.quantities
    assert "beta-Sn.strain_breadth" not in result.quantities
    for name, true in (("size_along_c", along), ("size_across_c", across)):
        found = result[f"beta-Sn.{name}"]
        assert found.value == pytest.approx(true, abs=3 * (found.std or 0.0))
        assert (found.std or 0.0) < 0.06 * true
    assert result["beta-Sn.column_length"].value == pytest.approx((across**2 * along) ** (1 / 3), rel=0.03)
    assert result["chi2"].value < 1.1


@pytest.mark.slow
def test_uncertainties_of_ellipsoids_are_calibrated() -> None:
    """Ten powders; the lines of each size are those of a stretched sphere, computed one by one."""
    settings, pulls = Settings(phases=("beta-Sn",), instrument=LABORATORY), []
    rng = np.random.default_rng(24)
    for seed in range(10):
        along, across = float(rng.uniform(10, 40)), float(rng.uniform(10, 40))
        result = diffraction.analyse(_measured(along, across, seed), settings)
        if "beta-Sn.size_along_c" not in result.quantities:
            assert abs(np.log(along / across)) < 0.25
            continue
        for name, true in (("size_along_c", along), ("size_across_c", across)):
            found = result[f"beta-Sn.{name}"]
            pulls.append((found.value - true) / (found.std or np.nan))
    assert 0.5 < np.sqrt(np.mean(np.square(pulls))) < 1.6


def test_a_strain_is_not_taken_for_a_shape() -> None:
    """Lines that broaden with the order, whatever their direction."""
    strained = Crystallites(phase="beta-Sn", height=4000.0, column_length_nm=30.0, strain=0.002)
    measured = diffraction.simulate(Parameters(phases=(strained,), instrument=LABORATORY), np.random.default_rng(5))
    result = diffraction.analyse(measured, Settings(phases=("beta-Sn",), instrument=LABORATORY))
    assert "anisotropic_size" not in {note.code for note in result.notes}
    assert result["beta-Sn.strain"].value == pytest.approx(0.2, abs=0.03)


def test_round_crystallites_are_not_doubted() -> None:
    settings = Settings(phases=("beta-Sn",), instrument=LABORATORY)
    for seed in (1, 2):
        result = diffraction.analyse(_measured(20.0, 20.0, seed), settings)
        assert "anisotropic_size" not in {note.code for note in result.notes}


def test_the_scherrer_size_is_of_the_three_strongest_lines() -> None:
    """Not of (111), (220), (311) whatever the structure: the strongest of beta-tin are (200), (101) and (211)."""
    settings = Settings(phases=("beta-Sn",), instrument=LABORATORY)
    result = diffraction.analyse(_measured(20.0, 20.0, 3), settings)
    said = next(note.text for note in result.notes if note.code == "scherrer")
    assert "beta-Sn 200, 101, 211" in said
