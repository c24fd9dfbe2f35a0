"""Discharges at several rates: capacity, mean voltage and energy density, beside what the card says was measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Line, Panel, Points
from halfcell.core.settings import CheckedSettings
from halfcell.twin.predict import predict
from halfcell.twin.protocols.drawing import CAPACITY, CURRENT, VOLTAGE, figure
from halfcell.twin.protocols.outcome import Outcome, Protocol, Value

if TYPE_CHECKING:
    from halfcell.core.figure import Figure
    from halfcell.twin.card import Card
    from halfcell.twin.predict import Prediction, RateRow

COLOURS = 7  # of the palette, after which it begins anew


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `rates`.

    Parameters
    ----------
    current_ma_per_g
        Currents per gram of cathode material; those of the measured series of the card where none are given.
    """

    current_ma_per_g: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        """Refuse currents that discharge nothing."""
        super().__post_init__()
        if any(one <= 0 for one in self.current_ma_per_g):
            raise InputError("currents must be above 0", "rates: current_ma_per_g")


def run(card: Card, settings: Settings) -> Outcome:
    """Discharge the charged cell at each rate."""
    made = predict(card, settings.current_ma_per_g)
    return Outcome(
        title=f"{card.title}: rates", rows=tuple(map(_row, made.rows)), figure=_figure(made), doubts=made.doubts
    )


def _row(row: RateRow) -> dict[str, Value]:
    return {
        "current": Value(row.current, "mA/g"),
        "capacity": Value(row.capacity, "mAh/g"),
        "mean voltage": Value(row.mean_volt, "V", 3),
        "energy density": Value(row.energy_density, "Wh/kg"),
        "measured": Value(row.measured_capacity, "mAh/g"),
        "measured mean voltage": Value(row.measured_volt, "V", 2),
    }


def _figure(made: Prediction) -> Figure:
    """Voltage over capacity at each rate, and capacity over the rate with what was measured."""
    lines = [
        Line(
            x=charge[np.isfinite(volt)], y=volt[np.isfinite(volt)],
            label=f"{row.current:.4g} mA g^{{-1}}", colour=k % COLOURS,
        )
        for k, (row, charge, volt) in enumerate(zip(made.rows, made.curves.charge, made.curves.volt, strict=True))
    ]  # fmt: skip
    rate = np.array([row.current for row in made.rows])
    layers = [Points(x=rate, y=np.array([row.capacity for row in made.rows]), label="predicted", joined=True)]
    known = [(row.current, row.measured_capacity) for row in made.rows if row.measured_capacity is not None]
    if known:
        x, y = np.array(known, float).T
        layers.append(Points(x=x, y=y, label="measured", colour=1, hollow=True, marker="square", size_pt=5))
    return figure(Panel(x=CAPACITY, y=VOLTAGE, layers=tuple(lines)), Panel(x=CURRENT, y=CAPACITY, layers=tuple(layers)))


PROTOCOL = Protocol(
    name="rates", summary="discharges at several rates beside what was measured", settings=Settings, run=run
)
