"""Several biases of one pellet: the line of steady current over bias, without the offset and with its misfit."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.straight_line import polynomial
from halfcell.maths.students_t import students_factor
from halfcell.techniques.polarisation.series_resistance import Resistance, without_series

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.common.pellet_conductivity import Bound
    from halfcell.techniques.polarisation.result import PolarisationResult
    from halfcell.techniques.polarisation.settings import Settings

_FEWEST = 3  # biases: two give a line without any error
_OFF_THE_LINE = 0.05  # of a steady current: points further off are a doubt
_WORDS: dict[Bound, str] = {"lower": "a lower bound", "upper": "an upper bound", "open": "open to both sides"}


def with_biases(
    results: Sequence[PolarisationResult], settings: Settings, where: str
) -> tuple[PolarisationResult, ...]:
    """Add ``series.resistance`` (ohm) and ``series.conductivity`` (S/cm) of three or more biases to each result.

    They are what the weakest of the members is: without an uncertainty, and with a doubt, where one of them is a bound.

    Parameters
    ----------
    results
        Steady currents (A) at several biases (V).
    settings
        The pellet, and the resistance in series (ohm).
    where
        The files, for the error.

    Returns
    -------
    tuple
        The results in their order with the quantities of the series; unchanged for fewer than three biases.

    Raises
    ------
    Refused
        If the series resistance that is set leaves nothing for the pellet.

    Source: definition: the slope of a line, by weighted least squares.
    """
    bias = np.array([r.bias_volt for r in results])
    if len(np.unique(np.round(bias, 6))) < _FEWEST:
        return tuple(results)
    current = np.array([r.steady_ampere for r in results])
    own = 1e-3 * np.array([r["steady_current"].std or 0.0 for r in results])
    line = polynomial(bias, current, 1, 1 / np.maximum(own, 1e-6 * np.abs(current)) ** 2)
    slope = float(line.values[1])
    if slope <= 0:
        return tuple(results)
    relative = _slope_std(line.sigma, float(line.std[1]), len(results) - 2) / slope
    resistance = without_series(Resistance(value=1 / slope, std=relative / slope), settings, where)
    bound = weakest([r.bound for r in results])
    more = _quantities(resistance, settings, bound)
    notes = [*_misfit(current, line.at(bias)), *_bound_note(bound)]
    return tuple(dataclasses.replace(r, quantities={**r.quantities, **more}, notes=(*r.notes, *notes)) for r in results)


def weakest(bounds: Sequence[Bound]) -> Bound:
    """What a line through several conductivities is: a value only if all are, a bound if all others are on one side.

    Parameters
    ----------
    bounds
        What each conductivity is.

    Returns
    -------
    str
        What the line is.

    Source: definition.
    """
    kinds = {*bounds} - {"value"}
    return "value" if not kinds else next(iter(kinds)) if len(kinds) == 1 else "open"


def _slope_std(sigma: float, std: float, freedom: int) -> float:
    """Standard uncertainty of a slope: by the members' own, or by their scatter with Student's factor."""
    return std / sigma if sigma <= 1 else std * students_factor(freedom)


def _quantities(resistance: Resistance, settings: Settings, bound: Bound) -> dict[str, Quantity]:
    sigma = settings.pellet.conductivity(resistance.value, resistance.std)
    found = {"series.resistance": Quantity(resistance.value, "ohm", resistance.std, "fit covariance")}
    found |= {"series.conductivity": sigma} if sigma is not None else {}
    if bound == "value":
        return found
    return {name: Quantity(quantity.value, quantity.unit) for name, quantity in found.items()}


def _misfit(current: NDArray[np.float64], fitted: NDArray[np.float64]) -> tuple[Note, ...]:
    misfit = float(np.max(np.abs(current - fitted) / np.abs(current)))
    text = f"the steady currents leave the line over the biases by up to {100 * misfit:.0f} %: not ohmic, or not steady"
    return (Note("doubt", "not_ohmic", text),) if misfit > _OFF_THE_LINE else ()


def _bound_note(bound: Bound) -> tuple[Note, ...]:
    if bound == "value":
        return ()
    text = f"members of the series are bounds, so that its conductivity is {_WORDS[bound]}, without an uncertainty"
    return (Note("doubt", "series_bound", text),)
