"""Columns of tables that show the rows of results: key, label, unit and digits of each, and the entries under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.table import Column, Entry

if TYPE_CHECKING:
    from halfcell.core.result import Result, Scalar


@dataclass(frozen=True)
class RowColumn:
    """A column of one key of the rows; `decimals` None shows as many digits as the number has."""

    key: str
    label: str
    unit: str = ""
    decimals: int | None = 0

    @property
    def column(self) -> Column:
        """The head of the column."""
        return Column(key=self.key, label=self.label, unit=self.unit)

    def entry(self, result: Result, value: Scalar, std: Scalar = None) -> Entry:
        """One value of a row of the result, with its uncertainty where given; a dash where there is none."""
        if not isinstance(value, float | int):
            return Entry(text="-")
        known = float(std) if isinstance(std, float | int) and std > 0 else None
        digits = None if known else self.decimals
        quantity = Quantity(float(value), self.unit, known, "fit covariance" if known else "", digits)
        return Entry(text=quantity.number, quantity=quantity, origin=f"{result.id}:{self.key}")
