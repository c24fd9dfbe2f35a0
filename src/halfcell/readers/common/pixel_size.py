"""Pixel sizes as microscopes state them: a number with a unit of length, or of reciprocal length, or nothing usable."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from halfcell.core.json_values import Json

_NANOMETRES = {
    "pm": 1e-3,
    "angstrom": 0.1,
    "a": 0.1,
    "å": 0.1,
    "nm": 1.0,
    "n_m": 1.0,  # Berkeley EMD
    "nanometer": 1.0,
    "nanometre": 1.0,
    "um": 1e3,
    "u_m": 1e3,
    "µm": 1e3,
    "μm": 1e3,
    "micron": 1e3,
    "microns": 1e3,
    "micrometer": 1e3,
    "micrometre": 1e3,
    "mm": 1e6,
    "cm": 1e7,
    "m": 1e9,
}
_RECIPROCAL = re.compile(r"^1/\(?(?P<unit>[^()]+)\)?$|^(?P<power>.+?)(?:\^|\*\*)?[-−]1$")

Space = Literal["real", "reciprocal"]


@dataclass(frozen=True)
class PixelSize:
    """Height and width of a pixel: in nm, or in 1/nm for a diffraction pattern."""

    height: float
    width: float
    space: Space = "real"

    def meta(self) -> dict[str, Json]:
        """The size as the `meta` of a measurement."""
        unit = "nm" if self.space == "real" else "per_nm"
        return {f"pixel_height_{unit}": self.height, f"pixel_width_{unit}": self.width}


def pixel_size(height: object, height_unit: object, width: object, width_unit: object) -> PixelSize | None:
    """The size of a pixel, each edge with its own unit.

    Parameters
    ----------
    height, width
        Numbers as the file states them.
    height_unit, width_unit
        Their units; any spelling of a length (pm to m) or of its reciprocal.

    Returns
    -------
    PixelSize or None
        None where a unit is missing or is no length, whatever the number is, where a number is not above 0, or where
        one edge is a length and the other a reciprocal length.
    """
    edges = [_edge(value, unit) for value, unit in ((height, height_unit), (width, width_unit))]
    if edges[0] is None or edges[1] is None or edges[0][1] != edges[1][1]:
        return None
    return PixelSize(edges[0][0], edges[1][0], edges[0][1])


def _edge(value: object, unit: object) -> tuple[float, Space] | None:
    """One edge in nm or 1/nm."""
    try:
        size = float(str(value))
    except ValueError:
        return None
    word = re.sub(r"\s+", "", str(unit or "")).lower()
    if not (math.isfinite(size) and size > 0):
        return None
    if word in _NANOMETRES:
        return size * _NANOMETRES[word], "real"
    match = _RECIPROCAL.match(word)
    base = (match["unit"] or match["power"]) if match else ""
    return (size / _NANOMETRES[base], "reciprocal") if base in _NANOMETRES else None
