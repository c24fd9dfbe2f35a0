"""Tables of sorption: areas and volumes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.sorption.result import SorptionResult


def areas_and_volumes(results: Sequence[SorptionResult]) -> Table:
    """BET area with its range over windows, C, volumes and class: one row per sample."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="bet_area", label="BET area", unit="m^{2} g^{−1}"),
        Column(key="bet_area_low", label="least"),
        Column(key="bet_area_high", label="greatest"),
        Column(key="bet_c", label="C"),
        Column(key="pore_volume", label="Pore volume", unit="cm^{3} g^{−1}"),
        Column(key="micropore_volume", label="Micropore volume", unit="cm^{3} g^{−1}"),
        Column(key="bjh_mode_adsorption", label="BJH mode", unit="nm"),
        Column(key="isotherm_type", label="Type"),
    )
    rows = []
    for result in results:
        own = [entry(result, column.key) for column in columns[1:-1]]
        rows.append((Entry(text=formula(result.label)), *own, Entry(text=result.isotherm_type)))
    said = tuple(dict.fromkeys(n.text for r in results for n in r.notes if n.code == "bjh_settings"))
    notes = ("Least and greatest: over all windows that meet Rouquerol's criteria.", *said)
    return Table(columns=columns, rows=tuple(rows), notes=notes, simulated=simulated(results))


TABLES = {"areas and volumes": areas_and_volumes}
