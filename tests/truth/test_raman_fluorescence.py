"""Raman spectra of partly amorphous silicon, written from the literature: all bands of the glass, fluorescence.

Amorphous silicon: TO at 478 1/cm with a FWHM of 60 to 75, LO near 390 with 0 to 0.3 of its area, LA near 305 with 0.1
to 0.4 (Brodsky, Cardona and Cuomo, Phys. Rev. B 16 (1977) 3556; Beeman, Tsu and Thorpe, Phys. Rev. B 32 (1985) 874).
Crystalline silicon: 2TA at 302 and the second order at 960 with 3 and 25 % of the first (Temple and Hathaway, Phys.
Rev. B 7 (1973) 3685). Fluorescence is the exponential of a parabola.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.core.measurement import Measurement
from halfcell.maths.line_shapes import voigt_width
from halfcell.techniques import raman

WAFER = 520.5


def _voigt(x: NDArray[np.floating], place: float, gauss: float, lorentz: float) -> NDArray[np.floating]:
    from scipy.special import voigt_profile

    return np.asarray(voigt_profile(x - place, gauss / 2.3548, lorentz / 2.0))


def _crystal(x: NDArray[np.floating], place: float, gauss: float, lorentz: float) -> NDArray[np.floating]:
    """First order, 2TA and second order of crystalline silicon, for a first order of unit area."""
    return np.asarray(_voigt(x, place, gauss, lorentz) + 0.03 * _voigt(x, 302, 12, 8) + 0.25 * _voigt(x, 960, 60, 0))


def _glass(x: NDArray[np.floating], rng: np.random.Generator) -> NDArray[np.floating]:
    """TO, LO and LA of amorphous silicon, for a TO of unit area."""
    transverse = _voigt(x, rng.normal(478, 2.5), rng.normal(68, 4), 0)
    lower = rng.uniform(0.0, 0.3) * _voigt(x, rng.normal(390, 6), 90, 0)
    return np.asarray(transverse + lower + rng.uniform(0.1, 0.4) * _voigt(x, 305, 90, 0))


def _recorded(x: NDArray[np.floating], mean: NDArray[np.floating], rng: np.random.Generator) -> Measurement:
    columns = {"raman_shift_per_cm": x, "intensity_count": rng.poisson(mean).astype(float)}
    return Measurement(technique="raman", columns=columns, meta={})


def pulls(seed: int) -> dict[str, float]:
    """(found - true) / standard uncertainty of each quantity of one anode and its wafer."""
    rng = np.random.default_rng(seed)
    x, gauss = np.arange(180.0, 1000.0, rng.uniform(0.45, 0.9)), rng.uniform(2.5, 5.0)
    wafer = _recorded(x, rng.uniform(2e4, 2e5) * _crystal(x, WAFER, gauss, 3.0) + rng.uniform(20, 100), rng)
    reference = raman.TECHNIQUE.references["wafer"](wafer, raman.Settings())
    place, lorentz = rng.uniform(516.0, 520.0), rng.uniform(4.0, 9.0)
    share, ratio, area = rng.uniform(0.05, 0.6), float(rng.choice([0.3, 0.8, 1.0])), rng.uniform(2e4, 2e5)
    u = (x - 500.0) / 500.0
    shine = rng.uniform(100, 1500) * np.exp(rng.normal(0, 0.6) * u + rng.normal(0, 0.5) * u**2)
    glass = area * share / ((1.0 - share) * ratio) * _glass(x, rng)
    axis = float(np.random.default_rng(seed + 1_000_000).normal(0.0, 0.1))  # the axis moves after the wafer
    anode = _recorded(x, area * _crystal(x, place - axis, gauss, lorentz) + glass + shine, rng)
    result = raman.analyse(anode, raman.Settings(wafer=reference, cross_section_ratio=ratio))
    truth = {
        "Si.position": place - axis,
        "Si.width": voigt_width(gauss, lorentz),
        "Si.shift": place - WAFER,
        "amorphous_fraction": share,
    }
    return {name: (result[name].value - true) / (result[name].std or np.nan) for name, true in truth.items()}


@pytest.mark.slow
def test_coverage_with_all_bands_and_fluorescence() -> None:
    """The LO band has 0 to 0.3 of the area of the glass: half of that is in the model, the rest in the error."""
    found = [pulls(seed) for seed in range(3000, 3032)]
    for name in found[0]:
        off = np.abs([one[name] for one in found])
        assert 0.5 <= np.mean(off < 1) <= 0.92, name
        assert np.mean(off < 2) >= 0.84, name
