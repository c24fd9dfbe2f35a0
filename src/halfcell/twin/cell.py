"""A cell of two electrodes in series with a resistance, in several variants at once, and its discharge at a rate."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.electrode import Electrode, State, at_volt, with_content
from halfcell.twin.steps import advance

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.electrolyte import Electrolyte

    Floats = NDArray[np.float64]
    Truths = NDArray[np.bool_]

STEPS = 80  # of a discharge; twice as many change no capacity of the tests by 0.05 %
END_SEARCHES = 6  # of the charge at which the lower voltage is reached: to a thousandth of a step
EARLY = np.array([0.02, 0.2, 0.5])  # parts of the first even step: the first drop of the voltage


@dataclass(frozen=True, eq=False)
class Cell:
    """Variants of a cell, (variants,) unless said otherwise; charge per gram of cathode material (mAh/g).

    Parameters
    ----------
    anode, cathode
        The electrodes.
    resistance
        V per (mA/g).
    full_anode
        Lithium content of the anode at the end of charge.
    upper_volt, lower_volt
        Cell voltage at the end of charge and of discharge.
    electrolyte
        A liquid electrolyte; None where the resistance stands for it.
    """

    anode: Electrode
    cathode: Electrode
    resistance: Floats
    full_anode: Floats
    upper_volt: Floats
    lower_volt: Floats
    electrolyte: Electrolyte | None = None

    def only(self, cells: Truths) -> Cell:
        """Some of the variants."""
        liquid = self.electrolyte.only(cells) if self.electrolyte else None
        chosen = {n: getattr(self, n)[cells] for n in ("resistance", "full_anode", "upper_volt", "lower_volt")}
        return replace(
            self, anode=self.anode.only(cells), cathode=self.cathode.only(cells), electrolyte=liquid, **chosen
        )


@dataclass(frozen=True, eq=False)
class Discharge:
    """Discharges of all variants: capacity (mAh/g), mean voltage (V), and the curves, NaN after their end."""

    capacity: Floats
    mean_volt: Floats
    charge: Floats
    volt: Floats


def charged(cell: Cell) -> tuple[State, State]:
    """Anode and cathode at rest at the end of charge: the cell at its upper voltage."""
    anode = with_content(cell.anode, cell.full_anode, 1)
    return anode, at_volt(cell.cathode, cell.upper_volt + anode.volt, 0)


def discharge(cell: Cell, current: Floats, steps: int = STEPS) -> Discharge:
    """Discharge each variant from the end of charge with a constant current to the lower voltage.

    Parameters
    ----------
    cell
        The variants.
    current
        mA per gram of cathode material, (variants,), above 0.
    steps
        Even steps of the capacity that the emptier electrode could take or give.

    Raises
    ------
    InputError
        If a current is not above 0.
    """
    if (current <= 0).any():
        raise InputError("a discharge needs a current above 0")
    anode, cathode = charged(cell)
    held = [(one.share * state.average).sum(axis=1) for one, state in ((cell.anode, anode), (cell.cathode, cathode))]
    most = np.minimum(held[0] * cell.anode.capacity, (1 - held[1]) * cell.cathode.capacity)
    grid = np.concatenate([[0.0], EARLY / steps, np.linspace(0, 1, steps + 1)[1:]])
    charge = most[:, None] * grid
    volt = np.full(charge.shape, np.nan)
    volt[:, 0] = cathode.volt - anode.volt
    running = np.ones(len(current), bool)
    salt = cell.electrolyte.rested if cell.electrolyte else np.zeros((len(current), 1))
    run = _Running(cell, current, anode, cathode, salt)
    for k in range(1, len(grid)):
        before, start = run, charge[running, k - 1]
        run, volt[running, k] = _advanced(run, charge[running, k] - start)
        going = volt[running, k] > run.cell.lower_volt
        if not going.all():
            ended = running.copy()
            ended[running] = ~going
            voltages = volt[ended, k - 1], volt[ended, k]
            passed = _passed_at_end(before.only(~going), charge[ended, k] - charge[ended, k - 1], voltages)
            charge[ended, k], volt[ended, k] = charge[ended, k - 1] + passed, cell.lower_volt[ended]
            running[running] = going
            if not running.any():
                break
            run = run.only(going)
    return _ended(charge, volt)


@dataclass(frozen=True, eq=False)
class _Running:
    """Variants on their way: the cell, the currents, the states of both electrodes, and of the electrolyte."""

    cell: Cell
    current: Floats
    anode: State
    cathode: State
    salt: Floats

    def only(self, cells: Truths) -> _Running:
        parts = self.current[cells], self.anode.only(cells), self.cathode.only(cells), self.salt[cells]
        return _Running(self.cell.only(cells), *parts)


def _advanced(run: _Running, passed: Floats) -> tuple[_Running, Floats]:
    """The variants after some charge has passed (mAh/g), and their voltages."""
    hours, cell, salt = passed / run.current, run.cell, run.salt
    negative, positive, extra = cell.anode, cell.cathode, np.zeros(len(passed))
    if cell.electrolyte:
        salt = cell.electrolyte.after(salt, run.current, hours)
        factors = cell.electrolyte.exchange(salt)
        negative = replace(negative, exchange=negative.exchange * factors[0])
        positive = replace(positive, exchange=positive.exchange * factors[1])
        extra = cell.electrolyte.volt(salt, run.current)
    anode = advance(negative, run.anode, -run.current, hours)
    cathode = advance(positive, run.cathode, run.current, hours)
    volt = cathode.volt - anode.volt - run.current * cell.resistance + extra
    return _Running(cell, run.current, anode, cathode, salt), volt


def _passed_at_end(run: _Running, passed: Floats, volts: tuple[Floats, Floats]) -> Floats:
    """The charge after which the lower voltage is reached, by bisection and secants in turn."""
    floor = run.cell.lower_volt
    ends = [np.zeros(len(passed)), passed]
    above = [np.maximum(volts[0] - floor, 0.0), volts[1] - floor]
    for k in range(END_SEARCHES):
        secant = above[0] / np.maximum(above[0] - np.maximum(above[1], -1.0), 1e-12)
        at = ends[0] + (0.5 if k % 2 else np.clip(secant, 0.02, 0.98)) * (ends[1] - ends[0])
        found = _advanced(run, at)[1] - floor
        low = found > 0
        ends = [np.where(low, at, ends[0]), np.where(low, ends[1], at)]
        above = [np.where(low, found, above[0]), np.where(low, above[1], found)]
    share = above[0] / np.maximum(above[0] - np.maximum(above[1], -1.0), 1e-12)
    end: Floats = ends[0] + share * (ends[1] - ends[0])
    return end


def _ended(charge: Floats, volt: Floats) -> Discharge:
    """Averages over the charge of each curve."""
    count = len(charge)
    capacity, mean = np.empty(count), np.empty(count)
    for k in range(count):
        last = int(np.flatnonzero(np.isfinite(volt[k]))[-1])
        charge[k, last + 1 :] = np.nan
        capacity[k] = charge[k, last]
        energy = np.diff(charge[k, : last + 1]) @ (volt[k, 1 : last + 1] + volt[k, :last]) / 2
        mean[k] = energy / capacity[k] if capacity[k] > 0 else np.nan
    return Discharge(capacity, mean, charge, volt)
