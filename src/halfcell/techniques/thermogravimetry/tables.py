"""Tables of thermogravimetry: the steps of mass loss, the residue and the char."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.thermogravimetry.result import ThermogravimetryResult
_TOLD = ("basis", "not_dry", "unphysical_residue")  # notes that stand below the table


def step_table(results: Sequence[ThermogravimetryResult]) -> Table:
    """Onset, peak, endset and loss: one row per step, the residue and the char in the first row of each sample."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="step", label="Step"),
        Column(key="onset", label="Onset", unit="°C"),
        Column(key="peak", label="Peak", unit="°C"),
        Column(key="endset", label="Endset", unit="°C"),
        Column(key="loss", label="Loss", unit="wt%"),
        *((Column(key="gain", label="Gain", unit="wt%"),) if _any_gain(results) else ()),
        Column(key="residue", label="Residue", unit="wt%"),
        Column(key="char_yield", label="Char by burn-off", unit="wt%"),
    )
    measures = ("onset", "peak", "endset", "loss", *(("gain",) if _any_gain(results) else ()))
    rows = tuple(row for result in results for row in _rows(result, measures))
    notes = tuple(f"{_of(r, results)}{n.text}" for r in results for n in r.notes if n.code in _TOLD)
    return Table(columns=columns, rows=rows, notes=notes, simulated=simulated(results))


def _of(result: ThermogravimetryResult, results: Sequence[ThermogravimetryResult]) -> str:
    """The name of the sample before a line below the table, where there are several."""
    return f"{formula(result.label)}: " if len(results) > 1 and result.label else ""


def _any_gain(results: Sequence[ThermogravimetryResult]) -> bool:
    """Whether the mass of a sample rises in a step."""
    return any(step.loss < 0 for result in results for step in result.steps)


def _rows(result: ThermogravimetryResult, measures: Sequence[str]) -> list[tuple[Entry | None, ...]]:
    """The rows of one sample; its name, residue and char are merged over them."""
    count = max(len(result.steps), 1)
    merged = [
        Entry(text=formula(result.label), rows=count),
        *(dataclasses.replace(entry(result, name), rows=count) for name in ("residue", "char_yield")),
    ]
    rows = []
    for number in range(1, count + 1):
        label, residue, char = merged if number == 1 else (None, None, None)
        own = [entry(result, f"step{number}.{what}") for what in measures]
        rows.append((label, Entry(text=str(number)), *own, residue, char))
    return rows


TABLES = {"steps": step_table}
