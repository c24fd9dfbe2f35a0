r"""A series of thicknesses: R = R_c + L/(sigma A) tells the contacts from the pellet.

The line R over L has the slope 1/(sigma A) and the intercept R_c; its uncertainty is that of the fit weighted by the
uncertainties of R and L, or by the scatter between pellets where that is larger; that of the area is added. R_c then is
subtracted from two-wire resistances, so that the conductivity of each pellet is a value, not a bound.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.line import polynomial
from halfcell.techniques.common.pellet import resistivity

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
    own = np.array([r["resistance"].std or 0.0 for r in usable])
    floor = max(1e-4 * float(np.median(resistance)), 1e-300)
    length, spread = thickness * 1e-4, np.array([r.pellet.thickness_std_um for r in usable]) * 1e-4
    slope = float(polynomial(length, resistance, 1).values[1])
    line = polynomial(length, resistance, 1, 1 / (own**2 + (slope * spread) ** 2 + floor**2))
    slope, area = float(line.values[1]), float(areas[0])
    if slope <= 0:
        return None
    errors = line.std / min(line.sigma, 1.0)  # never below what the uncertainties of R and L allow
    sigma = 1 / (slope * area)
    relative = float(np.hypot(float(errors[1]) / slope, usable[0].pellet.area_relative_std))
    return Series(thickness, resistance, (sigma, sigma * relative), (float(line.values[0]), float(errors[0])))


def with_series(results: tuple[ConductivityResult, ...]) -> tuple[ConductivityResult, ...]:
    """Add what a series of thicknesses tells to each of its results, and take its contacts out of two-wire ones.

    Contacts below zero beyond two standard uncertainties are told, not given and not taken out.
    """
    found = series(results)
    if found is None:
        return results
    more = {"series.conductivity": Quantity(found.conductivity[0], "S/cm", found.conductivity[1], "propagated")}
    contact = Quantity(found.contact[0], "ohm", found.contact[1], "fit covariance")
    if contact.value < -2 * found.contact[1]:
        text = f"the line of the series ends at {contact} where no pellet is left, and no contact is below zero"
        note = Note("refused", "contact_negative", f"{text}: a thickness is wrong, or the pellets are not alike")
        return tuple(
            dataclasses.replace(r, quantities={**r.quantities, **more}, notes=(*r.notes, note)) for r in results
        )
    more["series.contact_resistance"] = contact
    return tuple(_without_contacts(r, found, more) for r in results)


def _without_contacts(r: ConductivityResult, found: Series, more: dict[str, Quantity]) -> ConductivityResult:
    """A result with the series' quantities; its conductivity without the contacts where they were still in it."""
    total = r["resistance"]
    left, std = total.value - found.contact[0], float(np.hypot(total.std or 0.0, found.contact[1]))
    two_wires = {"two_probe", "two_wires"} & {note.code for note in r.notes}
    sigma = r.pellet.conductivity(left, std) if two_wires and left > 2 * std else None
    if sigma is None:
        return dataclasses.replace(r, quantities={**r.quantities, **more})
    contact = more["series.contact_resistance"]
    text = f"contacts and leads of the series, {contact}, are taken out of the conductivity; the resistance holds them"
    kept = [note for note in r.notes if note.code not in two_wires]
    quantities = {**r.quantities, "conductivity": sigma, "resistivity": resistivity(sigma), **more}
    rows = tuple({**row, "bound": "value"} for row in r.rows)
    notes = (*kept, Note("info", "contacts_subtracted", text))
    return dataclasses.replace(r, quantities=quantities, notes=notes, rows=rows, bound="value")
