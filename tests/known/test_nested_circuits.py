"""No fit is worse than that of any circuit nested in it, for every plain circuit of up to two arcs, on real spectra."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from halfcell.maths.circuit.circuit_fit import fit_spectra
from halfcell.maths.circuit.model import build
from halfcell.maths.circuit.series_layout import layout
from halfcell.readers import read_all
from halfcell.techniques.impedance import Settings
from halfcell.techniques.impedance.spectrum import prepare
from halfcell.techniques.ionic_conductivity import Parameters, simulate

ARCS = ("p(R1,CPE1)", "p(R1,CPE1)-p(R2,CPE2)")
TAILS = ("", "-W", "-CPEd", "-C9", "-Wo", "-Ws")
CIRCUITS = tuple(f"{coil}{r}{arcs}{tail}" for coil, r, arcs, tail in product(("", "L0-"), ("", "R0-"), ARCS, TAILS))
SPECIAL = {("W", "CPE"), ("C", "CPE"), ("W", "Wo"), ("W", "Ws")}  # a tail, and one that contains it
FILES = ("more/eis/block89.csv", "eis/impedance.py/Circuit2_EIS_1.z", "eis/pyimpspec/case-multiple-spectra.csv",
         "eis/impedance.py/exampleDataGamry.DTA", "eis/pyimpspec/data.P00")  # fmt: skip


def nested(small: str, large: str) -> bool:
    a, b = layout(build(small)), layout(build(large))
    assert a is not None
    assert b is not None
    missing = ((a.resistor, b.resistor), (a.inductor, b.inductor))
    if small == large or any(own is not None and other is None for own, other in missing) or len(a.arcs) > len(b.arcs):
        return False
    return a.tail in {"", b.tail} or (a.tail, b.tail) in SPECIAL


def worse(
    circuits: tuple[str, ...], frequency: NDArray[np.float64], z: NDArray[np.complex128], weights: NDArray[np.float64]
) -> list[tuple[str, str]]:
    """Pairs of a circuit and one nested in it that is fitted better by 0.1 % of the sum of squares."""
    cost = {c: fit_spectra(c, frequency, z[None], weights[None])[0].cost for c in circuits}
    floor = 2e-12 * np.count_nonzero(weights)
    return [(b, a) for a in circuits for b in circuits if nested(a, b) and cost[b] > 1.001 * cost[a] + floor]


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_real_spectra(data: Path, name: str) -> None:
    spectrum = prepare(read_all(data / name)[0], Settings())
    assert worse(CIRCUITS, spectrum.frequency, spectrum.impedance, spectrum.weights) == []


def test_a_pellet_with_its_leads() -> None:
    """An inductance that ran to zero on the way left the fit five times above the noise."""
    rng = np.random.default_rng(7)
    for degc in (-40, -20, 0, 25):
        made = simulate(Parameters(temperature_degc=degc), rng)
    z = made["real_impedance_ohm"] + 1j * made["imaginary_impedance_ohm"]
    circuits = ("L0-p(R1,CPE1)-CPEe", "R0-p(R1,CPE1)-CPEe", "L0-R0-p(R1,CPE1)-CPEe")
    assert worse(circuits, made["frequency_hertz"], z, 1 / np.abs(z)) == []
    best = fit_spectra(circuits[-1], made["frequency_hertz"], z[None])[0]
    assert best.uncertainty.rms == pytest.approx(0.003, rel=0.15)
