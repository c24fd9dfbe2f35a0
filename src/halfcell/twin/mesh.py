"""How far a prediction changes when its mesh is made twice as fine: steps of the discharge, and sizes of particles."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.twin.cell import STEPS, discharge
from halfcell.twin.compile import compiled
from halfcell.twin.ladder import DEPTHS
from halfcell.twin.sizes import NODES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.twin.card import Card

MOST_PERCENT = 0.5  # of a capacity, chosen: a quarter of what cells of one kind differ by
MOST_VOLT = 0.005  # V of a mean voltage, chosen: small against 20 mV, by which cells differ


class MeshError(NamedTuple):
    """Largest changes of capacity (%) and mean voltage (V) over the currents, and the current of the former (mA/g)."""

    capacity_percent: float
    volt: float
    current: float

    @property
    def doubt(self) -> str:
        """What to say of it; empty where the mesh is fine enough."""
        if self.capacity_percent <= MOST_PERCENT and self.volt <= MOST_VOLT:
            return ""
        return (
            f"a mesh twice as fine changes a capacity by {self.capacity_percent:.1f} % ({self.current:g} mA/g) and a "
            f"mean voltage by {self.volt * 1000:.0f} mV: the sizes spread too far for {NODES} of them; give a "
            "measured distribution, or a narrower one"
        )


def mesh_error(card: Card, currents: Sequence[float], steps: int = STEPS) -> MeshError:
    """Halve the mesh and compare.

    Parameters
    ----------
    card
        The cell.
    currents
        mA per gram of cathode material.
    steps
        Of the discharge that is checked.
    """
    cards, at = [card] * len(currents), np.array(currents)
    coarse = discharge(compiled(cards), at, steps)
    fine = discharge(compiled(cards, 2 * NODES, 2 * DEPTHS), at, 2 * steps)
    capacity = np.abs(coarse.capacity / fine.capacity - 1) * 100
    volt = np.abs(coarse.mean_volt - fine.mean_volt)
    return MeshError(float(capacity.max()), float(np.nanmax(volt)), float(at[int(np.argmax(capacity))]))
