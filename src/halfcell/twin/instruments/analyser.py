"""A frequency response analyser: noise of a spectrum, leads, drift of the cell during the sweep, mains."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError

if TYPE_CHECKING:
    from numpy.random import Generator

    from halfcell.core.measurement import Measurement

PERIODS = 2.0  # that a point takes beside a settling time
SETTLING = 0.2  # s, chosen: what an analyser waits at a new frequency
_NEAR_MAINS = 0.05  # relative: an analyser's filter is about so wide


@dataclass(frozen=True, kw_only=True)
class Analyser:
    """A frequency response analyser with its leads.

    Parameters
    ----------
    noise_percent
        Standard deviation of real and imaginary part, of |Z|.
    gain_percent, phase_degree
        Standard deviations of the errors of its channel: magnitude, and phase at the highest frequency, which grows in
        proportion to the frequency.
    lead_nanohenry, lead_ohm
        Inductance and resistance of the leads that the compensation has left.
    drift_percent
        By how much the impedance grows during the sweep, in proportion to the time.
    mains_hertz, mains_percent
        Frequency of the mains, and how far (of |Z|) it throws a point within 5 % of it or of its third harmonic.
    """

    noise_percent: float = 0.3
    gain_percent: float = 0.1
    phase_degree: float = 0.1
    lead_nanohenry: float = 200.0
    lead_ohm: float = 0.0
    drift_percent: float = 0.2
    mains_hertz: float = 50.0
    mains_percent: float = 1.0

    def __post_init__(self) -> None:
        """Refuse what no analyser is."""
        if min(self.noise_percent, self.gain_percent, self.phase_degree, self.mains_percent) < 0:
            raise InputError("an error of an analyser is below 0", "analyser")

    def record(self, measurement: Measurement, rng: Generator) -> Measurement:
        """A spectrum as it is written down, with the time of each point."""
        hertz = measurement["frequency_hertz"]
        z = measurement["real_impedance_ohm"] + 1j * measurement["imaginary_impedance_ohm"]
        time = np.cumsum(PERIODS / hertz + SETTLING)
        z = z * (1 + self.drift_percent / 100 * time / time[-1])
        z = z + self.lead_ohm + 2j * np.pi * hertz * self.lead_nanohenry * 1e-9
        gain, phase = (float(rng.standard_normal()) for _ in range(2))
        turned = np.deg2rad(self.phase_degree * phase) * hertz / hertz.max()
        z = z * (1 + self.gain_percent / 100 * gain) * np.exp(1j * turned)
        random = rng.standard_normal(len(z)) + 1j * rng.standard_normal(len(z))
        spread = np.full(len(z), self.noise_percent)
        for harmonic in (1, 3):
            spread[np.abs(hertz / (harmonic * self.mains_hertz) - 1) < _NEAR_MAINS] += self.mains_percent
        z = z + spread / 100 * np.abs(z) * random
        columns = {"real_impedance_ohm": z.real, "imaginary_impedance_ohm": z.imag, "test_time_second": time}
        return replace(measurement, columns={**measurement.columns, **columns})
