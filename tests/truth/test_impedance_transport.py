"""Diffusion coefficients and tortuosity from tails that are solved numerically, not from the elements' formulas."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques.impedance import Settings, analyse

Complexes = NDArray[np.complex128]
CELLS = 400
FARADAY = 96485.33212
SLOPE, VOLUME = 0.5, 10.0  # dE/dx (V), cm3 per mole of sites; 1 cm2


def spectrum(z: Complexes, frequency: NDArray[np.float64], noise: float = 0.003, seed: int = 1) -> Measurement:
    rng = np.random.default_rng(seed)
    n = len(z)
    z = z * (1 + noise * (rng.standard_normal(n) + 1j * rng.standard_normal(n)))
    columns = {"frequency_hertz": frequency, "real_impedance_ohm": z.real, "imaginary_impedance_ohm": z.imag}
    return Measurement(technique="impedance", columns=columns)


def film(frequency: NDArray[np.float64], d: float, length: float) -> Complexes:
    """A film of an insertion host, by finite volumes: D c'' = j omega c, flux i/(F A) at the front, none at the back.

    The potential follows the surface: dE = -slope dx, x the occupation, c = x/volume (mol/cm3). Cells grow from the
    front, so that the thin layer that is reached at high frequency is resolved.
    """
    edges = length * (np.expm1(5 * np.linspace(0, 1, CELLS + 1)) / np.expm1(5.0))
    width = np.diff(edges)
    between = d / (0.5 * (width[1:] + width[:-1]))
    found = []
    for omega in 2 * np.pi * frequency:
        matrix = np.diag(1j * omega * width)
        i = np.arange(CELLS - 1)
        matrix[i, i] += between
        matrix[i + 1, i + 1] += between
        matrix[i, i + 1] -= between
        matrix[i + 1, i] -= between
        source = np.zeros(CELLS, dtype=complex)
        source[0] = 1 / FARADAY
        c = np.linalg.solve(matrix, source)
        surface = c[0] + 0.5 * width[0] * source[0] / d
        found.append(SLOPE * VOLUME * surface)
    return np.array(found)


def test_diffusion_in_a_film() -> None:
    """D = 1e-10 cm2/s in 2 um: the bend lies at 2.5/(2 pi tau), tau = 400 s; and by the Warburg part alone."""
    frequency = np.geomspace(1e3, 2e-4, 54)
    z = 5 + film(frequency, 1e-10, 2e-4)
    set_ = Settings(circuit="R0-Wo1", compare=False, diffusion_length_um=2.0, transport_std_percent=0.0)
    found = analyse(spectrum(z, frequency), set_)["Wo1.diffusion_coefficient"]
    assert found.value == pytest.approx(1e-10, rel=0.02)
    assert abs(found.value - 1e-10) < 3 * (found.std or 0)
    bare = analyse(spectrum(z, frequency), dataclasses.replace(set_, transport_std_percent=None))
    assert bare["Wo1.diffusion_coefficient"].std is None
    assert "transport_uncertainty" in {note.code for note in bare.notes}
    fast = frequency > 0.02
    by_w = Settings(circuit="R0-W1", compare=False, titration_slope_volt=0.5, molar_volume_cm3=10.0, area_cm2=1.0)
    found = analyse(spectrum(z[fast], frequency[fast]), by_w)["W1.diffusion_coefficient"]
    assert found.value == pytest.approx(1e-10, rel=0.03)


def test_an_unseen_bend_gives_no_diffusion_coefficient() -> None:
    frequency = np.geomspace(1e3, 1.0, 28)
    z = 5 + film(frequency, 1e-10, 2e-4)
    result = analyse(spectrum(z, frequency), Settings(circuit="R0-Wo1", compare=False, diffusion_length_um=2.0))
    assert "Wo1.diffusion_coefficient" not in result.quantities
    assert "no_transport_quantity" in {note.code for note in result.notes}


def pores(frequency: NDArray[np.float64], ionic: float, farad: float) -> Complexes:
    """A ladder of 400 cells along the pores: half a resistor, a capacitor to the solid, half a resistor."""
    omega = 2 * np.pi * frequency
    rung: Complexes = np.asarray(CELLS / (1j * omega * farad), dtype=complex)
    half, z = 0.5 * ionic / CELLS, rung
    for _ in range(CELLS - 1):
        z = 1 / (1 / (z + 2 * half) + 1 / rung)
    return np.asarray(z + half)


def test_tortuosity_of_blocking_pores() -> None:
    """Two electrodes of 80 um, 40 % porosity, tortuosity 4, kappa 1 mS/cm, 1 cm2: 160 ohm together."""
    frequency = np.geomspace(2e5, 0.1, 51)
    ionic = 2 * 4.0 * 80e-4 / (1e-3 * 0.4)
    z = 8 + pores(frequency, ionic, 4e-4)
    set_ = Settings(
        circuit="R0-Wop1",
        compare=False,
        kind=CellKind.SYMMETRIC,
        electrode_thickness_um=80.0,
        porosity=0.4,
        electrolyte_conductivity_s_per_cm=1e-3,
        area_cm2=1.0,
        transport_std_percent=0.0,
    )
    pulls = []
    for seed in range(20):
        found = analyse(spectrum(z, frequency, seed=seed), set_)["Wop1.tortuosity"]
        assert found.value == pytest.approx(4.0, rel=0.03)
        pulls.append((found.value - 4.0) / (found.std or 0))
    assert 0.5 < np.mean(np.abs(pulls) < 1) < 0.95
    assert np.mean(np.abs(pulls) < 2) > 0.85


@pytest.mark.slow
def test_coverage_with_a_length_that_is_off() -> None:
    """2 um known to 5 %: the fit alone, which knows tau to 1 %, would hold a tenth of the values."""
    frequency = np.geomspace(1e3, 2e-4, 54)
    z, rng, inside = 5 + film(frequency, 1e-10, 2e-4), np.random.default_rng(4), np.zeros(2)
    runs = 100
    for seed in range(runs):
        length = 2.0 * (1.0 + rng.normal(0.0, 0.05))
        set_ = Settings(
            circuit="R0-Wo1", compare=False, diffusion_length_um=length, transport_std_percent=10.0, starts=2
        )
        found = analyse(spectrum(z, frequency, seed=seed), set_)["Wo1.diffusion_coefficient"]
        away = abs(found.value - 1e-10) / (found.std or 0.0)
        inside += (away < 1.0, away < 2.0)
    assert 60 <= inside[0] <= 78, inside
    assert inside[1] >= 90, inside
