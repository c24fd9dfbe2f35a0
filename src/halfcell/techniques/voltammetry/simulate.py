"""Simulate cyclic voltammetry of an electrode: the peaks of its materials, and a double layer."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    from halfcell.materials.potential_curves import Step

    Floats = NDArray[np.float64]

_SKEW = 2.5  # exponent of the generalised logistic, with which a peak rises faster than it falls along the sweep


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """An electrode and how its potential is swept.

    Parameters
    ----------
    materials
        Names of `materials.potential_curves.CURVES` with the capacity (mAh/g) reached in a sweep at this rate.
    active_mass_mg, scan_rate_mv_s, cycles
        Mass (mg), scan rate (mV/s), number of cycles.
    lower_volt, upper_volt, start_volt
        The potential goes from `start_volt` to `lower_volt`, then to `upper_volt`, and so on.
    shift_volt, broadening
        Shift of the peaks along the sweep (V), and the factor by which they are wider than at low rates.
    lost_mah_g
        Charge (mAh/g) that forms the SEI in the first cathodic sweep.
    double_layer_mah_g_v
        Capacitance of the double layer (mAh/g per V).
    step_mv
        Distance of the records (mV).
    noise_part
        Standard deviation of the current, as a fraction of its largest value.
    """

    materials: tuple[tuple[str, float], ...] = (("Si", 3000.0),)
    active_mass_mg: float = 1.0
    scan_rate_mv_s: float = 3.0
    cycles: int = 3
    lower_volt: float = 0.01
    upper_volt: float = 2.0
    start_volt: float = 2.0
    shift_volt: float = 0.05
    broadening: float = 1.5
    lost_mah_g: float = 300.0
    double_layer_mah_g_v: float = 20.0
    step_mv: float = 2.0
    noise_part: float = 1e-3
    meta: dict[str, str] = field(default_factory=dict)


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """Record a voltammogram: current = scan rate times the differential capacity of each branch.

    Each peak has its maximum exactly at the potential of `materials.potential_curves.CURVES`, shifted along the sweep.

    Parameters
    ----------
    parameters
        Materials, sweep and noise.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns ``test_time_second``, ``voltage_volt`` and ``current_ampere``, shape (n,).

    Source: definition, I = dQ/dU dU/dt.
    """
    p = parameters
    corners = [p.start_volt, *[v for _ in range(p.cycles) for v in (p.lower_volt, p.upper_volt)]]
    time, potential, current, cycle = [], [], [], []
    clock, volts_a_second = 0.0, p.scan_rate_mv_s / 1e3
    for number, (begin, end) in enumerate(pairwise(corners)):
        count = max(int(abs(end - begin) / p.step_mv * 1e3), 2)
        sweep = np.linspace(begin, end, count + 1)[1:]
        time.append(clock + np.abs(sweep - begin) / volts_a_second)
        potential.append(sweep)
        current.append(_current(p, sweep, number))
        cycle.append(np.full(count, float(number // 2)))
        clock = float(time[-1][-1])
    amperes = np.concatenate(current)
    noise = p.noise_part * float(np.abs(amperes).max()) * rng.standard_normal(len(amperes))
    columns = {
        "test_time_second": np.concatenate(time),
        "voltage_volt": np.concatenate(potential),
        "current_ampere": amperes + noise,
        "cycle_count": np.concatenate(cycle),
    }
    meta = {"simulated": True, "protocol": "Cyclic Voltammetry", **p.meta}
    return Measurement(technique="voltammetry", columns=columns, meta=meta)


def _current(p: Parameters, potential: Floats, number: int) -> Floats:
    """Current (A) of one sweep."""
    from halfcell.materials.potential_curves import CURVES

    down = number % 2 == 0
    sign = -1.0 if down else 1.0
    density = np.full(len(potential), p.double_layer_mah_g_v)
    for name, capacity in p.materials:
        branches = CURVES[name]
        steps = (branches.first if number == 0 else branches.lithiation) if down else branches.delithiation
        density += capacity * _density(potential, steps, sign, p)
    if number == 0 and p.lost_mah_g > 0:
        density += p.lost_mah_g * _density(potential, CURVES["SEI"].first, sign, p)
    ampere: Floats = sign * density * p.active_mass_mg * p.scan_rate_mv_s * 3.6e-6
    return ampere


def _density(potential: Floats, steps: Sequence[Step], sign: float, p: Parameters) -> Floats:
    """Differential capacity (1/V): generalised logistic peaks with maxima at the shifted potentials of the steps."""
    total = np.zeros(len(potential))
    for volt, width, weight in steps:
        scaled = width * p.broadening
        u = sign * (potential - volt - sign * p.shift_volt) / scaled + np.log(_SKEW)
        total += weight / scaled * _SKEW * np.exp(-u - (_SKEW + 1.0) * np.logaddexp(0.0, -u))
    return total
