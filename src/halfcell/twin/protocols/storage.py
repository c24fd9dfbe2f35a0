"""Storage at open circuit: voltage, what is lost to side reactions, what a discharge still gives, what comes back.

What the anode loses to the electrolyte is gone (the lithium is in the SEI); what the cathode takes up from an oxidised
electrolyte only discharges it. How much it is must be measured; its course is a root of time (a growing film) or even.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Line, Panel
from halfcell.core.settings import CheckedSettings
from halfcell.twin.cell import advanced, charged
from halfcell.twin.compile import compiled
from halfcell.twin.course import Piece, constant_current, hold
from halfcell.twin.predict import doubts_of
from halfcell.twin.protocols.drawing import CAPACITY, VOLTAGE, figure, volt_over_charge
from halfcell.twin.protocols.outcome import Outcome, Protocol, Value
from halfcell.twin.protocols.records import cycler_record

if TYPE_CHECKING:
    from halfcell.core.figure import Figure
    from halfcell.twin.card import Card
    from halfcell.twin.cell import Cell, CellState

WHEN = ("before", "after storage", "charged again")
STEPS = 80  # records of a storage, evenly over the logarithm of the time; chosen
FIRST_HOURS = 1e-3  # the first of them, while the layers of the particles come to rest
CUT_OFF = 0.05  # of the current of charge: where the held voltage after storage ends
MOST_HOURS = 50.0  # of the held voltage after it, chosen: longer than any takes to reach CUT_OFF


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `storage`.

    Parameters
    ----------
    days
        Time at open circuit, from the charged cell.
    anode_loss_mah_per_g, cathode_gain_mah_per_g
        Lithium that the anode loses and the cathode takes up in that time, mAh per gram of cathode material.
    course
        ``root`` of the time, or ``even``.
    current_ma_per_g
        Of the discharges before and after, and of the charge.
    """

    days: float = 30.0
    anode_loss_mah_per_g: float = 0.0
    cathode_gain_mah_per_g: float = 0.0
    course: Literal["root", "even"] = "root"
    current_ma_per_g: float = 90.0

    def __post_init__(self) -> None:
        """Refuse what no storage is."""
        super().__post_init__()
        if self.days <= 0 or self.current_ma_per_g <= 0:
            raise InputError("days and current must be above 0", "storage")
        if min(self.anode_loss_mah_per_g, self.cathode_gain_mah_per_g) < 0:
            raise InputError("losses are not below 0", "storage")


def run(card: Card, settings: Settings) -> Outcome:
    """Store the charged cell, discharge it, charge and discharge it again."""
    cell = compiled([card])
    current, lower, upper = settings.current_ma_per_g, float(cell.lower_volt[0]), float(cell.upper_volt[0])
    state = charged(cell)
    before = constant_current(cell, state, current, lower)
    stored = _stored(cell, state, settings)
    after = constant_current(cell, stored.end, current, lower)
    back = constant_current(cell, after.end, -current, upper)
    held = hold(cell, back.end, upper, CUT_OFF * current, MOST_HOURS)
    again = constant_current(cell, held.end, current, lower)
    gram = card.value("cathode.active_mg") * 1e-3
    doubts = [*doubts_of(card)]
    if not settings.anode_loss_mah_per_g + settings.cathode_gain_mah_per_g:
        doubts.append("no side reaction is given: the cell only relaxes (anode_loss_mah_per_g, cathode_gain_mah_per_g)")
    return Outcome(
        title=f"{card.title}: {settings.days:g} days at open circuit",
        rows=tuple(_row(name, one, before) for name, one in zip(WHEN, (before, after, again), strict=True)),
        figure=_figure(stored, (before, after, again)),
        measurement=cycler_record([stored, after, back, held, again], [1, 1, 1, 1, 2], gram, card.title),
        doubts=tuple(doubts),
    )


def _figure(stored: Piece, discharges: tuple[Piece, ...]) -> Figure:
    """The voltage at open circuit, and the discharges before and after."""
    rest = Line(x=stored.hours[1:] / 24, y=stored.volt[1:], label="open circuit", colour=0)
    curves = tuple(volt_over_charge([one], name, k) for k, (name, one) in enumerate(zip(WHEN, discharges, strict=True)))
    return figure(
        Panel(x=Axis(label="Time", unit="d", log=True), y=VOLTAGE, layers=(rest,)),
        Panel(x=CAPACITY, y=VOLTAGE, layers=curves),
    )


def _stored(cell: Cell, state: CellState, s: Settings) -> Piece:
    """The time at open circuit, with its side reactions."""
    ends = np.concatenate([[0.0], np.geomspace(FIRST_HOURS, s.days * 24, STEPS)])
    share = ends / ends[-1]
    lost = np.sqrt(share) if s.course == "root" else share
    volt, zero = [float(state.volt[0])], np.zeros(1)
    for k in range(1, len(ends)):
        hours = ends[k] - ends[k - 1]
        rate = (lost[k] - lost[k - 1]) / hours
        side = (rate * s.anode_loss_mah_per_g, rate * s.cathode_gain_mah_per_g)
        state = advanced(cell, state, zero, np.array([hours]), side)
        volt.append(float(state.volt[0]))
    return Piece("rest", ends, np.zeros(len(ends)), np.array(volt), state)


def _row(when: str, one: Piece, before: Piece) -> dict[str, Value]:
    return {
        "discharge": Value(when),
        "start": Value(float(one.volt[0]), "V", 3),
        "capacity": Value(one.charge, "mAh/g"),
        "of before": Value(one.charge / before.charge * 100, "%"),
        "mean voltage": Value(one.energy / one.charge, "V", 3),
    }


PROTOCOL = Protocol(name="storage", summary="open circuit for days, and what is left", settings=Settings, run=run)
