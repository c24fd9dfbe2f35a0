"""Reported results from the tables of documents: the columns of the comparisons, read by the grammar of heads."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.audit.readings import Facts, Reading, Record


class _Number(NamedTuple):
    """A column of a comparison: the quantities that fill it, the first that is there, their unit, the electrode."""

    key: str
    quantities: tuple[str, ...]
    unit: str
    of: str = ""


CAPACITIES = ("reversible_capacity", "capacity", "discharge_capacity", "charge_capacity")
_NUMBERS = (
    _Number("ice_percent", ("initial_coulombic_efficiency",), "%"),
    _Number("current_density_ma_per_g", ("current_density",), "mA/g"),
    _Number("current_density_ma_per_cm2", ("current_density",), "mA/cm2"),
    _Number("capacity_mah_per_g", CAPACITIES, "mAh/g"),
    _Number("areal_capacity_mah_per_cm2", ("areal_capacity",), "mAh/cm2"),
    _Number("retention_percent", ("capacity_retention",), "%"),
    _Number("cathode_loading_mg_per_cm2", ("loading",), "mg/cm2", "cathode"),
    _Number("stack_pressure_mpa", ("pressure",), "MPa"),
    _Number("temperature_degc", ("temperature",), "°C"),
)
_OF = {
    "anodes": frozenset({"ice_percent", "current_density_ma_per_g", "capacity_mah_per_g", "retention_percent"}),
    "full_cells": frozenset({"current_density_ma_per_g", "capacity_mah_per_g", "retention_percent"}),
    "solid_state": frozenset(
        {
            *("cathode_loading_mg_per_cm2", "stack_pressure_mpa", "temperature_degc", "current_density_ma_per_cm2"),
            "areal_capacity_mah_per_cm2",
        }
    ),
}
COLUMNS = (
    *("comparison", "anode", "cathode", "solid_electrolyte", "electrolyte"),
    *(number.key for number in _NUMBERS),
    *("cycle", "reference", "doi", "carrier", "document", "table", "row"),
)


def rows_of(facts: Facts) -> Iterator[dict[str, str]]:
    """The rows of all tables that name an electrode and hold a number of a comparison; numbers keep their digits."""
    for record in facts.records:
        kind = _comparison(record)
        numbers = {n.key: r for n in _NUMBERS if n.key in _OF[kind] and (r := _reading(record, n)) is not None}
        anode = record.anode or record.subject
        if not numbers or not anode:
            continue
        texts = {key: _text(reading, _unit(key)) for key, reading in numbers.items()}
        cycle = _cycle(record, list(numbers.values()))
        yield {
            "comparison": kind,
            "anode": anode,
            "cathode": record.cathode if kind != "anodes" else "",
            "solid_electrolyte": (record.electrolyte or record.words.get("solid_electrolyte", "")),
            "electrolyte": record.words.get("electrolyte", "") if kind == "anodes" else "",
            **texts,
            "cycle": cycle if kind != "solid_state" else "",
            "reference": _reference(record, facts.paper.path),
            "carrier": facts.carriers.get(record.table, "Li"),
            "document": facts.paper.path,
            "table": record.table,
            "row": str(record.row + 1),
        }


def _reference(record: Record, path: str) -> str:
    """The reference that a row gives; of a document's own row, the name of the document."""
    from pathlib import Path

    return Path(path).stem if record.own else record.words.get("reference", "").strip().strip("[]")


def _comparison(record: Record) -> str:
    """The comparison that a row belongs to: by its electrolyte and its cathode."""
    solid = bool(record.electrolyte or record.words.get("solid_electrolyte")) or bool(
        record.kind and record.kind.is_solid_state
    )
    if record.cathode:
        return "solid_state" if solid else "full_cells"
    return "anodes"


def _reading(record: Record, number: _Number) -> Reading | None:
    """The one number of a row that fills a column; None if there is none, or several."""
    for quantity in number.quantities:
        found = [r for r in record.all(quantity, number.unit) if not number.of or r.of in {"", number.of}]
        if len(found) == 1:
            return found[0]
        if found:
            return None
    return None


def _unit(key: str) -> str:
    return next(number.unit for number in _NUMBERS if number.key == key)


def _text(reading: Reading, unit: str) -> str:
    """The number as printed, in the unit of the column; a power of ten only moves its point."""
    from halfcell.core.units import parse

    wanted = parse(unit)
    factor = reading.unit.scale / wanted.scale if wanted else Fraction(1)
    text = reading.printed.text.replace(",", "")
    if factor == 1:
        return text
    value = Decimal(text) * Decimal(factor.numerator) / Decimal(factor.denominator)
    digits = len(Decimal(text).as_tuple().digits)
    moved = factor.numerator % 10 == 0 or factor.denominator % 10 == 0
    return f"{value.normalize():f}" if moved else f"{value:.{digits}g}"


def _cycle(record: Record, readings: Sequence[Reading]) -> str:
    stated = next((str(r.cycle) for r in readings if r.cycle is not None and r.cycle > 1), "")
    column = record.one("cycle")
    return stated or (column.printed.text if column is not None else "")


def as_csv(rows: Sequence[Mapping[str, str]]) -> str:
    """The rows as CSV, which `halfcell compare --add` reads."""
    import csv
    import io

    from halfcell.core.spreadsheet_cells import harmless_row

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(harmless_row([row.get(column, "") for column in COLUMNS]) for row in rows)
    return buffer.getvalue()
