"""Results in one figure or table share one unit: all are per gram, or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def printed_unit(results: Sequence[Result], units: Sequence[str], bare: str) -> str:
    """The one unit of all results, as printed: `bare` where no mass is known (``mA``), else that per gram.

    Raises
    ------
    Refused
        If some are per gram and some are not; names those without a mass.
    """
    if len(set(units)) != 1:
        without = ", ".join(result.label for result, unit in zip(results, units, strict=True) if unit == bare)
        raise Refused("no mass, while others are per gram", without, "give the mass of each cell in cells.csv")
    return bare if units[0] == bare else f"{bare} g^{{-1}}"
