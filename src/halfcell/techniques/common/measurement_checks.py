"""Checks before an analysis: a measurement made in memory may hold values that readers refuse in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement

_LARGEST = 1e50  # beyond any quantity in any unit; its powers still fit into a float


def sound(measurement: Measurement, *needed: str) -> Measurement:
    """The measurement, if its needed columns are of one length and hold numbers that can be computed with.

    Raises
    ------
    InputError
        If a needed column is missing, there is no record, columns differ in length, or a column has no finite value or
        one above 1e50.
    """
    sizes = {name: len(measurement[name]) for name in needed}
    if len(set(sizes.values())) > 1:
        said = ", ".join(f"{name} {size}" for name, size in sizes.items())
        raise InputError(f"the columns differ in length: {said}", measurement.where)
    for name in needed:
        values = np.asarray(measurement[name], dtype=float)
        finite = np.abs(values[np.isfinite(values)])
        if not finite.size:
            what = f"no finite value in {name}" if values.size else "the measurement holds no record"
            raise InputError(what, measurement.where)
        if finite.max() > _LARGEST:
            what = f"{name} is {finite.max():.3g} in record {int(np.argmax(np.abs(values) == finite.max())) + 1}"
            raise InputError(what, measurement.where, "no instrument measures that: is the column damaged?")
    return measurement


def is_noted(measurement: Measurement, code: str) -> bool:
    """Whether a reader noted this of the file."""
    return any(note.code == code for note in measurement.notes)


def signed_current(measurement: Measurement) -> Measurement:
    """The measurement, if the direction of its current is known.

    Raises
    ------
    Refused
        If the reader found a current without sign, and nothing in the file that tells the direction.
    """
    if is_noted(measurement, "sign_unknown"):
        what = "the current has no sign, and the file does not tell charging from discharging"
        raise Refused(what, measurement.where, "export the current with its sign, or the state of each record")
    return measurement
