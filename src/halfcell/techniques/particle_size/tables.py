"""Tables of particle size: percentiles, span and means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.particle_size.result import ParticleSizeResult


def sizes(results: Sequence[ParticleSizeResult]) -> Table:
    """Percentiles, span and means: one row per sample."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="d10", label="D_{10}", unit="µm"),
        Column(key="d50", label="D_{50}", unit="µm"),
        Column(key="d90", label="D_{90}", unit="µm"),
        Column(key="span", label="Span"),
        Column(key="d43", label="D[4,3]", unit="µm"),
        Column(key="d32", label="D[3,2]", unit="µm"),
    )
    rows = [(Entry(text=formula(r.label)), *(entry(r, column.key) for column in columns[1:])) for r in results]
    kinds = sorted({result.basis for result in results})
    said = tuple(dict.fromkeys(n.text for r in results for n in r.notes if n.code in {"optics", "single_record"}))
    notes = (f"By {' and '.join(kinds)}; span = (D_{{90}} − D_{{10}})/D_{{50}}.", *said)
    return Table(columns=columns, rows=tuple(rows), notes=notes, simulated=simulated(results))


TABLES = {"sizes": sizes}
