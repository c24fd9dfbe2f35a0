"""A counter electrode of lithium metal with the electrolyte between it and the electrode.

Lithium is plated and stripped by ``i = 2 i0 (c/c0)^1/2 sinh(F eta / 2RT)`` at its surface; the salt moves through
separator and electrode as `electrolyte` has it, without an anode.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.electrolyte import Electrolyte

    Floats = NDArray[np.float64]

VOLUMES = (0, 8, 12)  # finite volumes: no anode, separator, electrode
SMALLEST = 1e-3  # of the concentration at rest


@dataclass(frozen=True, eq=False)
class Counter:
    """Lithium metal and the electrolyte of one half cell; currents in mA, above 0 while lithium leaves the metal.

    Parameters
    ----------
    electrolyte
        Without an anode, one variant.
    exchange
        Exchange current density of the metal, A/m2.
    """

    electrolyte: Electrolyte
    exchange_a_per_m2: float

    def after(self, salt: Floats, current: float, hours: float) -> Floats:
        """Concentrations after a current for a time."""
        return self.electrolyte.after(salt, np.array([current]), np.array([hours]))

    def exchange(self, salt: Floats) -> Floats:
        """Factor on the exchange rates of the electrode."""
        return self.electrolyte.exchange(salt)[1]

    def volt(self, salt: Floats, current: float) -> float:
        """What electrolyte and metal add to the potential of the electrode."""
        flow = np.array([current])
        liquid = self.electrolyte
        near = float((liquid.at_lithium(salt, flow) / liquid.concentration)[0])
        density = current * float(liquid.ampere_per_m2[0])
        ratio = density / (2 * self.exchange_a_per_m2 * np.sqrt(max(near, SMALLEST)))
        metal = 2 * float(liquid.thermal_volt[0]) * float(np.arcsinh(ratio))
        return float(liquid.volt(salt, flow)[0]) - metal
