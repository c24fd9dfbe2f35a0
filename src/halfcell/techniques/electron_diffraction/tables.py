"""Tables of electron diffraction: rings or lattice vectors beside the planes of the phases that fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table
from halfcell.techniques.common.figure_notes import doubts, simulated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from halfcell.core.result import Row
    from halfcell.techniques.electron_diffraction.result import ElectronDiffractionResult


def reflections(results: Sequence[ElectronDiffractionResult]) -> Table:
    """Spacing of each ring or lattice vector, its plane in the best phase, and the phases that tie."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="number", label="Ring or vector"),
        Column(key="radius", label="Radius", unit="px"),
        Column(key="spacing", label="d", unit="nm"),
        Column(key="plane", label="Plane"),
        Column(key="best", label="Phase"),
    )
    rows = tuple(row for result in results for row in _rows(result))
    return Table(columns=columns, rows=rows, notes=doubts(results), simulated=simulated(results))


def _rows(result: ElectronDiffractionResult) -> Iterator[tuple[Entry, ...]]:
    for place, row in enumerate(result.rows):
        yield (
            Entry(text=formula(result.label) if place == 0 else ""),
            Entry(text=str(row.get("ring") or row.get("vector") or "")),
            Entry(text=_number(row, "radius", "px")),
            Entry(text=_number(row, "spacing", "nm")),
            Entry(text=str(row.get("plane") or "")),
            Entry(text=formula(str(row.get("best") or ""))),
        )


def _number(row: Row, name: str, unit: str) -> str:
    value, std = row.get(name), row.get(f"{name}_std")
    if not isinstance(value, float):
        return ""
    return Quantity(value, unit, std if isinstance(std, float) else None, "fit covariance").number


TABLES = {"reflections": reflections}
