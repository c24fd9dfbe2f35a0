"""A cell of two electrodes in series with a resistance, in several variants at once, and its discharge at a rate."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.areas import area_below
from halfcell.twin.electrode import Electrode, State, at_volt, with_content
from halfcell.twin.steps import advance
from halfcell.twin.warmth import electrode_at, faster_at, liquid_at, mean_equilibrium

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.electrolyte import Electrolyte
    from halfcell.twin.ladder import Ladder
    from halfcell.twin.warmth import Warmth

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
        The electrodes; with a ladder, the cathode has one row per variant and depth.
    resistance
        V per (mA/g).
    full_anode
        Lithium content of the anode at the end of charge.
    upper_volt, lower_volt
        Cell voltage at the end of charge and of discharge.
    electrolyte
        A liquid electrolyte; None where the resistance stands for it.
    ladder
        A solid electrolyte in the depth of the cathode; None where the resistance stands for it.
    warmth
        How it warms itself; None where it stays at its temperature.
    shift
        By how much the voltage lies above that of the open-circuit curves; None where it does not.
    """

    anode: Electrode
    cathode: Electrode
    resistance: Floats
    full_anode: Floats
    upper_volt: Floats
    lower_volt: Floats
    electrolyte: Electrolyte | None = None
    ladder: Ladder | None = None
    warmth: Warmth | None = None
    shift: Floats | None = None

    def only(self, cells: Truths) -> Cell:
        """Some of the variants."""
        chosen = {n: getattr(self, n)[cells] for n in ("resistance", "full_anode", "upper_volt", "lower_volt")}
        return replace(
            self,
            anode=self.anode.only(cells),
            cathode=self.cathode.only(self.rows(cells)),
            electrolyte=self.electrolyte.only(cells) if self.electrolyte else None,
            ladder=self.ladder.only(cells) if self.ladder else None,
            warmth=self.warmth.only(cells) if self.warmth else None,
            shift=None if self.shift is None else self.shift[cells],
            **chosen,
        )

    @property
    def depths(self) -> int:
        """Into how many depths the cathode is divided."""
        return self.ladder.depths if self.ladder else 1

    def rows(self, of_variants: Any) -> Any:
        """Values of the variants for each row of the cathode."""
        return np.repeat(of_variants, self.depths)

    def contents(self, anode: State, cathode: State) -> tuple[Floats, Floats]:
        """Lithium contents of both electrodes."""
        inner = (self.cathode.share * cathode.average).sum(axis=1)
        return (self.anode.share * anode.average).sum(axis=1), inner.reshape(-1, self.depths).mean(axis=1)

    @property
    def cathode_capacity(self) -> Floats:
        """Capacity of the cathode, mAh/g."""
        whole: Floats = self.cathode.capacity.reshape(-1, self.depths).sum(axis=1)
        return whole


@dataclass(frozen=True, eq=False)
class CellState:
    """Both electrodes and the salt of all variants, the current (mA/g, above 0 in discharge), and the voltage.

    `kelvin` is the temperature of cells that warm themselves; empty where none does.
    """

    anode: State
    cathode: State
    salt: Floats
    current: Floats
    volt: Floats
    kelvin: Floats = field(default_factory=lambda: np.zeros(0))

    def only(self, cell: Cell, variants: Truths) -> CellState:
        """The state of some of the variants of a cell."""
        rows = cell.rows(variants)
        parts = self.salt[variants], self.current[variants], self.volt[variants]
        kelvin = self.kelvin[variants] if cell.warmth else self.kelvin
        return CellState(self.anode.only(variants), self.cathode.only(rows), *parts, kelvin)


@dataclass(frozen=True, eq=False)
class Discharge:
    """Discharges of all variants: capacity (mAh/g), mean voltage (V), and the curves, NaN after their end."""

    capacity: Floats
    mean_volt: Floats
    charge: Floats
    volt: Floats


def charged(cell: Cell) -> CellState:
    """The cell at rest at the end of charge, at its upper voltage."""
    anode = with_content(cell.anode, cell.full_anode, 1)
    top = cell.upper_volt if cell.shift is None else cell.upper_volt - cell.shift
    cathode = at_volt(cell.cathode, cell.rows(top + anode.volt), 0)
    count = len(cell.upper_volt)
    salt = cell.electrolyte.rested if cell.electrolyte else np.zeros((count, 1))
    kelvin = cell.warmth.along(np.zeros(count)) if cell.warmth else np.zeros(0)
    return CellState(anode, cathode, salt, np.zeros(count), cell.upper_volt, kelvin)


def advanced(
    cell: Cell, state: CellState, current: Floats, hours: Floats, side: tuple[float, float] = (0.0, 0.0)
) -> CellState:
    """The cell after a time (h) with a constant current (mA/g, above 0 in discharge), each (variants,).

    `side` are side reactions, which pass through no terminal: lithium that the anode loses and that the cathode takes
    up from the electrolyte, in mA/g.
    """
    salt, kelvin = state.salt, state.kelvin
    cell = _warmed(cell, kelvin) if cell.warmth else cell
    negative, positive = cell.anode, cell.cathode
    extra = np.zeros(len(hours)) if cell.shift is None else cell.shift
    if cell.electrolyte:
        salt = cell.electrolyte.after(salt, current, hours)
        factors = cell.electrolyte.exchange(salt)
        negative = replace(negative, exchange=negative.exchange * factors[0])
        positive = replace(positive, exchange=positive.exchange * factors[1])
        extra = extra + cell.electrolyte.volt(salt, current)
    anode = advance(negative, state.anode, -current - side[0], hours)
    if cell.ladder:
        cathode, high = cell.ladder.advance(positive, state.cathode, current + side[1], hours)
    else:
        cathode = advance(positive, state.cathode, current + side[1], hours)
        high = cathode.volt
    volt = high - anode.volt - current * cell.resistance + extra
    after = CellState(anode, cathode, salt, current, volt, kelvin)
    return replace(after, kelvin=_temperature(cell, after, hours)) if cell.warmth else after


def _warmed(cell: Cell, kelvin: Floats) -> Cell:
    """The cell as it is at a temperature (variants,)."""
    warmth = cell.warmth
    if warmth is None:
        return cell
    anode = [faster_at(warmth, kelvin, f"anode_{what}") for what in ("diffusion", "exchange")]
    cathode = [faster_at(warmth, kelvin, f"cathode_{what}") for what in ("diffusion", "exchange")]
    rows = cell.rows(np.arange(len(kelvin)))
    return replace(
        cell,
        anode=electrode_at(cell.anode, (anode[0], anode[1]), kelvin),
        cathode=electrode_at(cell.cathode, (cathode[0][rows], cathode[1][rows]), kelvin[rows]),
        electrolyte=liquid_at(cell.electrolyte, warmth, kelvin) if cell.electrolyte else None,
    )


def _temperature(cell: Cell, state: CellState, hours: Floats) -> Floats:
    """The temperature after a step whose currents and potentials have been found."""
    warmth = cell.warmth
    if warmth is None:
        return state.kelvin
    if warmth.course is not None:
        return warmth.along((cell.full_anode - cell.contents(state.anode, state.cathode)[0]) * cell.anode.capacity)
    cathode = mean_equilibrium(cell.cathode, state.cathode).reshape(-1, cell.depths).mean(axis=1)
    open_volt = cathode - mean_equilibrium(cell.anode, state.anode) + (0.0 if cell.shift is None else cell.shift)
    lost = state.current * (open_volt - state.volt)
    return warmth.after(state.kelvin, np.maximum(lost, 0.0), hours)


def most_charge(cell: Cell, state: CellState) -> Floats:
    """Charge (mAh/g) that the emptier electrode could still take or give in a discharge."""
    anode, cathode = cell.contents(state.anode, state.cathode)
    return np.minimum(anode * cell.anode.capacity, (1 - cathode) * cell.cathode_capacity)


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
    return discharged(cell, charged(cell), current, steps)


def discharged(cell: Cell, state: CellState, current: Floats, steps: int = STEPS) -> Discharge:
    """The same from another state.

    Raises
    ------
    InputError
        If a current is not above 0.
    """
    if (current <= 0).any():
        raise InputError("a discharge needs a current above 0")
    grid = np.concatenate([[0.0], EARLY / steps, np.linspace(0, 1, steps + 1)[1:]])
    charge = most_charge(cell, state)[:, None] * grid
    volt = np.full(charge.shape, np.nan)
    volt[:, 0] = state.volt
    running = np.ones(len(current), bool)
    for k in range(1, len(grid)):
        passed = charge[running, k] - charge[running, k - 1]
        before, state = state, advanced(cell, state, current[running], passed / current[running])
        volt[running, k] = state.volt
        going = state.volt > cell.lower_volt
        if not going.all():
            ended = running.copy()
            ended[running] = ~going
            voltages = volt[ended, k - 1], volt[ended, k]
            last = cell.only(~going), before.only(cell, ~going), current[ended]
            charge[ended, k] = charge[ended, k - 1] + _passed_at_end(*last, passed[~going], voltages)
            volt[ended, k] = cell.lower_volt[~going]
            running[running] = going
            if not running.any():
                break
            state, cell = state.only(cell, going), cell.only(going)
    return _ended(charge, volt)


def _passed_at_end(
    cell: Cell, state: CellState, current: Floats, passed: Floats, volts: tuple[Floats, Floats]
) -> Floats:
    """The charge after which the lower voltage is reached, by bisection and secants in turn."""
    floor = cell.lower_volt
    ends = [np.zeros(len(passed)), passed]
    above = [np.maximum(volts[0] - floor, 0.0), volts[1] - floor]
    for k in range(END_SEARCHES):
        secant = above[0] / np.maximum(above[0] - np.maximum(above[1], -1.0), 1e-12)
        at = ends[0] + (0.5 if k % 2 else np.clip(secant, 0.02, 0.98)) * (ends[1] - ends[0])
        found = advanced(cell, state, current, at / current).volt - floor
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
        energy = area_below(charge[k, : last + 1], volt[k, : last + 1])
        mean[k] = energy / capacity[k] if capacity[k] > 0 else np.nan
    return Discharge(capacity, mean, charge, volt)
