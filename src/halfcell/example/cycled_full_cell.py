"""A test of a full cell, computed by the twin from a cell card: its first charge, its rates, and how it fades.

Every cycle charges at one small current, rests, and discharges at the current of its block. The first charge forms the
SEI with lithium of the cathode; the cell fades by lithium that it loses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from halfcell.core.sample import CellKind
from halfcell.example.cycled_half_cell import GRID, Block
from halfcell.example.records import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from halfcell.twin.card import Card

    Floats = NDArray[np.float64]

RESTS = np.array([0.02, 0.1, 0.3, 0.6, 1.0])  # records of a rest, as parts of it
SHORT_HOURS = 1 / 6  # a rest after discharge


@dataclass(frozen=True, kw_only=True)
class FullCellTest:
    """A full cell and how it is cycled. Capacities and currents are per gram of cathode material.

    Parameters
    ----------
    card
        The cell.
    cathode_mg
        Mass of the cathode material.
    blocks
        Stretches of cycles, each with its current of discharge (mA/g).
    charge_ma_g, rest_hours
        Current of every charge, and the rest after it; after a discharge it rests ten minutes.
    sei_mah_g
        Charge that the first charge loses to the SEI.
    first_mah_g, last_mah_g
        Capacity of the first and of the last discharge, to which the lithium in the cell is fitted
        (`anode.charged_content` of the card); None where it is as the card says.
    lost_percent
        Lithium that is lost up to the last cycle, where `last_mah_g` is not given.
    fade_shape
        The loss up to cycle n goes with ``((n - 1) / (N - 1)) ** fade_shape``.
    first_is_fresh
        Whether the first block is discharged before the loss that the card states (`anode.lost_content`).
    """

    card: Card
    cathode_mg: float
    blocks: tuple[Block, ...]
    kind: CellKind = CellKind.FULL
    charge_ma_g: float = 18.0
    rest_hours: float = SHORT_HOURS
    sei_mah_g: float = 15.0
    first_mah_g: float | None = None
    last_mah_g: float | None = None
    lost_percent: float = 0.0
    fade_shape: float = 0.7
    first_is_fresh: bool = False

    @property
    def cycles(self) -> int:
        """Number of cycles."""
        return sum(block.cycles for block in self.blocks)

    def progress(self, number: int) -> float:
        """How far the fade has come in a cycle, from 0 to 1."""
        return float(((number - 1) / max(self.cycles - 1, 1)) ** self.fade_shape)


class Course(NamedTuple):
    """One cycle: potentials (V) at the parts `GRID` of its charges (mAh/g), and at `RESTS` of the rests after them."""

    charge_volt: Floats
    charged: float
    rested_volt: Floats
    discharge_volt: Floats
    discharged: float
    relaxed_volt: Floats
    mean_volt: float

    def between(self, other: Course, part: float) -> Course:
        """A cycle between two others."""

        def mixed(name: str) -> Any:
            return (1 - part) * getattr(self, name) + part * getattr(other, name)

        return Course(*(mixed(name) for name in self._fields))

    def scaled(self, factor: float) -> Course:
        """The same with other charges."""
        return self._replace(charged=self.charged * factor, discharged=self.discharged * factor)


@dataclass(frozen=True, eq=False)
class FullCellRun:
    """What the twin finds for a test: its computed cycles by number, and how much lithium each cycle loses (mAh/g)."""

    test: FullCellTest
    computed: dict[int, Course]
    losses: Floats

    @property
    def first(self) -> Course:
        """The first cycle, of which the charge forms the SEI."""
        return self.computed[1]

    @property
    def cycles(self) -> Iterator[tuple[int, float, Course]]:
        """All cycles: number, current of discharge (mA/g), course with the charge that is lost."""
        start = 1
        for block in self.test.blocks:
            known = [n for n in sorted(self.computed) if start <= n < start + block.cycles]
            for number in range(start, start + block.cycles):
                course = self._at(number, [n for n in known if n > 1] or known)
                yield number, block.current_ma_g, course
            start += block.cycles

    def _at(self, number: int, known: list[int]) -> Course:
        if number == 1:
            return self.first
        above = next((n for n in known if n >= number), known[-1])
        below = max((n for n in known if n <= number), default=known[0])
        span = self.test.progress(above) - self.test.progress(below)
        part = (self.test.progress(number) - self.test.progress(below)) / span if span else 0.0
        course = self.computed[below].between(self.computed[above], part)
        return course._replace(charged=course.charged + float(self.losses[number - 1]))


def steps(run: FullCellRun) -> Iterator[Step]:
    """Rest, charge, rest, discharge, rest, ..."""
    gram = run.test.cathode_mg / 1e3
    charging = run.test.charge_ma_g
    start = float(run.first.charge_volt[0])
    yield Step("rest", 1, RESTS * SHORT_HOURS, np.full(len(RESTS), start), 0.0)
    for number, current, course in run.cycles:
        yield Step("charge", number, GRID * course.charged / charging, course.charge_volt, charging * gram)
        yield Step("rest", number, RESTS * run.test.rest_hours, course.rested_volt, 0.0)
        yield Step("discharge", number, GRID * course.discharged / current, course.discharge_volt, -current * gram)
        yield Step("rest", number, RESTS * SHORT_HOURS, course.relaxed_volt, 0.0)
