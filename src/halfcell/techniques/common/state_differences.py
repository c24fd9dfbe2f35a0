"""Series of states: difference curves with their noise, and a table of what appears and vanishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Area, Axis, Layer, Line, Text
from halfcell.core.markup import formula
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.core.quantity import Kind
    from halfcell.core.result import Result
    from halfcell.maths.state_series import Change

    Array = NDArray[np.float64]

_SIGMAS = 2.0  # half width of the band around a difference


@dataclass(frozen=True, kw_only=True, eq=False)
class Difference:
    """One state minus the first: axis, difference, its standard uncertainty, and its label."""

    x: Array
    value: Array
    std: Array
    words: str


@dataclass(frozen=True, kw_only=True)
class AmountInState:
    """Amount of one thing in a state (per cent of its largest), its standard uncertainty, and how it changed."""

    percent: float
    std: float
    change: Change

    def quantity(self, kind: Kind) -> Quantity:
        """The amount, with the kind of its uncertainty."""
        return Quantity(self.percent, "%", self.std, kind)


def state_name(measurement: Measurement) -> str:
    """The name of a state: the tag ``{state}`` in the file name, else the sample, the title, or the file name."""
    meta = measurement.meta
    word = meta.get("tags", {}).get("state", "") or meta.get("sample", "") or meta.get("title", "")
    return str(word).replace("_", " ") or PurePath(measurement.where).stem


def words(state: str, first: str) -> str:
    """The label of a difference: ``0.01 V − pristine``."""
    return f"{formula(state)} − {formula(first)}"


def difference_layers(shown: Sequence[Difference]) -> tuple[list[Layer], float]:
    """Differences stacked on one scale, each with a band of two standard uncertainties; and the upper end of the axis.

    The band is what noise does around zero; where the curve leaves its band, something has changed.
    """
    step = 1.1 * max((max(float(np.ptp(o.value)), 2 * _SIGMAS * float(o.std.max())) for o in shown), default=1.0)
    layers: list[Layer] = []
    top = 1.0 if not shown else -np.inf
    for index, one in enumerate(shown):
        base, high = index * step, _SIGMAS * one.std
        band = f"{one.words}, two standard uncertainties"
        layers.append(Area(x=one.x, y=high, y_low=-high, colour=-1, name=band, raised=base))
        layers.append(Line(x=one.x, y=one.value, colour=index + 1, width_pt=0.5, name=one.words, raised=base))
        place = float(one.x[0] + 0.985 * (one.x[-1] - one.x[0]))
        above = max(0.12 * step, 1.3 * float(high.max()))
        top = max(top, base + above, base + float(one.value.max()))
        layers.append(Text(x=place, y=base + above, text=one.words, align="right", colour=index + 1))
    return layers, top + 0.2 * step


def difference_axis(unit: str, high: float, count: int) -> Axis:
    """The y axis of stacked differences; with more than one it has no numbers, which would be those of the lowest."""
    return Axis(label="Difference", unit=unit, high=high, no_numbers=count > 1)


def change_rows(kind: str, state: str, changed: Mapping[str, AmountInState]) -> tuple[Row, ...]:
    """One row per thing of a state: amount, its standard uncertainty, what it does against the last state."""
    return tuple(
        {"state": state, kind: name, "amount": one.percent, "amount_std": one.std, "change": one.change}
        for name, one in changed.items()
    )


def change_notes(changed: Mapping[str, AmountInState]) -> tuple[Note, ...]:
    """What appears or vanishes in a state."""
    found = [f"{name} {one.change}" for name, one in changed.items() if one.change in {"appears", "vanishes"}]
    return (Note("info", "state_change", "; ".join(found)),) if found else ()


def change_table(results: Sequence[Result], kind: str) -> Table:
    """Amount of each thing (key `kind` of the rows) in each state, in per cent of its largest, and its change."""
    names = list(dict.fromkeys(str(row[kind]) for result in results for row in result.rows if "change" in row))
    columns = [Column(key="state", label="State")]
    for name in names:
        columns.append(Column(key=f"{name}.amount", label=formula(name), unit="%"))
        columns.append(Column(key=f"{name}.change", label="Change"))
    rows = []
    for result in results:
        does = {str(row[kind]): str(row["change"]) for row in result.rows if "change" in row}
        cells = [Entry(text=_state_of(result))]
        for name in names:
            cells += [entry(result, f"{name}.amount"), Entry(text=does.get(name, "-"))]
        rows.append(tuple(cells))
    return Table(columns=tuple(columns), rows=tuple(rows), simulated=simulated(results))


def _state_of(result: Result) -> str:
    return str(getattr(result, "state", "") or result.label)
