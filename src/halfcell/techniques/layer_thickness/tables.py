"""Tables of layer thicknesses: one row per sample and state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import doubts, simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.layer_thickness.result import LayerThicknessResult

_NOTE = (
    "Uncertainties hold correlated columns, differences between pictures and the scale; changes do not hold the scale"
    " where all pictures have pixels of one size."
)


def thicknesses(results: Sequence[LayerThicknessResult]) -> Table:
    """Thickness of the coating in each state, its unevenness, the change from the reference, number of pictures."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="state", label="State"),
        Column(key="coating_thickness", label="Thickness", unit="µm"),
        Column(key="unevenness", label="Unevenness", unit="µm"),
        Column(key="thickness_change", label="Change", unit="%"),
        Column(key="pictures", label="Pictures"),
    )
    rows = tuple(
        (
            Entry(text=formula(r.sample)),
            Entry(text=formula(r.state)),
            *(entry(r, c.key) if c.key in r.quantities else Entry(text="–") for c in columns[2:]),
        )
        for r in results
    )
    return Table(columns=columns, rows=rows, notes=(_NOTE, *doubts(results)), simulated=simulated(results))


TABLES = {"thicknesses": thicknesses}
