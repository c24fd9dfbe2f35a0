"""Rows of a prediction: what was measured in a stretch of cycles, and what the card gives at its current."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from halfcell.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.techniques.cycling import CyclingResult
    from halfcell.twin.band import BandRow
    from halfcell.twin.predict import RateRow
    from halfcell.twin.techniques.prediction.result import PredictionResult

SPAN = 3.2897  # standard deviations between the 5 and 95 % quantiles of a normal distribution
DIGITS = 3  # of a current density: stretches at one nominal rate get one prediction


class Measured(NamedTuple):
    """A stretch of cycles: first and compared cycle, current density (mA/g), capacity (mAh/g), mean voltage (V).

    `rate` is the current rounded to what a prediction is made for; the uncertainties are None where not known.
    """

    first_cycle: int
    cycle: int
    current: float
    rate: float
    capacity: float
    capacity_std: float | None
    volt: float | None
    volt_std: float | None


def measured_rows(found: CyclingResult) -> tuple[Measured, ...]:
    """The stretches of complete cycles that were discharged at a constant current."""
    first = found.quantities.get("initial_discharge_capacity")
    relative = first.std / first.value if first and first.std else None
    volt_std = getattr(found.quantities.get("initial_mean_discharge_voltage"), "std", None)
    rows = []
    for block in found.blocks:
        current, capacity = block["discharge_current_density"], block["discharge_capacity"]
        volt = block["mean_discharge_voltage"]
        if block["role"] == "pulses" or not isinstance(current, float) or not isinstance(capacity, float):
            continue
        rows.append(
            Measured(
                first_cycle=int(block["first_cycle"] or 0),
                cycle=int(block["last_cycle"] or 0),
                current=abs(current),
                rate=float(f"{abs(current):.{DIGITS}g}"),
                capacity=capacity,
                capacity_std=None if relative is None else relative * capacity,
                volt=volt if isinstance(volt, float) else None,
                volt_std=volt_std,
            )
        )
    return tuple(row for row in rows if row.rate > 0 and row.capacity > 0)


def refuse_empty(results: Sequence[PredictionResult]) -> None:
    """Refuse results without a prediction, each by its name.

    Raises
    ------
    Refused
        If there is one.
    """
    for one in results:
        if not one.rows:
            reasons = "; ".join(note.text for note in one.notes if note.level == "refused")
            raise Refused(reasons or "no prediction", one.label)


def compared_row(one: Measured, predicted: RateRow, band: BandRow | None) -> Row:
    """A stretch beside its prediction: the median where there is a band, else the card's own values."""
    capacity = band.capacity if band else (None, predicted.capacity, None)
    volt = band.mean_volt if band else (None, predicted.mean_volt, None)
    return {
        "cycle": one.cycle,
        "first_cycle": one.first_cycle,
        "current_density": one.current,
        "capacity": one.capacity,
        "capacity_std": one.capacity_std,
        "predicted_capacity": capacity[1],
        "predicted_capacity_low": capacity[0],
        "predicted_capacity_high": capacity[2],
        "capacity_error": (capacity[1] / one.capacity - 1) * 100,
        "capacity_z": z(one.capacity, one.capacity_std, capacity),
        "mean_voltage": one.volt,
        "predicted_voltage": volt[1],
        "predicted_voltage_low": volt[0],
        "predicted_voltage_high": volt[2],
        "voltage_z": z(one.volt, one.volt_std, volt),
    }


def z(value: float | None, std: float | None, predicted: tuple[float | None, float, float | None]) -> float | None:
    """``(measured - predicted) / sqrt(u_measured^2 + u_predicted^2)``; None where the prediction has no width."""
    low, middle, high = predicted
    if value is None or low is None or high is None or high <= low:
        return None
    return (value - middle) / math.hypot(std or 0.0, (high - low) / SPAN)
