"""Facts: what a document states, as readings with quantity, unit, subject and place, ready for the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING

from halfcell.audit.interval import Interval
from halfcell.audit.settings import Settings
from halfcell.core import names
from halfcell.core.units import PLAIN, Unit, parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction

    from halfcell.core.paper import Paper
    from halfcell.core.printed import Printed, Rounding
    from halfcell.core.sample import CellKind


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Reading:
    """One printed number and what it means.

    `where` is a table or a caption (``Table S5``, ``Fig. S31``); `row` and `column` are -1 in a caption. Two readings
    are the same only where they are the same cell, so a merged cell is one reading for all its rows.
    """

    quantity: str
    printed: Printed
    unit: Unit
    where: str
    row: int = -1
    column: int = -1
    of: str = ""
    label: str = ""
    subject: str = ""
    sign: str = ""
    cycle: int | None = None
    upper: Printed | None = None
    has_unit: bool = True

    @property
    def point(self) -> Fraction:
        """The printed value in SI base units, exactly."""
        return _point(self.printed, self.unit.scale)

    def interval(self, rounding: Rounding = "half up") -> Interval:
        """The interval that rounding allows, in SI base units; of a range, from its lower to its upper end."""
        low = scaled(self.printed, self.unit.scale, rounding)
        return low if self.upper is None else Interval(low.low, scaled(self.upper, self.unit.scale, rounding).high)

    @property
    def text(self) -> str:
        """The number with its unit."""
        return f"{self.sign}{self.printed.text} {self.unit.text}".strip()

    @property
    def place(self) -> tuple[str, int, int]:
        """Where it stands."""
        return self.where, self.row, self.column


@dataclass(frozen=True, kw_only=True, eq=False)
class Record:
    """One row of a table (or one column of a transposed one): a subject and its readings.

    `words` holds the cells that are text, by quantity (``anode``, ``cathode``, ``reference`` ...); `own` says that the
    row is the document's own result in a comparison.
    """

    table: str
    row: int
    subject: str
    readings: tuple[Reading, ...]
    words: Mapping[str, str] = field(default_factory=dict)
    kind: CellKind | None = None
    anode: str = ""
    cathode: str = ""
    electrolyte: str = ""
    own: bool = False
    compares: bool = False

    def all(self, quantity: str, unit: str = "", of: str | None = None) -> tuple[Reading, ...]:
        """The readings of a quantity, of a unit that fits, and of a part of the cell."""
        return tuple(
            reading
            for reading in self.readings
            if reading.quantity == quantity
            and not reading.sign
            and reading.upper is None
            and fits(reading.unit, unit)
            and (of is None or reading.of == of)
        )

    def one(self, quantity: str, unit: str = "", of: str | None = None) -> Reading | None:
        """The reading of a quantity if there is exactly one."""
        found = self.all(quantity, unit, of)
        return found[0] if len(found) == 1 else None

    @cached_property
    def cell(self) -> tuple[str, str, str]:
        """Anode, electrolyte, cathode as they are compared."""
        return names.key(self.anode), names.key(self.electrolyte), names.key(self.cathode)

    @property
    def name(self) -> str:
        """What the row is called: the cell's name, or the subject."""
        if self.anode and self.cathode:
            return "|".join(part for part in (self.anode, self.electrolyte, self.cathode) if part)
        return self.subject or f"row {self.row + 1}"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All a document states: records of its tables, readings of its captions, and the document itself."""

    paper: Paper
    settings: Settings = field(default_factory=Settings)
    records: tuple[Record, ...] = ()
    statements: tuple[Reading, ...] = ()

    def by_table(self) -> Mapping[str, tuple[Record, ...]]:
        """Table name -> its records, in order."""
        found: dict[str, list[Record]] = {}
        for record in self.records:
            found.setdefault(record.table, []).append(record)
        return {name: tuple(records) for name, records in found.items()}


@cache
def scaled(printed: Printed, scale: Fraction, rounding: Rounding) -> Interval:
    """The interval of a printed number times a scale."""
    low, high = printed.interval(rounding)
    return Interval(low * scale, high * scale)


@cache
def _point(printed: Printed, scale: Fraction) -> Fraction:
    return printed.value * scale


def fits(unit: Unit, wanted: str) -> bool:
    """Whether a unit measures the same as the wanted one ("" = any)."""
    other = parse(wanted) if wanted else None
    return not wanted or (other or PLAIN).fits(unit)
