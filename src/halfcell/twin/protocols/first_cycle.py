"""First cycle of one electrode against lithium: the first lithiation of crystalline hosts, and what is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Line, Panel
from halfcell.core.measurement import Measurement
from halfcell.core.settings import CheckedSettings
from halfcell.twin.card_half_cell import half_cell_of, little_used
from halfcell.twin.half_cell import HalfCycle, half_cycle
from halfcell.twin.predict import doubts_of
from halfcell.twin.protocols.drawing import figure
from halfcell.twin.protocols.outcome import Outcome, Protocol, Value
from halfcell.twin.protocols.sei import sei_formed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.figure import Figure
    from halfcell.twin.card import Card
    from halfcell.twin.card_half_cell import HalfCell

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `first-cycle`.

    Parameters
    ----------
    current_ma_per_g
        Current per gram of active material of the anode.
    lower_volt, upper_volt
        Ends of lithiation and delithiation.
    sei_mah_per_g
        Charge per gram of active material that forms the SEI; it is added where its potentials are passed.
    cycles
        How many cycles are shown; only the first one lithiates crystalline hosts.
    """

    current_ma_per_g: float = 100.0
    lower_volt: float = 0.01
    upper_volt: float = 1.5
    sei_mah_per_g: float = 0.0
    cycles: int = 2

    def __post_init__(self) -> None:
        """Refuse what no cycler does."""
        super().__post_init__()
        if self.current_ma_per_g <= 0 or self.cycles < 1 or self.sei_mah_per_g < 0:
            raise InputError(
                "current and number of cycles must be above 0, the charge of the SEI not below", "first-cycle"
            )
        if self.lower_volt >= self.upper_volt:
            raise InputError("lower_volt must be below upper_volt", "first-cycle")


def run(card: Card, settings: Settings) -> Outcome:
    """Lithiate and delithiate the anode of the card, from an empty one."""
    half = half_cell_of(card)
    cycles = _cycles(half, settings)
    doubts = [*doubts_of(card), *little_used(card, "anode", float(cycles[-1][1].charge[-1]) / half.gram)]
    if not settings.sei_mah_per_g:
        doubts.append(
            "no charge is lost to the SEI: the first efficiency is that of the hosts alone; give sei_mah_per_g"
        )
    return Outcome(
        title=f"{card.title}: first cycles of the anode against lithium",
        rows=tuple(_row(number, pair, half.gram) for number, pair in enumerate(cycles, 1)),
        figure=_figure(cycles, half.gram),
        measurement=_measurement(cycles, settings.current_ma_per_g * half.gram, card.title),
        doubts=tuple(doubts),
    )


def _cycles(half: HalfCell, s: Settings) -> list[tuple[HalfCycle, HalfCycle]]:
    current = s.current_ma_per_g * half.gram
    found, electrode, state, outside = [], half.fresh, half.empty, half.outside
    for number in range(s.cycles):
        into = half_cycle(electrode, state, current, s.lower_volt, outside)
        out = half_cycle(electrode, into.end, -current, s.upper_volt, replace(outside, salt=into.salt))
        if number == 0 and s.sei_mah_per_g:
            into = _with_sei(into, s.sei_mah_per_g * half.gram)
        found.append((into, out))
        electrode, state, outside = half.electrode, out.end, replace(outside, salt=out.salt)
    return found


def _with_sei(cycle: HalfCycle, charge: float) -> HalfCycle:
    """The same with the charge of the SEI, which is passed as the potential falls through those of its steps."""
    share = np.maximum.accumulate(sei_formed(cycle.volt))
    return replace(cycle, charge=cycle.charge + charge * (share - share[0]) / (1 - float(share[0])))


def _row(number: int, pair: tuple[HalfCycle, HalfCycle], gram: float) -> dict[str, Value]:
    into, out = (float(one.charge[-1]) for one in pair)
    return {
        "cycle": Value(number, "", 0),
        "lithiation": Value(into / gram, "mAh/g"),
        "mean lithiation": Value(_mean(pair[0]), "V", 3),
        "delithiation": Value(out / gram, "mAh/g"),
        "mean delithiation": Value(_mean(pair[1]), "V", 3),
        "efficiency": Value(out / into * 100, "%"),
    }


def _mean(one: HalfCycle) -> float:
    return float(np.trapezoid(one.volt, one.charge) / one.charge[-1])


def _measurement(cycles: list[tuple[HalfCycle, HalfCycle]], current: float, title: str) -> Measurement:
    """As a cycler sees a half cell: the working electrode's potential, above 0 while it is charged (delithiated)."""
    clock, net, parts = 0.0, 0.0, []
    for number, pair in enumerate(cycles, 1):
        for sign, one in zip((-1.0, 1.0), pair, strict=True):
            same, hours = np.ones(len(one.volt)), one.charge / current
            time = clock + hours * 3600 + np.concatenate([[1e-3], np.zeros(len(hours) - 1)])
            counted = net + sign * one.charge * 1e-3
            clock, net = float(time[-1]), float(counted[-1])
            parts.append(np.array([time, one.volt, same * sign * current * 1e-3, counted, same * number]))
    names = ("test_time_second", "voltage_volt", "current_ampere", "net_capacity_ah", "cycle_count")
    columns = dict(zip(names, np.concatenate(parts, axis=1), strict=True))
    return Measurement(technique="cycling", columns=columns, meta={"simulated": True, "title": title})


def _figure(cycles: list[tuple[HalfCycle, HalfCycle]], gram: float) -> Figure:
    lines = []
    for number, pair in enumerate(cycles):
        for one in pair:
            label = f"cycle {number + 1}" if one is pair[0] else ""
            lines.append(Line(x=one.charge / gram, y=one.volt, label=label, colour=number))
    panel = Panel(
        x=Axis(label="Capacity", unit="mAh g^{-1}"),
        y=Axis(label="Potential", unit="V vs. Li^{+}/Li"),
        layers=tuple(lines),
    )
    return figure(panel)


PROTOCOL = Protocol(
    name="first-cycle",
    summary="first cycles of the anode against lithium, with crystalline hosts",
    settings=Settings,
    run=run,
)
