"""Balance of a full cell: N/P, the stated areal capacity of the anode over that of the cathode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.carriers import METAL
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.cycling.energy_density import BASES

if TYPE_CHECKING:
    from halfcell.techniques.cycling.settings import Settings

_FIELDS = ("anode_capacity_mah_per_cm2", "cathode_capacity_mah_per_cm2")


def np_ratio(settings: Settings) -> Findings:
    """N/P of a full cell, ``q_anode / q_cathode``, with a note that names its basis or what is missing.

    Both are stated areal capacities of electrodes that face each other; none can be taken from the test, whose
    capacity is that of the two together.

    Parameters
    ----------
    settings
        The kind of the cell, and the areal capacities (mAh/cm2).

    Returns
    -------
    Findings
        ``np_ratio``; nothing where the cell is no full cell, or neither is stated.

    Source: definition.
    """
    anode, cathode = (getattr(settings, name) for name in _FIELDS)
    if settings.kind not in BASES or (anode is None and cathode is None):
        return Findings()
    missing = [name for name in _FIELDS if not (getattr(settings, name) or 0.0) > 0]
    if missing:
        text = f"no N/P ratio: {', '.join(missing)} not known (cells.csv); it needs both electrodes' areal capacities"
        return refused("np_missing", text)
    ratio = anode / cathode
    text = f"N/P is that of the stated areal capacities: anode {anode:g}, cathode {cathode:g} mAh/cm2"
    notes = [Note("info", "np_basis", text)]
    if ratio < 1.0:
        text = f"N/P is {ratio:.2f}: the anode takes up less than the cathode delivers, "
        text += f"so {METAL[settings.carrier]} may plate"
        notes.append(Note("doubt", "np_below_one", text))
    return Findings(quantities={"np_ratio": Quantity(ratio, "", decimals=2)}, notes=tuple(notes))
