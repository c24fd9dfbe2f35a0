"""What the twin finds for a full cell that is cycled: its first charge, its rates, the cycles of one that fades."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.example.cycled_full_cell import RESTS, SHORT_HOURS, Course, FullCellRun, FullCellTest
from halfcell.example.cycled_half_cell import GRID

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.twin.cell import Cell, CellState
    from halfcell.twin.course import Piece

    Floats = NDArray[np.float64]

SEI_SHARE = 0.9  # of the current of the first charge at its start; it falls to nothing on a straight line
EMPTY = 2e-3  # content of the anode as made
FULL = 0.998  # content of the cathode beyond which it cannot hold the lithium that is asked for
FORMING = 24  # steps of the formation of the SEI
NODES = 3  # computed cycles of a block that fades
NEAR = 1e-3  # relative deviation within which a fit is good; its rest is made by scaling charge and time
MOST = 8  # attempts of a fit
CONTENT = "anode.charged_content"


def computed(test: FullCellTest) -> FullCellRun:
    """Run a test.

    Raises
    ------
    InputError
        If the cathode cannot hold the lithium of the cell and of its SEI.
    """
    content = test.card.value(CONTENT)
    first, content = _fitted(test, 1, content, test.first_mah_g)
    found = {1: first}
    last = content * (1 - test.lost_percent / 100)
    if test.last_mah_g is not None:
        found[test.cycles], last = _fitted(test, test.cycles, content * test.last_mah_g / first.discharged,
                                           test.last_mah_g)  # fmt: skip
    contents = {n: content + (last - content) * test.progress(n) for n in range(1, test.cycles + 2)}
    for number in _nodes(test):
        if number not in found:
            found[number] = _later(test, number, contents[number])
    anode = _cell(test, 1, content).anode.capacity[0]
    losses = np.array([(contents[n] - contents[n + 1]) * anode for n in range(1, test.cycles + 1)])
    return FullCellRun(test, found, losses)


def _nodes(test: FullCellTest) -> list[int]:
    """Later cycles that are computed: one of a block at a rate, some of one that fades."""
    found: set[int] = set()
    start = 1
    fades = test.lost_percent > 0 or test.last_mah_g is not None
    for block in test.blocks:
        numbers = np.arange(max(start, 2), start + block.cycles)
        if len(numbers):
            progress = np.array([test.progress(int(n)) for n in numbers])
            wanted = np.linspace(progress[0], progress[-1], NODES if fades else 1)
            found |= {int(numbers[np.abs(progress - one).argmin()]) for one in wanted}
        start += block.cycles
    return sorted(found)


def _current(test: FullCellTest, number: int) -> float:
    start = 1
    for block in test.blocks:
        start += block.cycles
        if number < start:
            break
    return block.current_ma_g


def _cell(test: FullCellTest, number: int, content: float) -> Cell:
    """The cell as it is in a cycle."""
    from halfcell.twin.compile import compiled

    card = test.card.with_values({CONTENT: content}, "example")
    return compiled([card.at(fresh=test.first_is_fresh and number <= test.blocks[0].cycles)])


def _fitted(test: FullCellTest, number: int, content: float, wanted: float | None) -> tuple[Course, float]:
    """A cycle whose discharge is the one that is asked for, and the content of the charged anode for it."""
    made = _made if number == 1 else _later
    course = made(test, number, content)
    for _ in range(MOST):
        if wanted is None or abs(course.discharged / wanted - 1) < NEAR:
            break
        content += (wanted - course.discharged) / float(_cell(test, number, content).anode.capacity[0])
        course = made(test, number, content)
    return course.scaled(wanted / course.discharged) if wanted else course, content


def _later(test: FullCellTest, number: int, content: float) -> Course:
    """A cycle as it comes back after others like it: a discharge, and the charge that makes up for it."""
    from halfcell.twin.cell import charged
    from halfcell.twin.course import constant_current

    cell = _cell(test, number, content)
    state = charged(cell)
    for _ in range(2):
        out = constant_current(cell, state, _current(test, number), float(cell.lower_volt[0]))
        relaxed, state = _rest(cell, out.end, SHORT_HOURS)
        charge = constant_current(cell, state, -test.charge_ma_g, float(cell.upper_volt[0]))
        rested, state = _rest(cell, charge.end, test.rest_hours)
    return _course(charge, rested, out, relaxed)


def _made(test: FullCellTest, number: int, content: float) -> Course:
    """The first cycle, from the cell as made: the SEI takes most of the current at first."""
    from halfcell.twin.cell import advanced
    from halfcell.twin.course import Piece, constant_current

    cell = _cell(test, number, content)
    state = _as_made(test, cell)
    step = 2 * test.sei_mah_g / SEI_SHARE / test.charge_ma_g / FORMING
    current, volt = np.array([-test.charge_ma_g]), []
    for k in range(FORMING):
        lost = SEI_SHARE * test.charge_ma_g * (1 - (k + 0.5) / FORMING)
        state = advanced(cell, state, current, np.array([step]), (lost, 0.0))
        volt.append(float(state.volt[0]))
    later = constant_current(cell, state, -test.charge_ma_g, float(cell.upper_volt[0]))
    hours = np.concatenate([np.arange(1, FORMING + 1) * step, FORMING * step + later.hours[1:]])
    volts = np.concatenate([volt, later.volt[1:]])
    whole = Piece("charge", np.append(0.0, hours), np.full(len(hours) + 1, -test.charge_ma_g),
                  np.append(volts[0], volts), later.end)  # fmt: skip
    rested, state = _rest(cell, later.end, test.rest_hours)
    out = constant_current(cell, state, _current(test, number), float(cell.lower_volt[0]))
    return _course(whole, rested, out, _rest(cell, out.end, SHORT_HOURS)[0])


def _as_made(test: FullCellTest, cell: Cell) -> CellState:
    """An empty anode, and a cathode with all lithium of the cell and of its SEI."""
    from halfcell.twin.cell import charged
    from halfcell.twin.electrode import with_content

    full = charged(cell)
    anode, cathode = (float(one[0]) for one in cell.contents(full.anode, full.cathode))
    held = (anode - EMPTY) * float(cell.anode.capacity[0]) + test.sei_mah_g
    content = cathode + held / float(cell.cathode_capacity[0])
    if content > FULL:
        raise InputError(f"the cathode would hold {content:.3f} of what it can", test.card.title, "a smaller sei_mah_g")
    high = with_content(cell.cathode, np.array([content]), 1)
    low = with_content(cell.anode, np.array([EMPTY]), 0)
    return replace(full, anode=low, cathode=high, volt=high.volt - low.volt)


def _rest(cell: Cell, state: CellState, hours: float) -> tuple[Floats, CellState]:
    """Voltages at `RESTS` of a rest, and the state after it; diffusion without a current is exact in any step."""
    from halfcell.twin.course import passed

    volts = []
    for step in np.diff(RESTS * hours, prepend=0.0):
        state = passed(cell, state, 0.0, float(step))
        volts.append(float(state.volt[0]))
    return np.array(volts), state


def _course(charge: Piece, rested: Floats, out: Piece, relaxed: Floats) -> Course:
    return Course(
        charge_volt=_on_grid(charge),
        charged=charge.charge,
        rested_volt=rested,
        discharge_volt=_on_grid(out),
        discharged=out.charge,
        relaxed_volt=relaxed,
        mean_volt=out.energy / out.charge,
    )


def _on_grid(piece: Piece) -> Floats:
    found: Floats = np.interp(GRID, piece.hours / piece.hours[-1], piece.volt)
    return found
