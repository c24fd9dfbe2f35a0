"""Raman spectra of small, partly amorphous silicon crystals, written from the literature before the analysis was read.

The crystalline line is that of confined phonons (I. H. Campbell and P. M. Fauchet, Solid State Commun. 58 (1986) 739):
shifted, broad and lopsided, moved by up to 1.5 1/cm by heat. The glass has four bands (TO 477, LO 385, LA 305, TA 155;
M. H. Brodsky, M. Cardona and J. J. Cuomo, Phys. Rev. B 16 (1977) 3556); areas are volumes times cross-sections, whose
ratio is 0.3 to 1.1 (E. Bustarret et al., Appl. Phys. Lett. 52 (1988) 1675). Fluorescence is up to as high as the line.
The axis moves by 0.1 1/cm between wafer and sample; counts are Poisson's with 4 counts of the detector.
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.core.measurement import Measurement
from halfcell.techniques import raman

Array = NDArray[np.floating]
X = np.arange(150.0, 1100.0, 0.1)
LATTICE_NM = 0.543


def _confined(place: float, size_nm: float, width: float) -> Array:
    """Line of unit area: omega(q)^2 = 1.714e5 + 1e5 cos(pi q / 2), weight exp(-k^2 D^2 / (16 pi^2)) q^2."""
    q = np.linspace(0.0005, 1.0, 400)
    weight = np.exp(-((2 * np.pi * q / LATTICE_NM * size_nm) ** 2) / (16 * np.pi**2)) * q**2
    omega = np.sqrt(1.714e5 + 1.0e5 * np.cos(np.pi * q / 2))
    line = np.zeros_like(X)
    for centre, share in zip(omega - omega[0] + place, weight, strict=True):
        line += share / ((X - centre) ** 2 + (width / 2) ** 2)
    return np.asarray(line / np.trapezoid(line, X))


def _through_slit(line: Array, width: float) -> Array:
    sigma = width / 2.3548 / 0.1
    t = np.arange(-int(5 * sigma), int(5 * sigma) + 1)
    kernel = np.exp(-0.5 * (t / sigma) ** 2)
    return np.convolve(line, kernel / kernel.sum(), mode="same")


def _band(centre: float, width: float) -> Array:
    return np.asarray(np.exp(-4 * np.log(2) * ((X - centre) / width) ** 2) / (1.0645 * width))


def _top_and_width(line: Array) -> tuple[float, float]:
    top = int(np.argmax(line))
    a, b, _ = np.polyfit(X[top - 3 : top + 4] - X[top], line[top - 3 : top + 4], 2)
    half = line.max() / 2
    low, high = np.interp(half, line[:top], X[:top]), np.interp(-half, -line[top:], X[top:])
    return float(X[top] - b / (2 * a)), float(high - low)


def _recorded(line: Array, step: float, counts: float, shine: tuple[float, float, float], axis: float,
              rng: np.random.Generator) -> Measurement:  # fmt: skip
    pixels = np.arange(X[0] + 5, X[-1] - 5, step)
    level, slope, bend = shine
    u = (pixels - 500) / 500
    expected = counts * np.interp(pixels, X, line) + level * np.exp(slope * u + bend * u**2)
    measured = rng.poisson(expected) + rng.normal(0, 4, len(pixels))
    columns = {"raman_shift_per_cm": pixels + axis, "intensity_count": measured}
    return Measurement(technique="raman", columns=columns, meta={"laser_nm": 532.0})


def _powder(place: float, size_nm: float, width: float, scatter: float) -> Array:
    """The mean line of crystals whose sizes have a lognormal distribution by volume."""
    normal, share = np.polynomial.hermite_e.hermegauss(5)
    lines = [_confined(place, size_nm * float(np.exp(scatter * one)), width) for one in normal]
    return np.asarray(np.array(lines).T @ (share / share.sum()))


def anode(seed: int, scatter: float = 0.0) -> tuple[Measurement, Measurement, float, dict[str, float]]:
    """Spectra of a wafer and an anode, the ratio of the cross-sections, and the truth; ln D scatters."""
    rng = np.random.default_rng(seed)
    slit, step = rng.uniform(1.5, 5.0), rng.uniform(0.4, 1.6)
    wafer = _through_slit(1.6 / ((X - 520.5) ** 2 + rng.uniform(1.35, 1.75) ** 2), slit)
    on_wafer = _recorded(wafer / wafer.max(), step, rng.uniform(5e3, 5e4), (200.0, 0.0, 0.0), 0.0, rng)
    line = _through_slit(_powder(520.5 - rng.uniform(0, 1.5), rng.uniform(4, 25), rng.uniform(3, 4.5), scatter), slit)
    volume, ratio = rng.uniform(0.05, 0.6), rng.uniform(0.3, 1.1)
    glass = _band(rng.normal(477, 3), rng.uniform(60, 75)) + rng.uniform(0, 0.25) * _band(rng.normal(385, 8), 80)
    glass += rng.uniform(0.1, 0.35) * _band(rng.normal(305, 6), 90) + rng.uniform(0.3, 0.8) * _band(155, 70)
    total = (1 - volume) * ratio * (line + 0.03 * _band(302, 15) + 0.25 * _band(965, 70)) + volume * glass
    counts, axis = rng.uniform(5e3, 5e4), rng.normal(0.0, 0.1)
    shine = counts * rng.uniform(0.05, 1.0), rng.normal(0, 0.5), rng.normal(0, 0.5)
    on_anode = _recorded(total / total.max(), step, counts, shine, axis, rng)
    (place, width), (reference, narrow) = _top_and_width(line), _top_and_width(wafer)
    truth = {"Si.position": place + axis, "Si.width": width, "Si.shift": place - reference}
    return on_wafer, on_anode, ratio, truth | {"Si.broadening": width - narrow, "amorphous_fraction": volume}


def _errors(seed: int, scatter: float = 0.0) -> dict[str, tuple[float, float]]:
    """(Found - true, printed standard uncertainty) of each quantity."""
    on_wafer, on_anode, ratio, truth = anode(seed, scatter)
    wafer = raman.TECHNIQUE.references["wafer"](on_wafer, raman.Settings())
    result = raman.analyse(on_anode, raman.Settings(wafer=wafer, cross_section_ratio=ratio))
    return {name: (result[name].value - true, result[name].std or np.nan) for name, true in truth.items()}


@pytest.mark.slow
def test_confined_lines_and_glass_are_not_biased() -> None:
    """A symmetric line and a straight baseline gave fractions 0.04 too low, with 45 and 34 % within one uncertainty."""
    found = [_errors(seed) for seed in range(10, 18)]
    for name, most in (("Si.position", 0.03), ("Si.width", 0.05), ("amorphous_fraction", 0.02)):
        off, std = np.array([one[name] for one in found]).T
        assert abs(off.mean()) < most, name
        assert np.mean(np.abs(off) < 2 * std) >= 0.75, name


@pytest.mark.long
@pytest.mark.parametrize("scatter", [0.0, 0.25])
def test_coverage_of_confined_lines_and_glass(scatter: float) -> None:
    """Crystals of one size, and of a powder."""
    found = [_errors(seed, scatter) for seed in range(800, 840)]
    for name in found[0]:
        off, std = np.array([one[name] for one in found]).T
        assert 0.5 < np.mean(np.abs(off) < std) < 0.85, name
        assert np.mean(np.abs(off) < 2 * std) > 0.85, name


@pytest.mark.slow
def test_the_foot_of_small_crystals_is_no_baseline() -> None:
    """Crystals of 4 to 5 nm: an amorphous fraction of 0.08 came as -0.22(3), one of 0.60 as 0.50(2)."""
    for seed in (400, 422):
        off, std = _errors(seed)["amorphous_fraction"]
        assert abs(off) < 0.03
        assert abs(off) < 2 * std
