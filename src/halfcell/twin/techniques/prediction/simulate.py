"""Simulate a rate test of a card's cell, as a cycler records it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.twin.cards import load_card
from halfcell.twin.predict import predict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.random import Generator
    from numpy.typing import NDArray

    from halfcell.twin.card import Card

    Floats = NDArray[np.float64]

_HYSTERESIS = 0.15  # V between charge and discharge
_REST_S = 600.0  # s of rest after each half cycle, as schedules have it


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A cell and how it is tested.

    Parameters
    ----------
    card
        The cell; one of halfcell's own where none is given.
    values
        Values of the card that are otherwise.
    current_ma_g
        Currents of the discharges, mA per gram of cathode material, each `cycles` times.
    cycles
        Cycles at each current.
    efficiency_percent
        Discharge over charge capacity.
    noise_volt
        Standard deviation of the voltage readings.
    capacity_error
        By which share the true capacities differ from those of the card (a wrong mass, say).
    """

    card: Card | None = None
    values: Mapping[str, float] = field(default_factory=dict)
    current_ma_g: tuple[float, ...] = (18.0, 90.0, 180.0, 540.0)
    cycles: int = 2
    efficiency_percent: float = 99.8
    noise_volt: float = 5e-4
    capacity_error: float = 0.0

    @property
    def cell(self) -> Card:
        """The card with the values that are otherwise."""
        return (self.card or load_card("graphite-ncm811")).with_values(self.values, "simulated")


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """Record charges and discharges: time, current, voltage, cycle.

    The charge is the discharge run backwards at a higher voltage, since cards hold discharges only; its charge is that
    of the discharge over the efficiency.
    """
    card, made = parameters.cell, predict(parameters.cell, parameters.current_ma_g)
    gram = card.value("cathode.active_mg") * 1e-3 * (1 + parameters.capacity_error)
    top = card.value("cell.upper_volt")
    pieces: list[tuple[Floats, Floats, Floats, int]] = []
    clock, cycle = 0.0, 0
    for place, row in enumerate(made.rows):
        known = np.isfinite(made.curves.volt[place])
        discharged = made.curves.charge[place][known] * 1e-3 * gram
        ampere = row.current * 1e-3 * gram
        volt = made.curves.volt[place][known]
        charged = (discharged[-1] - discharged[::-1]) / (parameters.efficiency_percent / 100)
        for _ in range(parameters.cycles):
            steps = (
                (charged, np.minimum(volt[::-1] + _HYSTERESIS, top), ampere),
                (discharged, volt, -ampere),
            )
            for charge, read, current in steps:
                time = clock + charge * 3600 / abs(current)
                pieces.append((time, np.full(len(time), current), read, cycle))
                rest = time[-1] + np.array([1.0, _REST_S])
                pieces.append((rest, np.zeros(2), np.full(2, read[-1]), cycle))
                clock = float(rest[-1]) + 1.0
            cycle += 1
    return _recorded(pieces, parameters.noise_volt, rng)


def _recorded(pieces: list[tuple[Floats, Floats, Floats, int]], noise: float, rng: Generator) -> Measurement:
    volt = np.concatenate([piece[2] for piece in pieces])
    columns: dict[str, Any] = {
        "test_time_second": np.concatenate([piece[0] for piece in pieces]),
        "current_ampere": np.concatenate([piece[1] for piece in pieces]),
        "voltage_volt": volt + noise * rng.standard_normal(len(volt)),
        "cycle_count": np.concatenate([np.full(len(piece[0]), float(piece[3])) for piece in pieces]),
    }
    return Measurement(technique="cycling", columns=columns, meta={"simulated": True, "protocol": "GCPL"})
