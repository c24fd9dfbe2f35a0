"""Balance of a full cell: N/P, the anode's areal capacity over the cathode's, both as stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.cycling.energy_density import BASES

if TYPE_CHECKING:
    from halfcell.techniques.cycling.settings import Settings

_FIELDS = ("anode_capacity_mah_per_cm2", "cathode_capacity_mah_per_cm2")


def np_ratio(settings: Settings) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """N/P of a full cell, ``q_anode / q_cathode``, and the note that names its basis or what is missing.

    Both are areal capacities (mAh/cm2) as stated, of electrodes facing each other; none is taken from the test, whose
    capacity is that of both together. Nothing where the cell is no full cell or neither is stated.
    """
    anode, cathode = (getattr(settings, name) for name in _FIELDS)
    if settings.kind not in BASES or (anode is None and cathode is None):
        return {}, ()
    missing = [name for name in _FIELDS if not (getattr(settings, name) or 0.0) > 0]
    if missing:
        text = f"no N/P ratio: {', '.join(missing)} not known (cells.csv); it is on both electrodes' areal capacities"
        return {}, (Note("refused", "np_missing", text),)
    ratio = anode / cathode
    text = f"N/P is on the stated areal capacities: anode {anode:g} over cathode {cathode:g} mAh/cm2"
    notes = [Note("info", "np_basis", text)]
    if ratio < 1.0:
        text = f"N/P is {ratio:.2f}: the anode takes up less than the cathode gives; lithium may plate"
        notes.append(Note("doubt", "np_below_one", text))
    return {"np_ratio": Quantity(ratio, "", decimals=2)}, tuple(notes)
