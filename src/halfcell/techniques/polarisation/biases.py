"""Several biases of one pellet: the line of steady current over bias, without the offset and with its misfit."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.straight_line import polynomial
from halfcell.techniques.polarisation.series_resistance import Resistance, without_series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.polarisation.result import PolarisationResult
    from halfcell.techniques.polarisation.settings import Settings

_FEWEST = 3  # biases
_OFF_THE_LINE = 0.05  # of a steady current: points further off are a doubt


def with_biases(
    results: Sequence[PolarisationResult], settings: Settings, where: str
) -> tuple[PolarisationResult, ...]:
    """Add ``series.resistance`` (ohm) and ``series.conductivity`` (S/cm) of three or more biases to each result.

    Raises
    ------
    Refused
        If the series resistance that is set leaves nothing for the pellet.
    """
    bias = np.array([r.bias_volt for r in results])
    if len(np.unique(np.round(bias, 6))) < _FEWEST:
        return tuple(results)
    current = np.array([r.steady_ampere for r in results])
    line = polynomial(bias, current, 1)
    slope = float(line.values[1])
    if slope <= 0:
        return tuple(results)
    total, relative = 1 / slope, float(line.std[1]) / slope
    resistance = without_series(Resistance(value=total, std=total * relative), settings, where)
    more = {"series.resistance": Quantity(resistance.value, "ohm", resistance.std, "fit covariance")}
    sigma = settings.pellet.conductivity(resistance.value, resistance.std)
    more |= {"series.conductivity": sigma} if sigma is not None else {}
    misfit = float(np.max(np.abs(current - line.at(bias)) / np.abs(current)))
    text = f"the steady currents leave the line over the biases by up to {100 * misfit:.0f} %: not ohmic, or not steady"
    notes = (Note("doubt", "not_ohmic", text),) if misfit > _OFF_THE_LINE else ()
    return tuple(dataclasses.replace(r, quantities={**r.quantities, **more}, notes=(*r.notes, *notes)) for r in results)
