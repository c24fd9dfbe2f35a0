"""Glitches of a scan: reported or left out, as set."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.exafs import K_PER_E
from halfcell.maths.glitches import places, stand_out

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.exafs.settings import Settings

_STANDS_OUT = 8.0  # times the scatter of the points around
_FROM = 2.5  # 1/angstrom: below this the edge itself is sharp
_APART = 0.3  # 1/angstrom between two glitches


def treat_glitches(measurement: Measurement, e0: float, settings: Settings) -> tuple[Measurement, tuple[Note, ...]]:
    """The scan with or without its glitches, as set, and a note on them."""
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    k = np.sqrt(K_PER_E * np.clip(energy - e0, 0.0, None))
    inside = (k > _FROM) & (k < settings.k_range[1] + settings.k_sill)
    height = np.zeros(len(k))
    height[inside] = stand_out(k[inside], mu[inside])
    found = places(k, height, _STANDS_OUT, _APART)
    if not found:
        return measurement, ()
    where = ", ".join(f"{place:.2f}" for place in found)
    what = f"points at k = {where} 1/angstrom stand out by up to {height.max():.0f} times the scatter around them"
    if settings.glitches == "tell":
        text = f"{what}: glitches affect all of chi(R); check chi(k), and set glitches = drop to leave them out"
        return measurement, (Note("doubt", "glitches", text),)
    kept = height <= _STANDS_OUT
    columns = {name: values[kept] for name, values in measurement.columns.items()}
    text = f"{what}: they were left out ({int((~kept).sum())} points), and the spline bridges the gap"
    return dataclasses.replace(measurement, columns=columns), (Note("correction", "glitches_dropped", text),)
