"""Oblique unit cells: their printed angles, and by how much they are smaller than a cuboid with the same edges."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import product
from math import cos, radians, sqrt
from typing import TYPE_CHECKING

from halfcell.audit.expression import Constant
from halfcell.audit.interval import Interval

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.audit.readings import Reading, Record
    from halfcell.core.printed import Rounding

_ANGLE = re.compile(r"(?:^|\b(?:angle|cell angle|lattice angle)\s+)(α|β|γ|alpha|beta|gamma)\b", re.IGNORECASE)
_GREEK = {"alpha": "α", "beta": "β", "gamma": "γ"}
SLACK = Fraction(1, 10**10)  # allows for floating-point error of cosine and root


def angles_of(record: Record) -> dict[str, Reading]:
    """The angles of a cell by their Greek letters: readings in degrees, beside lattice parameters, called so."""
    found: dict[str, Reading] = {}
    for reading in record.readings:
        match = _ANGLE.search(reading.label)
        if match and reading.unit.kind == "degree" and not reading.sign and record.all("lattice_parameter", "Å"):
            name = match[1].lower()
            found[_GREEK.get(name, name)] = reading
    return found


def skewness(angles: Mapping[str, Reading], rounding: Rounding, alike: bool = False) -> Constant | None:
    """The volume of a cell over the product of its edges: √(1 − cos²α − cos²β − cos²γ + 2 cosα cosβ cosγ).

    Parameters
    ----------
    angles
        The printed angles; those that are not printed are 90°, or the same as the first if `alike`.
    rounding
        How they are rounded.
    alike
        Whether the cell is rhombohedral.

    Returns
    -------
    Constant or None
        Its interval, from the corners of the intervals of the angles; None if there is no such cell.
    """
    ends = [(a.interval(rounding).low, a.interval(rounding).high) for a in angles.values()]
    values = []
    for corner in product(*ends):
        degrees = [float(angle) for angle in corner]
        degrees = degrees * 3 if alike else [*degrees, *(90.0 for _ in range(3 - len(degrees)))]
        one, two, three = (cos(radians(angle)) for angle in degrees)
        square = 1 - one**2 - two**2 - three**2 + 2 * one * two * three
        if square <= 0:
            return None
        values.append(Fraction(sqrt(square)))
    text = ", ".join(f"{name} {reading.text}" for name, reading in angles.items())
    return Constant(Interval(min(values) - SLACK, max(values) + SLACK), f"skewness({text})")
