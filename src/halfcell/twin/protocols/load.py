"""Light-emitting diodes at the cell: operating point and run time (Fig. S34 of the document: three LEDs of 3 V).

A diode takes ``U = n V_T ln(1 + I / I_0) + R I``, fixed by its ideality n, its series resistance R and the rated point,
or by a measured curve. In parallel the currents add, in series the voltages. The cell and the diodes share voltage and
current: the operating point; it moves until the light is gone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.figure import Axis, Line, Panel, Points
from halfcell.core.settings import CheckedSettings
from halfcell.twin.cell import charged
from halfcell.twin.compile import KELVIN, VOLT_PER_KELVIN, compiled
from halfcell.twin.course import passed, under_load
from halfcell.twin.predict import doubts_of
from halfcell.twin.protocols.drawing import figure
from halfcell.twin.protocols.outcome import Outcome, Protocol, Value
from halfcell.twin.protocols.records import currents_at_records, cycler_record

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from halfcell.core.figure import Figure
    from halfcell.twin.card import Card
    from halfcell.twin.cell import Cell, CellState
    from halfcell.twin.course import Piece

    Floats = NDArray[np.float64]

LONGEST_HOURS = 10_000.0  # more than a year: a load that does not empty the cell by then never will
SECOND = 1 / 3600  # h after which the operating point is read: a cell with its double layers charged
CURVE = 25  # points of the characteristics in the figure


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `load`.

    Parameters
    ----------
    diodes, wired
        How many, and whether in parallel or in series.
    rated_volt, rated_ma
        A point of the curve of one diode: 3.0 V at 20 mA is usual for white and blue ones.
    ideality, series_ohm
        Its ideality factor and series resistance.
    curve_volt, curve_ma
        A measured curve of one diode instead: voltages, and the current at each.
    dark_ma
        Current of one diode below which it is taken to give no light.
    """

    diodes: int = 3
    wired: Literal["parallel", "series"] = "parallel"
    rated_volt: float = 3.0
    rated_ma: float = 20.0
    ideality: float = 2.0
    series_ohm: float = 10.0
    curve_volt: tuple[float, ...] = ()
    curve_ma: tuple[float, ...] = ()
    dark_ma: float = 0.1

    def __post_init__(self) -> None:
        """Refuse what no diode is."""
        super().__post_init__()
        if self.diodes < 1 or min(self.rated_ma, self.ideality, self.dark_ma) <= 0 or self.series_ohm < 0:
            raise InputError("diodes, currents and ideality must be above 0, the resistance not below", "load")
        if self.rated_volt <= self.rated_ma * self.series_ohm * 1e-3:
            raise InputError("the series resistance takes more than the rated voltage", "load: series_ohm")
        if len(self.curve_volt) != len(self.curve_ma) or len(self.curve_volt) == 1:
            raise InputError("a curve needs as many currents as voltages, two or more", "load: curve_volt")
        if any((np.diff(one) <= 0).any() for one in (self.curve_volt, self.curve_ma)):
            raise InputError("voltages and currents of a curve must rise", "load: curve_volt")

    def volt(self, milliampere: float, thermal_volt: float) -> float:
        """Voltage of all diodes at the current of all; beyond a measured curve along its last chord."""
        each = milliampere / (self.diodes if self.wired == "parallel" else 1)
        if self.curve_volt:
            single = _along(each, self.curve_ma, self.curve_volt)
        else:
            inner = self.rated_volt - self.rated_ma * self.series_ohm * 1e-3
            dark = self.rated_ma / math.expm1(inner / (self.ideality * thermal_volt))
            single = self.ideality * thermal_volt * math.log1p(max(each, 0.0) / dark) + each * self.series_ohm * 1e-3
        return single * (self.diodes if self.wired == "series" else 1)


def _along(x: float, xs: tuple[float, ...], ys: tuple[float, ...]) -> float:
    """Linear between the points of a curve, beyond its last ones along the last chord; from the origin."""
    if x <= xs[0]:
        return ys[0] * x / xs[0] if xs[0] > 0 else ys[0]
    k = min(int(np.searchsorted(xs, x)), len(xs) - 1)
    return ys[k - 1] + (ys[k] - ys[k - 1]) * (x - xs[k - 1]) / (xs[k] - xs[k - 1])


def run(card: Card, settings: Settings) -> Outcome:
    """Let the charged cell light the diodes.

    Raises
    ------
    Refused
        If the voltage of the charged cell does not light them.
    """
    cell, gram = compiled([card]), card.value("cathode.active_mg") * 1e-3
    thermal = VOLT_PER_KELVIN * (card.value("cell.temperature_celsius") + KELVIN)
    strings = settings.diodes if settings.wired == "parallel" else 1
    dark, floor = settings.dark_ma * strings / gram, float(cell.lower_volt[0])

    def volt_of(current: float) -> float:
        return settings.volt(current * gram, thermal)

    def done(current: float, volt: float) -> bool:
        return current <= dark or volt <= floor

    state = charged(cell)
    piece = under_load(cell, state, volt_of, done, LONGEST_HOURS)
    if piece.current[0] <= dark:
        each = float(piece.current[0]) * gram / strings
        what = f"the charged cell at {float(state.volt[0]):.2f} V gives the diodes {each:.2g} mA each"
        raise Refused(what, card.origin, "too little for light: fewer in series, or diodes of a lower voltage")
    return Outcome(
        title=f"{card.title}: {settings.diodes} diodes in {settings.wired}",
        rows=_rows(piece, gram, strings),
        figure=_figure((cell, state), piece, volt_of, gram),
        measurement=cycler_record([piece], [1], gram, card.title),
        doubts=tuple(_doubts(card, settings, piece, gram / strings)),
    )


def _rows(piece: Piece, gram: float, strings: int) -> tuple[dict[str, Value], ...]:
    """The operating point after one second, at half of the charge, and at the end."""
    charge = np.concatenate([[0.0], np.cumsum(np.diff(piece.hours) * piece.current[1:])])
    energy = np.concatenate([[0.0], np.cumsum(np.diff(charge) * piece.volt[1:])]) * gram
    times = [
        min(SECOND, float(piece.hours[-1])),
        float(np.interp(charge[-1] / 2, charge, piece.hours)),
        piece.hours[-1],
    ]

    def at(hours: float, values: Floats) -> float:
        return float(np.interp(hours, piece.hours, values))

    found = []
    for hours in times:
        ampere = at(hours, currents_at_records(piece)) * gram
        found.append({
            "at": Value(float(hours) * 60, "min", 2),
            "voltage": Value(at(hours, piece.volt), "V", 3),
            "current": Value(ampere, "mA", 3),
            "each diode": Value(ampere / strings, "mA", 3),
            "charge": Value(at(hours, charge), "mAh/g"),
            "energy": Value(at(hours, energy), "mWh", 2),
        })  # fmt: skip
    return tuple(found)


def _doubts(card: Card, s: Settings, piece: Piece, gram_each: float) -> list[str]:
    found = [*doubts_of(card)]
    if not s.curve_volt:
        found.append(
            f"the diodes are assumed: {s.rated_volt:g} V at {s.rated_ma:g} mA, ideality {s.ideality:g}, "
            f"{s.series_ohm:g} ohm; run time and current follow from their curve (curve_volt, curve_ma)"
        )
    elif float(piece.current.max()) * gram_each > s.curve_ma[-1]:
        found.append(f"the diodes take more than the {s.curve_ma[-1]:g} mA up to which their curve is known")
    return found


def _figure(at: tuple[Cell, CellState], piece: Piece, volt_of: Callable[[float], float], gram: float) -> Figure:
    """Characteristics of the cell (after one second) and of the diodes, and the course."""
    most = float(piece.current[: int(np.searchsorted(piece.hours, SECOND)) + 1].max()) * 1.6
    current = np.linspace(most / CURVE, most, CURVE)
    cell = np.array([float(passed(*at, float(i), SECOND).volt[0]) for i in current])
    diodes = np.array([volt_of(float(i)) for i in current])
    crossing = int(np.searchsorted(piece.hours, SECOND))
    point = Points(
        x=piece.current[crossing : crossing + 1] * gram, y=piece.volt[crossing : crossing + 1], label="operating point",
        colour=-2, size_pt=5.0,
    )  # fmt: skip
    lines = (
        Line(x=current * gram, y=cell, label="cell after 1 s", colour=0),
        Line(x=current * gram, y=diodes, label="diodes", colour=1),
        point,
    )
    course = (
        Line(x=piece.hours[1:], y=piece.volt[1:], label="voltage", colour=0),
        Line(x=piece.hours[1:], y=piece.current[1:] * gram, label="current", colour=1, side="right"),
    )
    milliampere, volt = Axis(label="Current", unit="mA"), Axis(label="Voltage", unit="V")
    return figure(
        Panel(x=milliampere, y=volt, layers=lines),
        Panel(x=Axis(label="Time", unit="h", log=True), y=volt, right=milliampere, layers=course),
    )


PROTOCOL = Protocol(
    name="load", summary="light-emitting diodes: operating point and run time", settings=Settings, run=run
)
