"""X-ray absorption scans as measurements: checked, sorted by energy, repeated energies averaged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.json_values import Json

    Array = NDArray[np.float64]


def xas(columns: Mapping[str, Array], meta: Mapping[str, Json], where: str) -> Measurement:
    """An absorption scan with ascending energy; repeated energies are averaged, and a note says so.

    Raises
    ------
    InputError
        If columns differ in length, have fewer than 20 points or contain values that are not numbers.
    """
    energy = columns["energy_electronvolt"]
    if len({len(values) for values in columns.values()}) != 1 or len(energy) < 20:
        raise InputError(f"only {len(energy)} points, 20 are needed", where, "is this a whole scan?")
    if not all(np.isfinite(values).all() for values in columns.values()):
        raise InputError("a value is not a number", where)
    unique, inverse, counts = np.unique(energy, return_inverse=True, return_counts=True)
    merged = {name: np.bincount(inverse, values) / counts for name, values in columns.items()}
    merged["energy_electronvolt"] = unique
    repeats = int(len(energy) - len(unique))
    text = f"{repeats} repeated energies were averaged"
    notes = (Note("correction", "energies_averaged", text),) if repeats else ()
    return Measurement(technique="xas", columns=merged, meta=dict(meta), notes=notes)


def absorption(incident: Array, transmitted: Array, where: str) -> Array:
    """mu t = ln(I0 / I1).

    Raises
    ------
    InputError
        If a count is zero or negative.
    """
    if (incident <= 0).any() or (transmitted <= 0).any():
        raise InputError("detector counts must be positive", where, "mu t = ln(I0 / I1) is undefined")
    return np.asarray(np.log(incident / transmitted))


def table(lines: list[str], where: str) -> Array:
    """Rows of numbers, all of the same length.

    Raises
    ------
    InputError
        If a row contains something else than numbers or differs from the first in length.
    """
    rows = []
    for number, line in enumerate(line for line in lines if line.strip() and not line.startswith("#")):
        try:
            rows.append([float(cell) for cell in line.replace(",", " ").split()])
        except ValueError as error:
            raise InputError(f"row {number + 1} contains a non-numeric value: {error}", where) from error
        if len(rows[-1]) != len(rows[0]):
            raise InputError(
                f"row {number + 1} has {len(rows[-1])} columns, not {len(rows[0])}",
                where,
                "expected as many everywhere",
            )
    if not rows:
        raise InputError("no rows of numbers", where, "expected energy and absorption")
    return np.array(rows)
