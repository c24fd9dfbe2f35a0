"""A porous electrode whose pore walls react, solved as a ladder of 400 cells, not by the element's formula.

The physical model is that of R. de Levie (Adv. Electrochem. Electrochem. Eng. 6 (1967) 329) and J. Landesfeind et al.
(J. Electrochem. Soc. 163 (2016) A1373): the solution in the pores resists ions, each piece of wall reacts (R_ct) and is
charged (Q).
"""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques.impedance import Settings, analyse

Complexes = NDArray[np.complex128]
Reals = NDArray[np.float64]
CELLS = 400
FREQUENCY = np.geomspace(2e5, 1e-2, 59)


def ladder(frequency: Reals, ionic: float, charge: float, tau: float, n: float, cells: int = CELLS) -> Complexes:
    """Half a resistor, a rung to the solid (reaction and constant-phase element in parallel), half a resistor."""
    jw = 2j * np.pi * frequency
    rung = cells * charge / (1 + (jw * tau) ** n)
    half = 0.5 * ionic / cells
    z: Complexes = np.asarray(rung, dtype=complex)
    for _ in range(cells - 1):
        z = np.asarray(1 / (1 / (z + 2 * half) + 1 / rung), dtype=complex)
    return np.asarray(z + half)


def arc(frequency: Reals, r: float, tau: float, n: float) -> Complexes:
    return np.asarray(r / (1 + (2j * np.pi * frequency * tau) ** n))


def spectrum(z: Complexes, rng: np.random.Generator, noise: float) -> Measurement:
    n = len(z)
    z = z * (1 + noise * (rng.standard_normal(n) + 1j * rng.standard_normal(n)))
    columns = {"frequency_hertz": FREQUENCY, "real_impedance_ohm": z.real, "imaginary_impedance_ohm": z.imag}
    return Measurement(technique="impedance", columns=columns)


def test_tortuosity_with_a_reaction() -> None:
    """Two electrodes of 80 um, 40 % porosity, tortuosity 4, kappa 1 mS/cm, 1 cm2: 160 ohm of ions, 240 of reaction."""
    z = 8 + ladder(FREQUENCY, 160.0, 240.0, 0.05, 0.92)
    settings = Settings(
        circuit="R0-TLM1",
        kind=CellKind.SYMMETRIC,
        electrode_thickness_um=80.0,
        porosity=0.4,
        electrolyte_conductivity_s_per_cm=1e-3,
        area_cm2=1.0,
    )
    found = analyse(spectrum(z, np.random.default_rng(3), 0.002), settings)
    assert found["TLM1.tortuosity"].value == pytest.approx(4.0, rel=0.03)
    assert found["TLM1_Rct.area_specific"].value == pytest.approx(120.0, rel=0.03)
    assert found["TLM1_Rion.area_specific"].value == pytest.approx(80.0, rel=0.03)
    # at direct current: sqrt(160 240) coth sqrt(160/240) = 290.6 ohm
    assert found["TLM1.resistance"].value == pytest.approx(290.6, rel=0.01)


def test_a_reaction_at_the_mouth_of_the_pores() -> None:
    """R_ct of 1 ohm in pores of 100: only sqrt(R_ion R_ct) = 10 ohm is known (Gerischer), and the parts are refused."""
    z = 2 + ladder(FREQUENCY, 100.0, 1.0, 0.02, 0.95, cells=4000)
    settings = Settings(circuit="R0-TLM1", compare=False, porosity=0.4)
    found = analyse(spectrum(z, np.random.default_rng(1), 0.003), settings)
    assert not {"TLM1_Rion", "TLM1_Rct", "TLM1_Q", "TLM1.tortuosity"} & set(found.quantities)
    assert found["TLM1.resistance"].value == pytest.approx(10.0, rel=0.02)
    assert any("square root of their product" in note.text for note in found.notes)


def test_an_arc_instead_of_a_line_is_told() -> None:
    """Two plain arcs fitted with a line: a circuit that describes them better is named, or the line is refused."""
    z = 3 + arc(FREQUENCY, 20.0, 1e-4, 0.9) + arc(FREQUENCY, 50.0, 1e-1, 0.85)
    found = analyse(spectrum(z, np.random.default_rng(2), 0.001), Settings(circuit="R0-TLM1"))
    assert "TLM1_Rion" not in found.quantities
    assert {"lack_of_fit", "line_not_determined"} <= {note.code for note in found.notes}


@pytest.mark.slow
def test_resistances_of_pores_cover() -> None:
    """R_ion 2 to 100 ohm, R_ct 0.3 to 100 times that, with and without an arc of the surface before them."""
    pulls = [*_pulls("R0-TLM1", 0.003, 60), *_pulls("R0-p(R1,CPE1)-TLM1", 0.001, 40)]
    assert len(pulls) > 160
    assert 0.60 < np.mean(np.abs(pulls) < 1) < 0.76
    assert 0.90 < np.mean(np.abs(pulls) < 2) < 0.98


def _pulls(circuit: str, noise: float, count: int) -> list[float]:
    """(Found - true) / uncertainty of all resistances of the lines that are given."""
    rng, pulls = np.random.default_rng(11), []
    for _ in range(count):
        ionic = 10 ** rng.uniform(0.3, 2)
        truth = {"TLM1_Rion": ionic, "TLM1_Rct": ionic * 10 ** rng.uniform(-0.5, 2)}
        z = 10 ** rng.uniform(0, 1) + ladder(
            FREQUENCY, ionic, truth["TLM1_Rct"], 10 ** rng.uniform(-3, 0), rng.uniform(0.75, 0.98)
        )
        if "R1" in circuit:
            z = z + arc(FREQUENCY, ionic * 10 ** rng.uniform(-0.7, 0.7), 10 ** rng.uniform(-5, -4), 0.85)
        found = analyse(spectrum(z, rng, noise), Settings(circuit=circuit, compare=False, weighting="modulus"))
        for name, value in truth.items():
            if name in found.quantities:
                pulls.append(float(np.log(found[name].value / value) * found[name].value / (found[name].std or 0)))
    return pulls
