"""Glitches of a scan: told, and on wish left out."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.exafs import K_PER_E
from halfcell.maths.glitches import places, stand_out

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_STANDS_OUT = 8.0  # times the scatter around
_FROM = 2.5  # 1/angstrom: below it the edge itself is sharp
_APART = 0.3  # 1/angstrom between two glitches


def settle(measurement: Measurement, e0: float, settings: Any) -> tuple[Measurement, tuple[Note, ...]]:
    """The scan with or without its glitches, as set, and what is said of them."""
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    k = np.sqrt(K_PER_E * np.clip(energy - e0, 0.0, None))
    inside = (k > _FROM) & (k < settings.k_range[1] + settings.k_sill)
    height = np.zeros(len(k))
    height[inside] = stand_out(k[inside], mu[inside])
    found = places(k, height, _STANDS_OUT, _APART)
    if not found:
        return measurement, ()
    where = ", ".join(f"{place:.2f}" for place in found)
    said = f"points that stand out by up to {height.max():.0f} times the scatter around them at k = {where} 1/angstrom"
    if settings.glitches == "tell":
        text = f"{said}: glitches spread over all of chi(R); look at chi(k), set glitches = drop to leave them out"
        return measurement, (Note("doubt", "glitches", text),)
    kept = height <= _STANDS_OUT
    columns = {name: values[kept] for name, values in measurement.columns.items()}
    text = f"{said} were left out ({int((~kept).sum())} points); the spline runs through the gap"
    return dataclasses.replace(measurement, columns=columns), (Note("correction", "glitches_dropped", text),)
