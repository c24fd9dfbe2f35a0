"""Tables of prediction: what was measured beside what was predicted, with errors and z."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.table import Column, Entry, Table
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.row_columns import RowColumn
from halfcell.twin.techniques.prediction.rows import refuse_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.twin.techniques.prediction.result import PredictionResult

_COLUMNS = (
    RowColumn("cycle", "Cycle"),
    RowColumn("current_density", "Current density", "mA g^{-1}"),
    RowColumn("capacity", "Capacity, measured", "mAh g^{-1}", 1),
    RowColumn("predicted_capacity", "Capacity, predicted", "mAh g^{-1}", 1),
    RowColumn("predicted_capacity_low", "5 %", "mAh g^{-1}", 1),
    RowColumn("predicted_capacity_high", "95 %", "mAh g^{-1}", 1),
    RowColumn("capacity_error", "Error", "%", 1),
    RowColumn("capacity_z", "z", "", 1),
    RowColumn("mean_voltage", "Mean voltage, measured", "V", 3),
    RowColumn("predicted_voltage", "Mean voltage, predicted", "V", 3),
    RowColumn("voltage_z", "z", "", 1),
)
_ONLY_WITH_BAND = {"predicted_capacity_low", "predicted_capacity_high", "capacity_z", "voltage_z"}


def beside(results: Sequence[PredictionResult]) -> Table:
    """One row per stretch of cycles at one rate: measured, predicted, error and z."""
    refuse_empty(results)
    known = {key for result in results for row in result.rows for key, value in row.items() if value is not None}
    shown = [one for one in _COLUMNS if one.key in known or one.key not in _ONLY_WITH_BAND]
    several = len(results) > 1
    columns = [Column(key="label", label="Materials")] if several else []
    rows = [
        (*([Entry(text=result.label)] if several else []), *(one.entry(result, row[one.key]) for one in shown))
        for result in results
        for row in result.rows
    ]
    return Table(
        columns=(*columns, *(one.column for one in shown)),
        rows=tuple(rows),
        notes=_notes(results),
        simulated=simulated(results),
    )


def _notes(results: Sequence[PredictionResult]) -> tuple[str, ...]:
    """What the columns mean, and what each card rests on."""
    said = ["Capacities are per gram of cathode active material. Errors are predicted less measured."]
    if any(row["capacity_z"] is not None for result in results for row in result.rows):
        said.append("z is measured less predicted over the standard uncertainty of the difference.")
    for result in results:
        path = str(result.settings.get("card", ""))
        card = f"{result.card} ({path})" if path.endswith(".toml") else result.card
        said += [f"{result.label}: predicted from {card}." if len(results) > 1 else f"Predicted from {card}."]
    texts = dict.fromkeys(
        note.text for result in results for note in result.notes if note.code in {"no_z", "card_mass"}
    )
    return (*said, *(f"{text[0].upper()}{text[1:]}." for text in texts))


TABLES = {"measured and predicted": beside}
