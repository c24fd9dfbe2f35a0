"""The columns of a table as numbers: for each row the interval that its printed digits allow."""

from __future__ import annotations

from collections.abc import Mapping
from math import log
from typing import TYPE_CHECKING, NamedTuple

from halfcell.audit.number_relations.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.audit.readings import Reading, Record
    from halfcell.core.printed import Rounding
    from halfcell.core.units import Dimension, Unit

COLUMNS = 14  # of one table that are compared
PERCENT = {"%", "wt%", "at%", "vol%", "mol%"}
PARTS = {"", "mass_fraction", "composition", "total"}  # what may stand side by side without a unit
EXACT = {"c_rate", "cycle"}  # what is set, not measured: 1C is no 1.4C
Key = tuple[str, str, str, int | None, str, int]


class Column(NamedTuple):
    """One column: its place among the others, its unit, and by row the printed numbers and their intervals."""

    place: int
    key: Key
    unit: Unit
    cells: Mapping[int, Reading]
    spans: Mapping[int, Span]
    logs: Mapping[int, tuple[float, float]]  # middle and half of the width of the logarithms of positive intervals
    rows: tuple[int, ...]  # those with a number

    @property
    def label(self) -> str:
        """The words of its head."""
        return self.key[0]

    @property
    def varies(self) -> bool:
        """Whether its numbers differ; one that is the same in all rows is not a target, and no constant."""
        return len({reading.printed.text for reading in self.cells.values()}) > 1

    @property
    def dimension(self) -> Dimension:
        """The dimension of its unit."""
        return self.unit.dimension

    @property
    def is_pure(self) -> bool:
        """Whether its numbers are without a dimension: shares, ratios, or without a printed unit."""
        return not any(self.unit.dimension) and (not self.unit.kind or self.unit.kind in PERCENT)

    @property
    def is_share(self) -> bool:
        """Whether its numbers are in per cent."""
        return self.unit.kind in PERCENT

    @property
    def is_measured(self) -> bool:
        """Whether its unit takes part in products: no temperature in °C, no C-rate, no number of cycles."""
        return not self.unit.kind or self.unit.kind in PERCENT or self.unit.kind == "money"

    def alike(self, other: Column) -> bool:
        """Whether two columns are in units of one kind, so that they can be added."""
        same = self.unit.fits(other.unit) and self.has_unit == other.has_unit
        return same and (self.has_unit or self.quantity == other.quantity or {self.quantity, other.quantity} <= PARTS)

    @property
    def quantity(self) -> str:
        """What its numbers are; empty if its head was not understood."""
        return next(iter(self.cells.values())).quantity

    @property
    def has_unit(self) -> bool:
        """Whether a unit is printed."""
        return bool(self.unit.text)


def columns_of(rows: Sequence[Record], rounding: Rounding) -> list[Column]:
    """The columns of exact numbers of a table, in their order."""
    found: dict[Key, dict[int, Reading]] = {}
    twice: set[Key] = set()
    for index, record in enumerate(rows):
        for reading in record.readings:
            key = (reading.label, reading.group, reading.unit.text, reading.cycle, reading.at, reading.part)
            cells = found.setdefault(key, {})
            if index in cells:
                twice.add(key)
            if not reading.sign and reading.upper is None and reading.spread is None:
                cells[index] = reading
    kept = [(key, cells) for key, cells in found.items() if key not in twice and len(cells) > 2]
    return [_column(place, key, cells, rounding) for place, (key, cells) in enumerate(kept[:COLUMNS])]


def _column(place: int, key: Key, cells: Mapping[int, Reading], rounding: Rounding) -> Column:
    unit = next(iter(cells.values())).unit
    spans = {row: span_of(reading, rounding) for row, reading in cells.items()}
    ends = {row: (log(span.low), log(span.high)) for row, span in spans.items() if span.low > 0}
    logs = {row: ((low + high) / 2, (high - low) / 2) for row, (low, high) in ends.items()}
    return Column(place, key, unit, cells, spans, logs, tuple(sorted(spans)))


def span_of(reading: Reading, rounding: Rounding) -> Span:
    """The interval of a printed number, in SI base units."""
    if reading.quantity in EXACT or reading.unit.kind == "C-rate":
        return Span(float(reading.point), float(reading.point))
    interval = reading.interval(rounding)
    return Span(float(interval.low), float(interval.high))
