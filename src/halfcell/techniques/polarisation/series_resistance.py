"""What is in series with the pellet: subtracted where it is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused

if TYPE_CHECKING:
    from halfcell.techniques.polarisation.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Resistance:
    """A resistance (ohm) with its standard uncertainty."""

    value: float
    std: float


def without_series(total: Resistance, settings: Settings, where: str) -> Resistance:
    """Subtract electrode layers, interfaces and leads where their resistance is set.

    Parameters
    ----------
    total
        Of the cell, ohm.
    settings
        The resistance in series and its standard uncertainty, ohm.
    where
        The file, for the error.

    Returns
    -------
    Resistance
        Ohm, with its standard uncertainty.

    Raises
    ------
    Refused
        If nothing is left for the pellet.

    Source: definition; JCGM 100:2008 (GUM), 5.1.2.
    """
    known = settings.series_resistance_ohm
    if known is None:
        return total
    spread = float(np.hypot(total.std, settings.series_std_ohm))
    if total.value - known <= 2 * spread:
        text = f"{total.value:.4g} ohm are no more than the {known:.4g} ohm in series: nothing is left for the pellet"
        raise Refused(text, where, "check series_resistance_ohm")
    return Resistance(value=total.value - known, std=spread)
