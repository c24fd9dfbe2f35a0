"""Doubts about the electrode's area: areal capacities and loadings that no electrode has, as from mm2 or m2."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.settings import Settings

_CAPACITY = (0.03, 50.0)  # mAh/cm2: from thin films to the thickest electrodes
_LOADING = (0.02, 200.0)  # mg/cm2, chosen: electrodes of cells lie well between; outside a unit is wrong


def area_doubts(cycles: Sequence[Cycle], settings: Settings) -> tuple[Note, ...]:
    """Doubts where capacity or mass per area is not that of an electrode; none where the area is not known."""
    area, (what, mass) = settings.area_cm2, settings.basis
    if area is None or not area > 0:
        return ()
    notes = []
    most = max((half.charge_ah for cycle in cycles for half in cycle.halves), default=0.0)
    if most > 0 and not _CAPACITY[0] <= 1e3 * most / area <= _CAPACITY[1]:
        text = f"the areal capacity is {1e3 * most / area:.3g} mAh/cm2, which electrodes hardly have; is the area "
        text += f"({area:g} cm2) in cm2? {_other(area)}"
        notes.append(Note("doubt", "areal_capacity_unlikely", text))
    if mass and mass > 0 and not _LOADING[0] <= mass / area <= _LOADING[1]:
        text = f"the loading is {mass / area:.3g} mg/cm2 of {what}, which electrodes hardly have; is the mass "
        text += f"({mass:g} mg) in mg, and the area ({area:g} cm2) in cm2?"
        notes.append(Note("doubt", "loading_unlikely", text))
    return tuple(notes)


def _other(area: float) -> str:
    """What the area would be in square millimetres or metres."""
    return f"{area:g} mm2 are {area / 100:g} cm2" if area > 1 else f"{area:g} m2 are {1e4 * area:g} cm2"
