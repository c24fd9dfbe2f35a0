"""The kernel of the twin against PyBaMM 26.10.1.1 (IDAKLU, 60 shells, 60 sizes) on the same parameters and potentials.

Parameters: Chen et al., J. Electrochem. Soc. 167 (2020) 080534, as in PyBaMM's set Chen2020; lower cut-off 2.5 V.
Single particle model (SPM), and many-particle model (MPM) with log-normal sizes whose standard deviation is 0.2 and 0.4
of the mean by area. PyBaMM computed the capacities (Ah) and mean voltages (V) at 0.1 to 5C that stand here.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from halfcell.twin.cell import Cell, discharge
from halfcell.twin.electrode import Electrode
from halfcell.twin.electrolyte import Electrolyte
from halfcell.twin.potentials import GRID, POINTS, Tables
from halfcell.twin.sizes import log_normal

FARADAY = 96485.33212
AREA, THICK = 0.065 * 1.58, (85.2e-6, 75.6e-6)  # m2, m: negative, positive
ACTIVE, MOST = (0.75, 0.665), (33133.0, 63104.0)  # volume fractions, mol/m3
START = (29866.0, 17038.0)  # mol/m3
RADIUS, DIFFUSION, RATE = (5.86e-6, 5.22e-6), (3.3e-14, 4e-15), (6.48e-7, 3.42e-6)
ELECTROLYTE = 1000.0  # mol/m3
CURRENTS = 5.0 * np.array([0.1, 0.5, 1, 2, 3, 5])
BY_PYBAMM = {
    0.0: ([5.08156, 5.02168, 4.95516, 4.82174, 4.51783, 3.56771], [3.6963, 3.6241, 3.5562, 3.4568, 3.4071, 3.3739]),
    0.2: ([5.07998, 5.01367, 4.93784, 4.78394, 4.41431, 3.50484], [3.6945, 3.6185, 3.5495, 3.4511, 3.4105, 3.3740]),
    0.4: ([5.07493, 4.98579, 4.88033, 4.66871, 4.17293, 3.34356], [3.6896, 3.6054, 3.5347, 3.4398, 3.4168, 3.3755]),
}


def _negative(x: np.ndarray) -> np.ndarray:
    return (
        1.9793 * np.exp(-39.3631 * x) + 0.2482 - 0.0909 * np.tanh(29.8538 * (x - 0.1234))
        - 0.04478 * np.tanh(14.9159 * (x - 0.2769)) - 0.0205 * np.tanh(30.4444 * (x - 0.6103))
    )  # fmt: skip


def _positive(x: np.ndarray) -> np.ndarray:
    return (
        -0.8090 * x + 4.4875 - 0.0428 * np.tanh(18.5138 * (x - 0.5542)) - 17.7326 * np.tanh(15.7890 * (x - 0.3117))
        + 17.5842 * np.tanh(15.9308 * (x - 0.3120))
    )  # fmt: skip


def _electrode(side: int, volt: np.ndarray, sd: float) -> Electrode:
    """An electrode of Chen2020; a log-normal by area is one by volume with a median larger by exp(s^2 / 2)."""
    square = math.log(1 + sd**2)
    sizes = log_normal(math.sqrt(square))
    radius = sizes.radius * math.exp(square / 2)
    cells = np.ones((len(CURRENTS), 1))
    slope = np.append(np.diff(volt), volt[-1] - volt[-2]) * POINTS
    capacity = AREA * THICK[side] * ACTIVE[side] * MOST[side] * FARADAY / 3600
    return Electrode(
        share=cells * sizes.share,
        tau=cells * RADIUS[side] ** 2 / DIFFUSION[side] / 3600 * radius**2,
        exchange=cells * RATE[side] * math.sqrt(ELECTROLYTE) * 3 * 3600 / (FARADAY * RADIUS[side]) / radius,
        tables=Tables(np.array([[volt, volt]]), np.array([[slope, slope]]), np.zeros(len(radius), np.int64)),
        decay=np.full(len(radius), 1e9),
        capacity=np.full(len(CURRENTS), capacity),
        thermal_volt=cells * 8.314462618 * 298.15 / FARADAY,
    )


SPME = ([5.08062, 5.01644, 4.94239, 4.78051], [3.6919, 3.6036, 3.5147, 3.3633])
DFN = ([5.08063, 5.01648, 4.94237, 4.77764], [3.6919, 3.6036, 3.5147, 3.3639])
"""At 0.1, 0.5, 1 and 2C, 60 shells and 80 points over the thickness, D = 2.5e-10 m2/s and 1 S/m in the electrolyte."""


def test_electrolyte_beside_pybamm() -> None:
    """Within 0.02 % and 1 mV of SPMe, and within 0.1 % and 1 mV of the Doyle-Fuller-Newman model."""
    count = 4
    ones = np.ones(count)
    volts = _negative(GRID), _positive(GRID)
    start = [START[side] / MOST[side] for side in (0, 1)]
    top = float(np.interp(start[1], GRID, volts[1]) - np.interp(start[0], GRID, volts[0]))
    kept = np.arange(len(CURRENTS)) < count
    solid = (THICK[0] / 215 + THICK[1] / 0.18) / 3 / AREA  # ohm, of the solid parts of both electrodes
    cell = Cell(
        anode=_electrode(0, volts[0], 0.0).only(kept), cathode=_electrode(1, volts[1], 0.0).only(kept),
        resistance=solid * ones, full_anode=start[0] * ones, upper_volt=top * ones, lower_volt=2.5 * ones,
        electrolyte=Electrolyte(
            concentration=ELECTROLYTE * ones, diffusion=2.5e-10 * ones, conductivity=ones, transference=0.2594 * ones,
            factor=ones, thickness=np.tile([THICK[0], 12e-6, THICK[1]], (count, 1)),
            porosity=np.tile([0.25, 0.47, 0.335], (count, 1)),
            efficiency=np.tile([0.25, 0.47, 0.335], (count, 1)) ** 1.5, ampere_per_m2=ones / AREA,
            thermal_volt=8.314462618 * 298.15 / FARADAY * ones,
        ),
    )  # fmt: skip
    found = discharge(cell, CURRENTS[kept])
    for (capacity, volt), near in ((SPME, 2e-4), (DFN, 1e-3)):
        assert found.capacity == pytest.approx(capacity, rel=near)
        assert found.mean_volt == pytest.approx(volt, abs=1e-3)


@pytest.mark.parametrize("sd", BY_PYBAMM)
def test_kernel_beside_pybamm(sd: float) -> None:
    """Capacities within 0.5 % to 3C and 1 % at 5C, mean voltages within 4 mV; a single size within 0.1 %."""
    volts = _negative(GRID), _positive(GRID)
    ones = np.ones(len(CURRENTS))
    start = [START[side] / MOST[side] for side in (0, 1)]
    top = float(np.interp(start[1], GRID, volts[1]) - np.interp(start[0], GRID, volts[0]))
    cell = Cell(
        anode=_electrode(0, volts[0], sd), cathode=_electrode(1, volts[1], sd), resistance=0 * ones,
        full_anode=start[0] * ones, upper_volt=top * ones, lower_volt=2.5 * ones,
    )  # fmt: skip
    found = discharge(cell, CURRENTS)
    capacity, volt = map(np.array, BY_PYBAMM[sd])
    limit = np.array([5e-3] * 5 + [1e-2]) if sd else np.full(6, 1e-3)
    assert (np.abs(found.capacity / capacity - 1) <= limit).all()
    assert found.mean_volt == pytest.approx(volt, abs=4e-3)
