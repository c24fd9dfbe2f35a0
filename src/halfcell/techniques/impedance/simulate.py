"""Simulate a spectrum as an instrument would record it: circuit, proportional noise, drift, outliers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.maths.circuit.model import Model, build

if TYPE_CHECKING:
    from numpy.random import Generator

    from halfcell.maths.circuit.elements import Complexes, Reals

TWO_ARCS = "Rs-p(Rint,CPEint)-p(Rct,CPEct)-W"


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A simulated spectrum: circuit, natural parameters in the order of the string, noise relative to \\|Z\\|.

    Every arc resistance grows by `drift_percent` over the sweep. `wild_points` points deviate by `wild_percent` of
    \\|Z\\| in a random direction. `sample` and `cycle` go to the measurement's meta.
    """

    circuit: str = TWO_ARCS
    values: tuple[float, ...] = (3.0, 25.0, 4e-5, 0.85, 60.0, 4e-3, 0.8, 8.0)
    noise_percent: float = 0.5
    highest_frequency_hertz: float = 1e5
    lowest_frequency_hertz: float = 1e-2
    points_per_decade: int = 8
    drift_percent: float = 0.0
    wild_points: int = 0
    wild_percent: float = 20.0
    sample: str = ""
    cycle: int | None = None


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """Simulate a spectrum: Z (1 + noise (a + j b)), a and b standard normal.

    Parameters
    ----------
    parameters
        Circuit, values, frequencies and faults.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns ``frequency_hertz``, ``real_impedance_ohm`` and ``imaginary_impedance_ohm``, shape (n,).

    Raises
    ------
    InputError
        If the circuit cannot be read, or the number of values is not that of its parameters.

    Source: definition.
    """
    model = build(parameters.circuit)
    if len(parameters.values) != len(model.names):
        raise InputError(f"{len(parameters.values)} values", parameters.circuit, f"it needs {', '.join(model.names)}")
    decades = np.log10(parameters.highest_frequency_hertz / parameters.lowest_frequency_hertz)
    count = round(float(decades) * parameters.points_per_decade) + 1
    frequency = np.geomspace(parameters.highest_frequency_hertz, parameters.lowest_frequency_hertz, count)
    z = _drifted(model, parameters, frequency)
    noise = parameters.noise_percent / 100
    z = z + noise * np.abs(z) * (rng.standard_normal(count) + 1j * rng.standard_normal(count))
    z = _wild(z, parameters, rng)
    named = {"sample": parameters.sample, "cycle": parameters.cycle, "circuit": parameters.circuit}
    return Measurement(
        technique="impedance",
        columns={"frequency_hertz": frequency, "real_impedance_ohm": z.real, "imaginary_impedance_ohm": z.imag},
        meta={"simulated": True} | {k: v for k, v in named.items() if v not in {"", None}},
    )


def _drifted(model: Model, parameters: Parameters, frequency: Reals) -> Complexes:
    """The circuit with arcs that grow with the time of the sweep, which is proportional to the sum of the periods."""
    values = np.array(parameters.values)
    if not parameters.drift_percent:
        return model.impedance(values, frequency)
    elapsed = np.cumsum(1 / frequency)
    grown = np.repeat(values[None, :], len(frequency), axis=0)
    places = [arc.resistance for arc in model.arcs]
    grown[:, places] *= 1 + parameters.drift_percent / 100 * (elapsed / elapsed[-1])[:, None]
    theta, log_omega = model.internal(grown), np.log(2 * np.pi * frequency)
    return np.asarray(np.diagonal(model.evaluate(theta, log_omega)[0]))


def _wild(z: Complexes, parameters: Parameters, rng: Generator) -> Complexes:
    z = np.array(z)
    places = rng.choice(len(z), parameters.wild_points, replace=False)
    phase = np.exp(2j * np.pi * rng.random(parameters.wild_points))
    z[places] += parameters.wild_percent / 100 * np.abs(z[places]) * phase
    return z
