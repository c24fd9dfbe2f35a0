"""Readings: the printed numbers of a document, each with its quantity, unit, subject and place, for the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from typing import TYPE_CHECKING

from halfcell.audit.document_place import Place
from halfcell.audit.heads.vocabulary import LEXICON_ALONE, Vocabulary
from halfcell.audit.interval import Interval
from halfcell.audit.settings import Settings
from halfcell.core import material_names
from halfcell.core.units import PLAIN, Unit, parse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.audit.understanding import TableReading
    from halfcell.core.printed import Printed, Rounding
    from halfcell.core.printed_document import Paper
    from halfcell.core.sample import CellKind
    from halfcell.materials.carriers import Carrier

ABOUT = frozenset({"~", "≈", "∼", "ca", "ca.", "about", "approx", "approx."})  # signs of a number that is not exact
ABOUT_SHARE = Fraction(2, 100)  # by which such a number may be off beside its rounding


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Reading:
    """One printed number and what it means.

    Each cell of a table gives one reading; all rows of a merged cell share it.

    Parameters
    ----------
    quantity
        What it is: ``initial_charge_capacity``, ``mass`` ...; empty if the column header was not understood.
    printed, upper, sign
        The number; the upper end if it is a range; ``~``, ``<`` or ``>`` if one is printed before it.
    unit, has_unit
        Its unit, and whether the document prints one.
    where, row, column, part
        Its place, see `Place`.
    of
        The part of the cell: ``anode``, ``cathode active``, ``separator`` ...
    label
        The column header without the unit, or the words before the number in a text.
    subject
        The material or cell that it belongs to.
    cycle, at
        The cycle number, and the rate or another condition, if they are printed.
    spread
        The number behind ±.
    group
        The head that spans this column and others: ``EDX`` over the elements.
    basis
        What a number per gram is counted on, if its unit says so: ``Si`` of ``mAh gSi-1``.
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
    spread: Printed | None = None
    at: str = ""
    group: str = ""
    basis: str = ""
    part: int = 0

    @property
    def point(self) -> Fraction:
        """The printed value in SI base units, exactly."""
        return _point(self.printed, self.unit.scale)

    def interval(self, rounding: Rounding = "half up") -> Interval:
        """The interval that rounding allows, in SI base units; for a range, from its lower to its upper end."""
        low = scaled(self.printed, self.unit.scale, rounding)
        if self.sign in ABOUT:
            low = Interval(low.low - ABOUT_SHARE * abs(self.point), low.high + ABOUT_SHARE * abs(self.point))
        return low if self.upper is None else Interval(low.low, scaled(self.upper, self.unit.scale, rounding).high)

    @property
    def text(self) -> str:
        """The number with its unit."""
        return f"{self.sign}{self.printed.text} {self.unit.text}".strip()

    @property
    def place(self) -> Place:
        """Where it is printed."""
        return Place(where=self.where, row=self.row, column=self.column, part=self.part)


@dataclass(frozen=True, kw_only=True, eq=False)
class Record:
    """One row of a table (one column, if the table is transposed): a subject and its readings.

    Parameters
    ----------
    table, row, subject
        Name of the table, number of the row, and the material or cell that the row is about.
    readings
        Its numbers.
    words
        Its cells that hold words, by quantity: ``anode``, ``cathode``, ``reference`` ...
    kind, anode, electrolyte, cathode
        The kind and the parts of the cell, as far as the document says.
    none
        The heads below which it prints that there is nothing.
    own, compares
        Whether the row is marked as the document's own result, and whether the table compares with reported results.
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
    none: tuple[str, ...] = ()
    own: bool = False
    compares: bool = False

    def all(self, quantity: str, unit: str = "", of: str | None = None) -> tuple[Reading, ...]:
        """The readings of a quantity that have a compatible unit and belong to this part of the cell."""
        return tuple(
            reading
            for reading in self.readings
            if reading.quantity == quantity
            and reading.sign in {"", *ABOUT}
            and reading.upper is None
            and fits(reading.unit, unit)
            and (of is None or reading.of == of)
        )

    def one(self, quantity: str, unit: str = "", of: str | None = None) -> Reading | None:
        """The reading of a quantity if there is exactly one."""
        found = self.all(quantity, unit, of)
        return found[0] if len(found) == 1 else None

    @cached_property
    def cell(self) -> material_names.Parts:
        """Anode, electrolyte and cathode, spelled as names are compared."""
        return material_names.Parts(
            material_names.key(self.anode), material_names.key(self.electrolyte), material_names.key(self.cathode)
        )

    @property
    def name(self) -> str:
        """The name of the row: that of the cell, or the subject."""
        if self.anode and self.cathode:
            return "|".join(part for part in (self.anode, self.electrolyte, self.cathode) if part)
        return self.subject or f"row {self.row + 1}"


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One sentence: its place, its text, the table that it or its paragraph names, and what it states."""

    where: str
    start: int
    text: str
    named: frozenset[str]
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a document states: records of its tables, numbers in its texts, the carrier of each table's cells.

    `vocabulary` are the words that its heads were read with.
    """

    paper: Paper
    settings: Settings = field(default_factory=Settings)
    records: tuple[Record, ...] = ()
    statements: tuple[Reading, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[TableReading, ...] = ()
    carriers: Mapping[str, Carrier] = field(default_factory=dict)
    vocabulary: Vocabulary = LEXICON_ALONE

    def by_table(self) -> Mapping[str, tuple[Record, ...]]:
        """Table name -> its records, in order."""
        found: dict[str, list[Record]] = {}
        for record in self.records:
            found.setdefault(record.table, []).append(record)
        return {name: tuple(records) for name, records in found.items()}


@cache
def scaled(printed: Printed, scale: Fraction, rounding: Rounding) -> Interval:
    """The interval of a printed number times the scale of its unit."""
    low, high = printed.interval(rounding)
    return Interval(low * scale, high * scale)


@cache
def _point(printed: Printed, scale: Fraction) -> Fraction:
    return printed.value * scale


def fits(unit: Unit, wanted: str) -> bool:
    """Whether a unit measures the same as the wanted one; any unit does if none is wanted."""
    other = parse(wanted) if wanted else None
    return not wanted or (other or PLAIN).fits(unit)
