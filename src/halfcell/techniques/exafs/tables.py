"""Tables of EXAFS: the first shell of each scan, the states of a series."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.state_differences import change_table

if TYPE_CHECKING:
    from halfcell.techniques.exafs.result import ExafsResult


def first_shell(results: Sequence[ExafsResult]) -> Table:
    """E0, edge step, position and height of the first peak; one row per scan."""
    columns = (
        Column(key="label", label="State"),
        Column(key="e0", label="E_{0}", unit="eV"),
        Column(key="edge_step", label="Edge step"),
        Column(key="first_peak", label="First peak, not phase-corrected", unit="Å"),
        Column(key="first_peak_height", label="Height"),
        Column(key="first_peak_ratio", label="Height over the first state's"),
    )
    rows = tuple((Entry(text=formula(r.label)), *(entry(r, c.key) for c in columns[1:])) for r in results)
    return Table(columns=columns, rows=rows, simulated=simulated(results))


def states(results: Sequence[ExafsResult]) -> Table:
    """Height of each peak of |chi(R)| in each state in per cent of its largest, and how it changes."""
    return change_table(results, "peak")


TABLES = {"first shell": first_shell, "states": states}
