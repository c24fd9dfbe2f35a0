"""Take the values of a comparison from the cycles of a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result, Row
from halfcell.literature.schema import Record, schema
from halfcell.literature.techniques.comparison.result import ComparisonResult
from halfcell.techniques import cycling

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Scalar
    from halfcell.literature.techniques.comparison.settings import Settings


def analyse(measurement: Measurement, settings: Settings) -> ComparisonResult:
    """Take the compared values from the cycles of a cell.

    Parameters
    ----------
    measurement
        As for `cycling`.
    settings
        Which comparison, the names printed, and the cell's kind, masses and area.

    Returns
    -------
    ComparisonResult
        Records with the printed values. A value that neither the file nor the settings give stays empty, with a note;
        nothing is guessed.

    Raises
    ------
    InputError, Refused
        As `cycling`.
    """
    solid = settings.comparison == "solid_state"
    inner = cycling.Settings(
        kind=settings.kind,
        active_mass_mg=settings.active_mass_mg,
        cathode_active_mass_mg=settings.cathode_active_mass_mg,
        area_cm2=settings.area_cm2,
        retention_cycle=0 if solid else settings.cycle,
        reference_cycle=settings.reference_cycle,
    )
    result = cycling.analyse(measurement, inner)
    rows = _by_rate(result.rows) if solid else _at_cycle(result, settings.cycle, inner.retained)
    named = _named(settings)
    records = tuple(Record(schema=settings.comparison, values={**named, **row}, own=True) for row in rows)
    kept = ("initial_coulombic_efficiency", "capacity_retention")
    quantities = {name: result.quantities[name] for name in kept if name in result.quantities}
    return ComparisonResult(
        technique="comparison",
        quantities=quantities | _capacity(rows),
        notes=(*(n for n in result.notes if _matters(n)), *_gaps(records, settings)),
        name=settings.comparison,
        own=records,
        conditions=settings.filter,
    )


def _matters(note: Note) -> bool:
    """Whether a note of the cycling analysis is a refusal or doubt about what comparisons show (not energies)."""
    return note.level in {"refused", "doubt"} and note.code != "stack_mass_missing"


def _named(settings: Settings) -> dict[str, str]:
    """The names and conditions that the comparison prints."""
    values = {
        "anode": settings.anode,
        "cathode": settings.cathode,
        "solid_electrolyte": settings.solid_electrolyte,
        "electrolyte": settings.electrolyte,
        "cathode_loading_mg_per_cm2": settings.cathode_loading_mg_per_cm2,
        "temperature_degc": _plain(settings.temperature_degc),
        "stack_pressure_mpa": _plain(settings.pressure_mpa),
    }
    known = {column.key for column in schema(settings.comparison).columns}
    return {key: value for key, value in values.items() if key in known}


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _at_cycle(result: Result, cycle: int, side: str) -> list[dict[str, str]]:
    """ICE, capacity, current density and retention of cycle X, with one decimal."""
    row: Row = next((r for r in result.rows if r["cycle"] == cycle and r["complete"]), {})
    values = {
        "ice_percent": _tenth(result.quantities.get("initial_coulombic_efficiency")),
        "retention_percent": _tenth(result.quantities.get("capacity_retention")),
        "capacity_mah_per_g": _number(row, f"{side}_capacity", 1),
        "current_density_ma_per_g": _number(row, "current_density", 0),
        "cycle": str(cycle),
    }
    return [{key: value for key, value in values.items() if value}]


def _by_rate(rows: Sequence[Row]) -> list[dict[str, str]]:
    """Areal current and capacity of the last complete cycle of each stretch at one rate."""
    last: dict[Scalar, Row] = {row["block"]: row for row in rows if row["complete"] and row["role"] != "precycle"}
    pairs = {(_number(r, "areal_current", 2), _number(r, "areal_capacity", 2)) for r in last.values()}
    return [
        {"current_density_ma_per_cm2": current, "areal_capacity_mah_per_cm2": capacity}
        for current, capacity in sorted(pairs, key=lambda pair: float(pair[0] or 0))
    ]


def _number(row: Row, key: str, decimals: int) -> str:
    value = row.get(key)
    return Quantity(abs(value), decimals=decimals).number if isinstance(value, float) else ""


def _tenth(quantity: Quantity | None) -> str:
    return Quantity(quantity.value, decimals=1).number if quantity else ""


def _capacity(rows: Sequence[Mapping[str, str]]) -> dict[str, Quantity]:
    """The compared capacity as a quantity."""
    if rows and "capacity_mah_per_g" in rows[0]:
        return {"compared_capacity": Quantity(float(rows[0]["capacity_mah_per_g"]), "mAh/g", decimals=1)}
    areal = [float(row["areal_capacity_mah_per_cm2"]) for row in rows if row.get("areal_capacity_mah_per_cm2")]
    return {"compared_areal_capacity": Quantity(max(areal), "mAh/cm2", decimals=2)} if areal else {}


def _gaps(records: Sequence[Record], settings: Settings) -> tuple[Note, ...]:
    """A doubt that names the columns for which your result has no value."""
    shown = [c for c in schema(settings.comparison).columns if not c.hidden and c.key != "reference"]
    empty = [c.label for c in shown if any(not r.values.get(c.key) for r in records)]
    text = "your result lacks values for: " + ", ".join(empty)
    return (Note("doubt", "comparison_gap", text),) if empty else ()
