"""Raman: a foreign line near 520 1/cm is refused or doubted; a line of silicon is neither, whatever is beside it.

Positions and heights of the substances are those of the literature: anatase (Ohsaka, Izumi and Fujiki, J. Raman
Spectrosc. 7 (1978) 321), Co3O4 (Hadjiev et al., J. Phys. C 21 (1988) L199), V2O5 (Baddour-Hadjean et al., Chem. Mater.
20 (2008) 1916), hematite (de Faria et al., J. Raman Spectrosc. 28 (1997) 873), neon by its spectrum at 532 nm.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.maths.line_shapes import gauss, lorentz
from halfcell.techniques import raman

ANATASE = ((144, 10.0, 10), (197, 0.5, 10), (399, 2.0, 20), (515, 2.0, 20), (639, 2.2, 24))
COBALT_OXIDE = ((194, 0.5, 6), (482, 0.6, 8), (521.6, 0.35, 7), (618, 0.2, 9), (691, 1.0, 9))
VANADIA = ((145, 2.0, 7), (284, 0.9, 9), (404, 0.5, 9), (526, 0.6, 11), (699, 0.8, 22), (994, 0.8, 7))
HEMATITE = ((225, 1.0, 7), (245, 0.3, 8), (292, 1.2, 9), (411, 0.6, 12), (498, 0.35, 14), (612, 0.5, 14))
SILICON = ((302, 0.04, 12), (520.5, 1.0, 4), (950, 0.02, 40), (975, 0.012, 25))
CARBON = ((1350, 1.0, 130), (1590, 1.0, 75))
GRAPHITE = ((1350, 0.8, 38), (1581, 3.0, 18), (1620, 0.4, 14), (2450, 0.3, 35), (2715, 2.0, 38), (2945, 0.2, 35))
FOREIGN = {"anatase": ANATASE, "Co3O4": COBALT_OXIDE, "V2O5": VANADIA, "hematite": HEMATITE}
Lines = Sequence[tuple[float, float, float]]


def _spectrum(lines: Lines, seed: int, counts: float = 4000.0, high: float = 1100.0, width: float = 3.0) -> Measurement:
    """Lines (1/cm, height, FWHM) broadened by the instrument, on a sloping background, with counting noise."""
    rng = np.random.default_rng(seed)
    x = np.arange(100.0, high, 0.8)
    y = 300.0 + 0.15 * (x - 100.0)
    for place, height, fwhm in lines:
        wide = float(np.hypot(fwhm, width))
        y = y + counts * height * lorentz(x, place, wide) * np.pi * wide / 2
    columns = {"raman_shift_per_cm": x, "intensity_count": rng.poisson(y).astype(float)}
    return Measurement(technique="raman", columns=columns, meta={"title": "made"})


def _lamp(seed: int) -> Measurement:
    """Sharp lines anywhere, one of them between 485 and 535 1/cm."""
    rng = np.random.default_rng(1000 + seed)
    places = [*rng.uniform(120.0, 2400.0, rng.integers(5, 15)), rng.uniform(488.0, 532.0)]
    lines = [(float(place), float(10 ** rng.uniform(-1.0, 0.5)), 0.5) for place in places[:-1]]
    return _spectrum([*lines, (float(places[-1]), 0.3, 0.5)], seed, high=2500.0)


def _verdict(measurement: Measurement) -> str:
    """``right`` where the line is taken as silicon's without a word, ``doubted``, or ``refused``."""
    try:
        result = raman.analyse(measurement, raman.Settings())
    except Refused:
        return "refused"
    return "doubted" if {"foreign_lines", "narrow_line"} & {note.code for note in result.notes} else "taken"


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("counts", [500.0, 4000.0, 30000.0])
def test_another_substance_is_not_silicon(name: str, counts: float) -> None:
    assert {_verdict(_spectrum(FOREIGN[name], seed, counts)) for seed in range(2)} <= {"refused", "doubted"}


@pytest.mark.slow
def test_a_lamp_has_no_silicon() -> None:
    found = [_verdict(_lamp(seed)) for seed in range(30)]
    assert "taken" not in found
    assert found.count("refused") > 15


@pytest.mark.parametrize(("high", "counts"), [(900.0, 500.0), (900.0, 60000.0), (1100.0, 4000.0), (2000.0, 60000.0)])
def test_silicon_is_taken(high: float, counts: float) -> None:
    for lines in (SILICON, (*SILICON, *((place, 0.3 * height, fwhm) for place, height, fwhm in CARBON))):
        assert {_verdict(_spectrum(lines, seed, counts, high)) for seed in range(2)} == {"taken"}


def test_graphite_beside_silicon_is_no_foreign_substance() -> None:
    """Its lines are sharp and higher than silicon's; the second order is in the noise."""
    assert {_verdict(_spectrum((*SILICON, *GRAPHITE), seed, 400.0, high=3000.0)) for seed in range(3)} == {"taken"}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("part", [0.05, 0.5])
def test_silicon_beside_another_substance_is_taken_where_its_second_order_is_seen(name: str, part: float) -> None:
    """Half as much hematite has a line beside silicon's that the fit does not know: the position is right, and wide."""
    lines = [*SILICON, *((place, part * height, fwhm) for place, height, fwhm in FOREIGN[name])]
    measured = _spectrum(lines, 5, 60000.0)
    assert _verdict(measured) == "taken"
    if (name, part) == ("hematite", 0.5):
        result = raman.analyse(measured, raman.Settings())
        assert result["Si.position"].value == pytest.approx(520.5, abs=0.2)
        assert (result["Si.position"].std or 0.0) > 0.2
        assert "raman_lack_of_fit" in {note.code for note in result.notes}


def test_a_narrow_line_far_below_is_doubted() -> None:
    """Confined silicon 12 1/cm below would be 30 to 40 1/cm wide (Campbell and Fauchet 1986)."""
    assert _verdict(_spectrum(((508.0, 1.0, 4.0),), 3)) == "doubted"
    assert _verdict(_spectrum(((518.0, 1.0, 7.0),), 3)) == "taken"


def test_glass_beside_the_line_is_no_foreign_line() -> None:
    made = _spectrum(SILICON, 7, high=900.0)
    x = made["raman_shift_per_cm"]
    glass = 900.0 * gauss(x, 480.0, 70.0) * 70.0 + 500.0 * gauss(x, 150.0, 90.0) * 90.0
    columns = {**made.columns, "intensity_count": made["intensity_count"] + np.round(glass)}
    assert _verdict(dataclasses.replace(made, columns=columns)) == "taken"
