"""From a measurement to clean branches: sorted, doubled and falling pressures dropped and counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.techniques.sorption.records import Branch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Array = NDArray[np.float64]

_FEWEST = 5


def branches(measurement: Measurement) -> tuple[Branch, Branch | None, list[Note]]:
    """Adsorption, desorption (if measured) and what was dropped.

    Raises
    ------
    InputError
        If fewer than five points of adsorption are left.
    """
    pressure, loading = measurement["relative_pressure"], measurement["loading_cm3_stp_per_gram"]
    down = measurement["branch"] > 0.5 if "branch" in measurement else np.arange(len(pressure)) > np.argmax(pressure)
    notes: list[Note] = []
    adsorption, dropped = _rising(pressure[~down], loading[~down])
    if dropped:
        text = (
            f"{dropped} points of the adsorption branch, where the pressure does not rise or is no p/p0, were left out."
        )
        notes.append(Note("correction", "points_left_out", text))
    if len(adsorption.pressure) < _FEWEST:
        raise InputError(f"{len(adsorption.pressure)} points of adsorption, at least {_FEWEST} are needed")
    if not down.any():
        return adsorption, None, notes
    order = slice(None, None, -1)
    desorption, dropped = _rising(pressure[down][order], loading[down][order])
    if dropped:
        text = (
            f"{dropped} points of the desorption branch, where the pressure does not fall or is no p/p0, were left out."
        )
        notes.append(Note("correction", "points_left_out", text))
    return adsorption, desorption if len(desorption.pressure) >= _FEWEST else None, notes


def _rising(pressure: Array, loading: Array) -> tuple[Branch, int]:
    """The points whose pressure is above all before them, between 0 and 1, with a positive loading."""
    before = np.concatenate([[-np.inf], np.maximum.accumulate(pressure)[:-1]])
    kept = (pressure > before) & (pressure > 0) & (pressure < 1) & (loading > 0)
    return Branch(pressure=pressure[kept], loading=loading[kept]), int((~kept).sum())
