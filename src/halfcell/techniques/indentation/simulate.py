r"""What an indenter records for a material of known energies: approach, loading, hold, unloading, rest.

Loading :math:`P = P_{max}(h/h_l)^2`, so that :math:`W_t = P_{max}(h_l/3 + h_{creep})`; unloading
:math:`P = P_{max}((h-h_f)/(h_{max}-h_f))^m`, so that :math:`W_e = P_{max}(h_{max}-h_f)/(m+1)`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A material's energies and a test's protocol and faults.

    ``elastic_energy_nj = 0`` makes a crush test: the load rises until the particle breaks, and the tip bursts forward
    by `burst_nm`. `stop_at` ends the unloading at this part of the peak load. In the rest at low load the depth goes
    back by `recovery_nm` with a time constant of `recovery_s`. A pop-in of `popin_nm` at the part `popin_at` of the
    peak adds its own work to the total.
    """

    peak_load_mn: float = 30.0
    total_energy_nj: float = 16.0
    elastic_energy_nj: float = 4.0
    unload_exponent: float = 1.5
    creep_nm: float = 8.0
    approach_nm: float = 60.0
    approach_s: float = 6.0
    load_s: float = 20.0
    hold_s: float = 5.0
    unload_s: float = 10.0
    rest_s: float = 20.0
    rate_hz: float = 40.0
    load_noise_un: float = 2.0
    depth_noise_nm: float = 0.3
    load_zero_un: float = 0.0
    drift_nm_per_s: float = 0.0
    recovery_nm: float = 0.0
    recovery_s: float = 4.0
    frame_nm_per_mn: float = 0.0
    stop_at: float = 0.0
    popin_nm: float = 0.0
    popin_at: float = 0.5
    burst_nm: float = 400.0


def simulate(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    """Record one test: :math:`P = B h^2` in loading and :math:`P = B (h - h_f)^m` in unloading.

    Parameters
    ----------
    parameters
        Energies, protocol and faults.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns ``test_time_second``, ``load_newton`` and ``depth_metre``, shape (n,).

    Raises
    ------
    InputError
        If the energies and the creep leave no depth for the loading or more than that for the unloading.

    Source: W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564.
    """
    p = parameters
    time, load, depth = _crushed(p) if p.elastic_energy_nj <= 0 else _indented(p)
    depth = depth + p.frame_nm_per_mn * load + p.drift_nm_per_s * time + rng.normal(0.0, p.depth_noise_nm, len(time))
    load = load + 1e-3 * (p.load_zero_un + rng.normal(0.0, p.load_noise_un, len(time)))
    columns = {"test_time_second": time, "load_newton": load * 1e-3, "depth_metre": depth * 1e-9}
    return Measurement(technique="indentation", columns=columns, meta={"simulated": True, "title": "indentation"})


def true_energies(parameters: Parameters) -> dict[str, float]:
    """The energies that the record holds, the pop-in's work included: the integral of P dh over its branches.

    Parameters
    ----------
    parameters
        Energies, protocol and faults.

    Returns
    -------
    dict of float
        Plastic, elastic and total energy (nJ).

    Source: definition.
    """
    total = parameters.total_energy_nj + parameters.popin_nm * parameters.popin_at * parameters.peak_load_mn * 1e-3
    if parameters.elastic_energy_nj <= 0:
        return {"total_energy": total}
    elastic = parameters.elastic_energy_nj
    return {"plastic_energy": total - elastic, "elastic_energy": elastic, "total_energy": total}


def _loading_depth(p: Parameters) -> float:
    """Depth (nm) at which the loading ends, without creep and pop-in."""
    depth = 3.0 * (p.total_energy_nj * 1e3 / p.peak_load_mn - p.creep_nm * (p.elastic_energy_nj > 0))
    if depth <= 0:
        raise InputError("the creep takes more than the total energy", "parameters", "lower creep_nm")
    return depth


def _approach(p: Parameters) -> tuple[Array, Array]:
    """Times and depths before contact."""
    time = np.arange(0.0, p.approach_s, 1.0 / p.rate_hz)
    return time, p.approach_nm * (time / p.approach_s - 1.0)


def _rise(p: Parameters, load: Array) -> Array:
    """Depth (nm) on loading to a load (mN)."""
    depth = _loading_depth(p) * np.sqrt(np.clip(load, 0.0, None) / p.peak_load_mn)
    return np.asarray(depth + p.popin_nm * (load > p.popin_at * p.peak_load_mn))


def _indented(p: Parameters) -> tuple[Array, Array, Array]:
    """Time (s), load (mN), depth (nm) of a full test."""
    top = _loading_depth(p) + p.popin_nm + p.creep_nm
    back = p.elastic_energy_nj * 1e3 * (p.unload_exponent + 1.0) / p.peak_load_mn
    if back >= top:
        raise InputError("the elastic energy needs more depth than there is", "parameters", "lower elastic_energy_nj")
    before, approach = _approach(p)
    knots = np.cumsum([0.0, p.load_s, p.hold_s, 0.9 * p.unload_s, p.rest_s, 0.1 * p.unload_s]) + p.approach_s
    levels = p.peak_load_mn * np.array([0.0, 1.0, 1.0, 0.1, 0.1, 0.0])
    after = np.arange(knots[0], knots[-1] + 0.5 / p.rate_hz, 1.0 / p.rate_hz)
    load = np.interp(after, knots, levels)
    held = np.clip((after - knots[1]) / p.hold_s, 0.0, 1.0) if p.hold_s else (after >= knots[1]).astype(float)
    creep = p.creep_nm * (1.0 - np.exp(-3.0 * held)) / (1.0 - np.exp(-3.0))
    fall = top - back * (1.0 - (np.clip(load, 0.0, None) / p.peak_load_mn) ** (1.0 / p.unload_exponent))
    late = np.clip(after - knots[3], 0.0, p.rest_s)
    fall = fall - p.recovery_nm * (1.0 - np.exp(-late / p.recovery_s))
    depth = np.where(after <= knots[2], _rise(p, load) + creep, fall)
    kept = (after <= knots[2]) | (load >= p.stop_at * p.peak_load_mn)
    time = np.concatenate([before, after[kept]])
    return time, np.concatenate([np.zeros_like(before), load[kept]]), np.concatenate([approach, depth[kept]])


def _crushed(p: Parameters) -> tuple[Array, Array, Array]:
    """Time (s), load (mN), depth (nm) of a particle that breaks at the peak load; the record ends after the burst."""
    before, approach = _approach(p)
    after = p.approach_s + np.arange(0.0, p.load_s + 0.5 / p.rate_hz, 1.0 / p.rate_hz)
    load = p.peak_load_mn * (after - p.approach_s) / p.load_s
    burst = after[-1] + np.arange(1, round(0.5 * p.rate_hz) + 1) / p.rate_hz
    shoot = _rise(p, load[-1:]) + p.burst_nm * (1.0 - np.exp(-np.arange(1, len(burst) + 1) / 3.0))
    time = np.concatenate([before, after, burst])
    loads = np.concatenate([np.zeros_like(before), load, np.full_like(burst, p.peak_load_mn)])
    return time, loads, np.concatenate([approach, _rise(p, load), shoot])
