"""A potentiostat in a sweep: what its channel misreads of potential and current."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.instruments.readings import Channel, drift, range_of, stepped

if TYPE_CHECKING:
    from numpy.random import Generator

    from halfcell.core.measurement import Measurement


@dataclass(frozen=True, kw_only=True)
class Potentiostat:
    """A potentiostat and one of its channels.

    Each error of a channel is drawn once per test from a normal distribution with the standard deviation given here.

    Parameters
    ----------
    volt_offset, volt_noise, volt_step
        Potential: offset, noise of a reading, resolution (V).
    current_gain, current_offset, current_drift, current_noise, current_step
        Current: relative error; the others as shares of the range.
    range_ampere
        Range; the power of ten (A) above the largest current where it is 0.
    """

    volt_offset: float = 5e-4
    volt_noise: float = 2e-5
    volt_step: float = 1e-5
    current_gain: float = 1e-3
    current_offset: float = 1e-4
    current_drift: float = 1e-4
    current_noise: float = 2e-4
    current_step: float = 2e-5
    range_ampere: float = 0.0

    def __post_init__(self) -> None:
        """Refuse what no potentiostat is."""
        if min(vars(self).values()) < 0:
            raise InputError("an error, a resolution or a range of a potentiostat is below 0", "potentiostat")

    def record(self, measurement: Measurement, rng: Generator) -> Measurement:
        """The readings of a sweep."""
        columns = dict(measurement.columns)
        time, true = columns["test_time_second"], columns["current_ampere"]
        whole = self.range_ampere or range_of(true)
        volt = Channel.drawn(rng, 0.0, self.volt_offset)
        current = Channel.drawn(rng, self.current_gain, self.current_offset * whole)
        noise = whole * self.current_noise * rng.standard_normal(len(true))
        read = current.reading(true) + drift(time, self.current_drift * whole, rng) + noise
        seen = volt.reading(columns["voltage_volt"]) + self.volt_noise * rng.standard_normal(len(time))
        columns["current_ampere"] = stepped(read, self.current_step * whole)
        columns["voltage_volt"] = stepped(seen, self.volt_step)
        if "net_capacity_ah" in columns:
            columns["net_capacity_ah"] = np.cumsum(np.diff(time, prepend=time[:1]) * columns["current_ampere"]) / 3600
        return replace(measurement, columns=columns)
