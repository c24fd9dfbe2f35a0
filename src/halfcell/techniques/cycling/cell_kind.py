"""Whether the stated kind of a cell can be used: it is known, and the voltages do not contradict it."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.core.sample import CellKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.settings import Settings

SAY_KIND = (
    "set its kind: half, cathode half, full, asslb half, asslb cathode half, asslb, symmetric (cells.csv; "
    "--set kind=half)"
)
_CATHODE_V = (1.0, 3.2)  # V: an anode half cell goes below the one, and not above the other
_ANODE_V = (0.3, 2.2)  # V: a cell with a cathode does not go below the one, and goes above the other


def kind_contradiction(kind: CellKind | None, cycles: Sequence[Cycle]) -> str:
    """What in the data contradicts the stated kind; empty where nothing does.

    A full cell with a lithium metal oxide or phosphate cathode is not discharged below 0.3 V in every cycle and charged
    to less than 2.2 V; an anode half cell is not charged above 3.2 V in every cycle while its discharge stops above 1
    V.
    """
    tops = [c.charge.voltage_reached for c in cycles if c.charge]
    ends = [c.discharge.voltage_reached for c in cycles if c.discharge]
    if kind is None or kind is CellKind.SYMMETRIC or not tops or not ends:
        return ""
    low, high = median(ends), median(tops)
    if kind.is_anode_half and high > _CATHODE_V[1] and low > _CATHODE_V[0]:
        return f"no anode half cell is cycled between {low:.2f} and {high:.2f} V"
    if not kind.is_anode_half and low < _ANODE_V[0] and high < _ANODE_V[1]:
        return f"it is cycled between {low:.2f} and {high:.2f} V, like an anode half cell"
    return ""


def kind_refusals(settings: Settings, cycles: Sequence[Cycle]) -> tuple[Note, ...]:
    """Why numbers that need the cell's kind are not made; empty where they are."""
    if settings.kind is None:
        return (Note("refused", "kind_missing", f"no Coulombic efficiency: {SAY_KIND}"),)
    if settings.kind is CellKind.SYMMETRIC:
        return (Note("refused", "kind_symmetric", "no Coulombic efficiency: a symmetric cell has none"),)
    if settings.efficiency_method == "reservoir":
        text = "no efficiencies of single cycles, no retention and no fade: the cycles of the reservoir method do not "
        return (Note("info", "reservoir_alone", f"{text}empty the foil"),)
    against = kind_contradiction(settings.kind, cycles)
    if against:
        text = (
            f"no efficiency and no retention: the stated kind of the cell is {settings.kind.value!r}, but {against}; "
        )
        return (Note("refused", "kind_contradicted", f"{text}correct the kind in cells.csv"),)
    return ()
