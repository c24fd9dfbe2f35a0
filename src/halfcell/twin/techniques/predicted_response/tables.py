"""Tables of a predicted response: what was measured beside what was predicted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry, Table
from halfcell.techniques.common.figure_notes import simulated
from halfcell.twin.techniques.predicted_response.figures import refuse_empty

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row
    from halfcell.twin.techniques.predicted_response.result import PredictedResponseResult

_DECIMALS = {"V": 3, "ohm": 2, "mV": 0, "%": 0}


def beside(results: Sequence[PredictedResponseResult]) -> Table:
    """One row per peak or decade: measured, predicted, difference."""
    refuse_empty(results)
    several = len(results) > 1
    heads = [("name", "Quantity"), ("measured", "Measured"), ("predicted", "Predicted"), ("difference", "Difference")]
    columns = [Column(key="label", label="Materials")] if several else []
    columns += [Column(key=key, label=label) for key, label in heads]
    known = any(row["z"] is not None for one in results for row in one.rows)
    columns += [Column(key="z", label="z")] if known else []
    rows = [
        (
            *([Entry(text=one.label)] if several else []),
            Entry(text=str(row["name"])),
            *(_entry(one, row, key, "unit") for key in ("measured", "predicted")),
            _entry(one, row, "difference", "unit_of_difference"),
            *([_z(one, row)] if known else []),
        )
        for one in results
        for row in one.rows
    ]
    cards = ", ".join(dict.fromkeys(one.card for one in results))
    more = " z is measured less predicted over the uncertainty of both." if known else ""
    notes = (f"Predicted from {cards}. Differences are predicted less measured; nothing was fitted.{more}",)
    return Table(columns=tuple(columns), rows=tuple(rows), notes=notes, simulated=simulated(results))


def _z(one: PredictedResponseResult, row: Row) -> Entry:
    value = row["z"]
    if not isinstance(value, float):
        return Entry(text="-")
    quantity = Quantity(value, "", decimals=1)
    return Entry(text=f"{value:.1f}", quantity=quantity, origin=f"{one.id}:z")


def _entry(one: PredictedResponseResult, row: Row, key: str, unit_key: str) -> Entry:
    value, unit = row[key], str(row[unit_key])
    if not isinstance(value, float):
        return Entry(text="-")
    decimals = _DECIMALS.get(unit, 2)
    quantity = Quantity(value, unit, decimals=decimals)
    return Entry(text=f"{value:.{decimals}f} {unit}", quantity=quantity, origin=f"{one.id}:{key}")


TABLES = {"measured and predicted": beside}
