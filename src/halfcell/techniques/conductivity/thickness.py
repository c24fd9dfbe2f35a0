r"""A series of thicknesses: R = R_c + L/(sigma A) tells the contacts from the pellet.

The line R over L has the slope 1/(sigma A) and the intercept R_c; its uncertainty is that of the fit weighted by the
resistances' own, and by the scatter between pellets where that is larger.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.maths.line import polynomial

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.conductivity.records import ConductivityResult, Reals


@dataclass(frozen=True, eq=False)
class Series:
    """Thicknesses (um), resistances (ohm) and the line: `conductivity` (S/cm), `contact` (ohm), each with its std."""

    thickness: Reals
    resistance: Reals
    conductivity: tuple[float, float]
    contact: tuple[float, float]


def of_tag(meta: object) -> float | None:
    """The thickness in um that a file's name carries (tag ``thickness`` or ``thickness_um``)."""
    tags = meta.get("tags") if isinstance(meta, dict) else None
    for name in ("thickness_um", "thickness"):
        match = re.match(r"\s*(\d+(?:[.,]\d+)?)\s*(um|µm|mm)?\s*$", str((tags or {}).get(name, "")))
        if match:
            return float(match[1].replace(",", ".")) * (1000.0 if match[2] == "mm" else 1.0)
    return None


def series(results: Sequence[ConductivityResult]) -> Series | None:
    """Fit R over L; None for fewer than three different thicknesses or unlike areas."""
    usable = [r for r in results if r.pellet.thickness_um is not None and r.pellet.area is not None]
    thickness = np.array([r.pellet.thickness_um or 0.0 for r in usable])
    areas = np.array([r.pellet.area or 0.0 for r in usable])
    if len(np.unique(thickness)) < 3 or float(np.ptp(areas)) > 1e-6 * float(areas.max()):
        return None
    resistance = np.array([r["resistance"].value for r in usable])
    std = np.array([r["resistance"].std or 0.0 for r in usable])
    floor = max(1e-4 * float(np.median(resistance)), 1e-300)
    line = polynomial(thickness * 1e-4, resistance, 1, 1 / (std**2 + floor**2))
    slope, area = float(line.values[1]), float(areas[0])
    if slope <= 0:
        return None
    errors = line.std / min(line.sigma, 1.0)  # never below what the resistances' own uncertainties allow
    sigma = 1 / (slope * area)
    contact = (float(line.values[0]), float(errors[0]))
    return Series(thickness, resistance, (sigma, sigma * float(errors[1]) / slope), contact)


def with_series(results: tuple[ConductivityResult, ...]) -> tuple[ConductivityResult, ...]:
    """Add what a series of thicknesses tells to each of its results."""
    found = series(results)
    if found is None:
        return results
    more = {
        "series.conductivity": Quantity(found.conductivity[0], "S/cm", found.conductivity[1], "fit covariance"),
        "series.contact_resistance": Quantity(found.contact[0], "ohm", found.contact[1], "fit covariance"),
    }
    return tuple(dataclasses.replace(r, quantities={**r.quantities, **more}) for r in results)
