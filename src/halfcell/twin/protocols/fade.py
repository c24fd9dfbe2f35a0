"""Fade over cycles as an empirical overlay: losses that are given, not predicted, and what the cell makes of them.

Lithium, anode, cathode and resistance change with ``percent (n / at)^exponent``; at each cycle n the cell discharges
with what is left. The law comes from measurements or is assumed; nothing of it follows from composition or design.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.figure import Axis, Line, Panel, Points
from halfcell.core.settings import CheckedSettings
from halfcell.twin.cell import discharge
from halfcell.twin.compile import compiled
from halfcell.twin.predict import doubts_of
from halfcell.twin.protocols.drawing import CAPACITY, VOLTAGE, figure
from halfcell.twin.protocols.outcome import Outcome, Protocol, Value
from halfcell.twin.roots import falling_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.figure import Figure
    from halfcell.twin.card import Card
    from halfcell.twin.cell import Discharge

NEAR = 1e-4  # of the retention
MOST = 95.0  # % that may be lost
STEPS = 40  # of a discharge, half of the usual ones; chosen: a fade asks for many discharges
_ALL_PERCENT = 100  # a whole, in per cent


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `fade`.

    Parameters
    ----------
    at_cycle
        Cycle to which the percentages refer.
    retention_percent
        A measured retention at that cycle: the loss of lithium that explains it is found; none uses the losses below.
    lithium_percent, anode_percent, cathode_percent, resistance_percent
        Lithium and active material lost, and resistance gained, until that cycle.
    exponent
        1 for an even loss, 0.5 for one that slows down as a growing film does.
    cycles
        Cycles that are shown.
    current_ma_per_g
        Of the discharge.
    """

    at_cycle: float = 100.0
    retention_percent: float | None = None
    lithium_percent: float = 10.0
    anode_percent: float = 0.0
    cathode_percent: float = 0.0
    resistance_percent: float = 0.0
    exponent: float = 0.5
    cycles: tuple[float, ...] = (0.0, 10.0, 25.0, 50.0, 100.0)
    current_ma_per_g: float = 90.0

    def __post_init__(self) -> None:
        """Refuse what no fade is."""
        super().__post_init__()
        if min(self.at_cycle, self.exponent, self.current_ma_per_g) <= 0 or not self.cycles or min(self.cycles) < 0:
            raise InputError("cycles, exponent and current must be above 0", "fade")
        losses = (self.lithium_percent, self.anode_percent, self.cathode_percent)
        if min(*losses, self.resistance_percent) < 0 or max(losses) > MOST:
            raise InputError(f"losses lie between 0 and {MOST:g} %", "fade")
        if self.retention_percent is not None and not 1 <= self.retention_percent <= _ALL_PERCENT:
            raise InputError("a retention lies between 1 and 100 %", "fade")


def run(card: Card, settings: Settings) -> Outcome:
    """Discharge the cell at its cycles, with the losses of the overlay."""
    lithium = settings.lithium_percent if settings.retention_percent is None else _explained(card, settings)
    made = _discharges(card, settings, settings.cycles, lithium)
    first = float(_discharges(card, settings, (0.0,), lithium).capacity[0])
    told = f"retention of {settings.retention_percent:g} %" if settings.retention_percent is not None else "losses"
    overlay = (
        f"empirical overlay, not a prediction: {told} at cycle {settings.at_cycle:g} given, "
        f"{lithium:.3g} % of the lithium, exponent {settings.exponent:g}; cycles beyond are extrapolated"
    )
    return Outcome(
        title=f"{card.title}: fade, an empirical overlay",
        rows=tuple(
            {
                "cycle": Value(cycle, "", 0),
                "discharge": Value(float(capacity), "mAh/g"),
                "retention": Value(float(capacity) / first * 100, "%"),
                "mean voltage": Value(float(volt), "V", 3),
            }
            for cycle, capacity, volt in zip(settings.cycles, made.capacity, made.mean_volt, strict=True)
        ),
        figure=_figure(made, settings),
        doubts=(overlay, *doubts_of(card)),
    )


def _explained(card: Card, s: Settings) -> float:
    """The loss of lithium (%) that makes the measured retention."""
    first = float(_discharges(card, s, (0.0,), 0.0).capacity[0])
    wanted = (s.retention_percent or 0.0) / 100

    def above(percent: float) -> float:
        if percent <= 0:
            return 1.0 - wanted + NEAR
        return float(_discharges(card, s, (s.at_cycle,), min(percent, MOST)).capacity[0]) / first - wanted

    found = max(falling_root(above, 1.0, 10.0, NEAR), 0.0)
    if found >= MOST:
        raise Refused(f"no loss of lithium explains a retention of {s.retention_percent:g} %", card.origin)
    return found


def _discharges(card: Card, s: Settings, cycles: Sequence[float], lithium: float) -> Discharge:
    cards = [_aged(card, s, cycle, lithium) for cycle in cycles]
    return discharge(compiled(cards), np.full(len(cards), s.current_ma_per_g), STEPS)


def _aged(card: Card, s: Settings, cycle: float, lithium: float) -> Card:
    """The card at a cycle; what lithium is left is found in less anode."""
    part = (cycle / s.at_cycle) ** s.exponent
    lost = {
        name: part * percent / 100 for name, percent in (("anode", s.anode_percent), ("cathode", s.cathode_percent))
    }
    if max(*lost.values(), part * lithium / 100) * 100 > MOST:
        raise Refused(f"at cycle {cycle:g} more than {MOST:g} % would be lost", card.origin, "fewer cycles")
    content = card.value("anode.charged_content") * (1 - part * lithium / 100) / (1 - lost["anode"])
    values = {
        f"{name}.capacity_mah_per_g": card.value(f"{name}.capacity_mah_per_g") * (1 - x) for name, x in lost.items()
    }
    ohm = card.value("cell.resistance_ohm") * (1 + part * s.resistance_percent / 100)
    return card.with_values({**values, "anode.charged_content": content, "cell.resistance_ohm": ohm}, "overlay")


def _figure(made: Discharge, s: Settings) -> Figure:
    lines = [
        Line(x=charge[np.isfinite(volt)], y=volt[np.isfinite(volt)], label=f"cycle {cycle:g}", colour=k % 7)
        for k, (cycle, charge, volt) in enumerate(zip(s.cycles, made.charge, made.volt, strict=True))
    ]
    faded = Points(x=np.array(s.cycles), y=made.capacity, label="empirical overlay", joined=True)
    return figure(
        Panel(x=CAPACITY, y=VOLTAGE, layers=tuple(lines)),
        Panel(x=Axis(label="Cycle", whole=True), y=CAPACITY, layers=(faded,)),
    )


PROTOCOL = Protocol(
    name="fade",
    summary="cycle life as an empirical overlay: losses that are given, not predicted",
    settings=Settings,
    run=run,
)
