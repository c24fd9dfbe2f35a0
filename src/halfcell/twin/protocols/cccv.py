"""Cycles with a constant current and a held voltage: capacities, what the held voltage adds, efficiencies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Line, Panel
from halfcell.core.settings import CheckedSettings
from halfcell.twin.cell import charged
from halfcell.twin.compile import compiled
from halfcell.twin.course import constant_current, hold, rest
from halfcell.twin.predict import doubts_of
from halfcell.twin.protocols.drawing import CAPACITY, TIME, VOLTAGE, figure, over_time, volt_over_charge
from halfcell.twin.protocols.outcome import Outcome, Protocol, Value
from halfcell.twin.protocols.records import cycler_record

if TYPE_CHECKING:
    from halfcell.core.figure import Figure
    from halfcell.twin.card import Card
    from halfcell.twin.cell import Cell, CellState
    from halfcell.twin.course import Piece


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `cccv`.

    Parameters
    ----------
    discharge_ma_per_g, charge_ma_per_g
        Currents per gram of cathode material.
    cut_off
        Share of the current of charge at which the held voltage ends; 1 holds none.
    most_hold_hours
        Time after which it ends in any case.
    rest_minutes
        Rest after each half cycle.
    cycles
        Number of cycles, each a discharge and a charge; the cell starts charged.
    """

    discharge_ma_per_g: float = 90.0
    charge_ma_per_g: float = 90.0
    cut_off: float = 0.05
    most_hold_hours: float = 20.0
    rest_minutes: float = 10.0
    cycles: int = 2

    def __post_init__(self) -> None:
        """Refuse what no cycler does."""
        super().__post_init__()
        if min(self.discharge_ma_per_g, self.charge_ma_per_g, self.most_hold_hours) <= 0 or self.cycles < 1:
            raise InputError("currents, times and the number of cycles must be above 0", "cccv")
        if not 0 < self.cut_off <= 1 or self.rest_minutes < 0:
            raise InputError("cut_off lies above 0 and at most at 1, and a rest is no less than 0 minutes", "cccv")


@dataclass(frozen=True, eq=False)
class Cycle:
    """The pieces of a cycle; those of charge with the held voltage, and rests."""

    discharge: Piece
    charge: Piece
    held: Piece | None
    rests: tuple[Piece, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces in their order."""
        after = (self.held,) if self.held else ()
        first, last = self.rests[:1], self.rests[1:]
        return (self.discharge, *first, self.charge, *after, *last)


def run(card: Card, settings: Settings) -> Outcome:
    """Cycle the cell."""
    cell, cycles = compiled([card]), []
    state = charged(cell)
    for _ in range(settings.cycles):
        cycles.append(_cycle(cell, state, settings))
        state = cycles[-1].pieces[-1].end
    pieces = [piece for cycle in cycles for piece in cycle.pieces]
    numbers = [number for number, cycle in enumerate(cycles, 1) for _ in cycle.pieces]
    gram = card.value("cathode.active_mg") * 1e-3
    title = f"{card.title}: cycles with a held voltage"
    return Outcome(
        title=title,
        rows=tuple(_row(number, cycle) for number, cycle in enumerate(cycles, 1)),
        figure=_figure(cycles[-1], pieces),
        measurement=cycler_record(pieces, numbers, gram, card.title),
        doubts=doubts_of(card),
    )


def _cycle(cell: Cell, state: CellState, s: Settings) -> Cycle:
    rests: list[Piece] = []

    def rested(after: CellState) -> CellState:
        if not s.rest_minutes:
            return after
        rests.append(rest(cell, after, s.rest_minutes / 60))
        return rests[-1].end

    lower, upper = float(cell.lower_volt[0]), float(cell.upper_volt[0])
    out = constant_current(cell, state, s.discharge_ma_per_g, lower)
    back = constant_current(cell, rested(out.end), -s.charge_ma_per_g, upper)
    held = hold(cell, back.end, upper, s.cut_off * s.charge_ma_per_g, s.most_hold_hours) if s.cut_off < 1 else None
    rested(held.end if held else back.end)
    return Cycle(out, back, held, tuple(rests))


def _row(number: int, cycle: Cycle) -> dict[str, Value]:
    held = cycle.held.charge if cycle.held else 0.0
    into = cycle.charge.charge + held
    energy = cycle.charge.energy + (cycle.held.energy if cycle.held else 0.0)
    return {
        "cycle": Value(number, "", 0),
        "discharge": Value(cycle.discharge.charge, "mAh/g"),
        "mean voltage": Value(cycle.discharge.energy / cycle.discharge.charge, "V", 3),
        "charge": Value(into, "mAh/g"),
        "of it held": Value(held / into * 100, "%"),
        "hold": Value(float(cycle.held.hours[-1]) * 60 if cycle.held else None, "min", 0),
        "energy efficiency": Value(cycle.discharge.energy / energy * 100, "%"),
    }


def _figure(cycle: Cycle, pieces: list[Piece]) -> Figure:
    """Voltage over the capacity of the last cycle, and voltage and current over time."""
    back = [cycle.charge, *([cycle.held] if cycle.held else [])]
    lines = (volt_over_charge([cycle.discharge], "discharge", 0), volt_over_charge(back, "charge", 1))
    hours, volt = over_time(pieces, "volt")
    current = over_time(pieces, "current")[1]
    right = Axis(label="Current", unit="mA g^{-1}")
    course = (
        Line(x=hours, y=volt, label="voltage", colour=0),
        Line(x=hours, y=-current, label="current", colour=1, side="right"),
    )
    return figure(Panel(x=CAPACITY, y=VOLTAGE, layers=lines), Panel(x=TIME, y=VOLTAGE, right=right, layers=course))


PROTOCOL = Protocol(
    name="cccv", summary="cycles with a constant current and a held voltage", settings=Settings, run=run
)
