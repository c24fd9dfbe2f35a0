"""The branches of an isotherm: points whose pressure does not rise or fall along them are left out and counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Array = NDArray[np.float64]

_FEWEST = 5  # points of a branch; a line and a doubt need them
_DOWN = 0.5  # between the 0 (adsorption) and 1 (desorption) of the column


@dataclass(frozen=True, kw_only=True, eq=False)
class Branch:
    """One branch of an isotherm, rising in pressure: relative pressure and loading (cm3 STP/g)."""

    pressure: Array
    loading: Array


@dataclass(frozen=True, kw_only=True, eq=False)
class Branches:
    """Both branches of an isotherm (`down` where it was measured), and notes on the points that were left out."""

    up: Branch
    down: Branch | None
    notes: tuple[Note, ...] = ()


def branches(measurement: Measurement) -> Branches:
    """Adsorption, desorption (if measured) and what was left out of them.

    Parameters
    ----------
    measurement
        Relative pressures and loadings (cm3 STP/g), shape (n,); the column ``branch`` is 1 for desorption.

    Returns
    -------
    Branches
        Both branches, rising in pressure, and notes on points that were left out.

    Raises
    ------
    InputError
        If fewer than five points of adsorption are left.

    Source: definition.
    """
    pressure, loading = measurement["relative_pressure"], measurement["loading_cm3_stp_per_gram"]
    down = measurement["branch"] > _DOWN if "branch" in measurement else np.arange(len(pressure)) > np.argmax(pressure)
    adsorption = _rising(pressure[~down], loading[~down])
    notes = _left_out(int((~down).sum()) - len(adsorption.pressure), "adsorption", "rise")
    if len(adsorption.pressure) < _FEWEST:
        raise InputError(f"{len(adsorption.pressure)} points of adsorption, at least {_FEWEST} are needed")
    if not down.any():
        return Branches(up=adsorption, down=None, notes=notes)
    desorption = _rising(pressure[down][::-1], loading[down][::-1])
    notes += _left_out(int(down.sum()) - len(desorption.pressure), "desorption", "fall")
    return Branches(up=adsorption, down=desorption if len(desorption.pressure) >= _FEWEST else None, notes=notes)


def _left_out(count: int, branch: str, moves: str) -> tuple[Note, ...]:
    if not count:
        return ()
    text = f"{count} points of the {branch} branch were left out: the pressure does not {moves} there, or is no p/p0."
    return (Note("correction", "points_left_out", text),)


def _rising(pressure: Array, loading: Array) -> Branch:
    """The points whose pressure is above all before them, between 0 and 1, with a positive loading."""
    before = np.concatenate([[-np.inf], np.maximum.accumulate(pressure)[:-1]])
    kept = (pressure > before) & (pressure > 0) & (pressure < 1) & (loading > 0)
    return Branch(pressure=pressure[kept], loading=loading[kept])
