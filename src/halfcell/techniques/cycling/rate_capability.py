"""Capacity over rate: the capacity of each rate, and the rate equation fitted to them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.rate_equation import fit_rate
from halfcell.techniques.common.findings import Findings, refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.result import Row

    Floats = NDArray[np.float64]


_FOR_ERROR = 5  # rates for uncertainties: the scatter of four around three numbers tells none (82 % within 1)
_ONE_RATE = 1.15  # currents within this ratio are one rate
_LOW, _HIGH = 0.25, 1.5  # the exponents of about 200 electrodes lie between these (Tian et al. 2019, Fig. 3)
_FEWEST = 4  # rates: three numbers and a deviation
_SCATTERED = 0.05  # relative, chosen: capacities of good cells repeat to a per cent, so that more is doubted


def varied(blocks: Sequence[Row], retained: str) -> str:
    """The half cycle whose rate the test varied: the one that retention is of, or the other where only that changes."""
    spans = {}
    for which in ("charge", "discharge"):
        found = [c for row in blocks if row["role"] == "cycling" and isinstance(c := row[f"{which}_current"], float)]
        spans[which] = max(found) / min(found) if found and min(found) > 0 else 1.0
    other = "discharge" if retained == "charge" else "charge"
    return other if spans[retained] <= _ONE_RATE < spans[other] else retained


def rate_points(blocks: Sequence[Row], which: str) -> tuple[Floats, Floats]:
    """Rate and capacity of each rate where it first appears after formation.

    The capacity is that of the part at constant current; the rate is the current over this capacity.

    Parameters
    ----------
    blocks
        Rows of stretches of cycles at one pair of currents.
    which
        Charge or discharge.

    Returns
    -------
    rate, capacity
        1/h, and the unit of the rows, shape (rates,) each.

    Source: R. Tian et al., Nat. Commun. 10 (2019) 1933, for the rate.
    """
    points: list[tuple[float, float]] = []
    seen: list[float] = []
    for row in blocks:
        current, total, held = row[f"{which}_current_density"], row[f"{which}_capacity"], row[f"{which}_cv_share"]
        if row["role"] != "cycling" or not isinstance(current, float) or not isinstance(total, float):
            continue
        capacity = total * (1.0 - float(held or 0.0) / 100.0)
        if capacity > 0 and not any(abs(current - other) <= 0.1 * max(current, other) for other in seen):
            seen.append(current)
            points.append((current / capacity, capacity))
    array = np.array(points, float).reshape(-1, 2)
    return array[:, 0], array[:, 1]


def rate_equation(blocks: Sequence[Row], which: str, unit: str) -> Findings:
    """Fit the rate equation to four rates or more.

    Parameters
    ----------
    blocks
        Rows of stretches of cycles at one pair of currents.
    which
        The half cycle that retention is of; the other one is fitted where only its rate was varied.
    unit
        Of the capacities.

    Returns
    -------
    Findings
        Q_M, tau (h) and n; nothing with fewer rates, a note where the fit is refused.

    Source: R. Tian et al., Nat. Commun. 10 (2019) 1933, eq. 2.
    """
    which = varied(blocks, which)
    rate, capacity = rate_points(blocks, which)
    if len(rate) < _FEWEST:
        return Findings()
    try:
        fit = fit_rate(rate, capacity)
    except Refused as refusal:
        return refused("rate_equation_refused", f"no rate equation: {refusal.what}")
    sure = len(rate) >= _FOR_ERROR
    made = {
        "rate_capacity": _quantity(fit.capacity, unit, fit.capacity_std, sure=sure),
        "rate_time_constant": _quantity(fit.time_h, "h", fit.time_std_h, sure=sure),
        "rate_exponent": _quantity(fit.exponent, "", fit.exponent_std, sure=sure),
    }
    text = f"the {which} capacities at {len(rate)} rates scatter by {100 * fit.scatter:.2g} % around the rate equation"
    text += "" if sure else "; four rates do not tell its uncertainties"
    notes = [Note("doubt" if fit.scatter > _SCATTERED else "info", "rate_equation_scatter", text)]
    if not _LOW < fit.exponent < _HIGH:
        text = (
            f"the exponent {fit.exponent:.2g} of the rate equation is outside that of electrodes ({_LOW} to {_HIGH}); "
        )
        text += "is the capacity limited by the other half cycle or the schedule?"
        notes.append(Note("doubt", "rate_exponent_unusual", text))
    return Findings(quantities=made, notes=tuple(notes))


def _quantity(value: float, unit: str, std: float, *, sure: bool) -> Quantity:
    """A fitted number, with its uncertainty where it is known; else with two digits."""
    if sure:
        return Quantity(value, unit, std, "fit covariance")
    return Quantity(value, unit, decimals=max(1 - math.floor(math.log10(value)), 0))
