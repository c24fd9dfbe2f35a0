r"""A series of thicknesses: R = R_c + L/(sigma A) separates the contacts from the pellet.

The line R over L has the slope 1/(sigma A) and the intercept R_c; its uncertainty is that of the fit weighted by the
uncertainties of R and L, or by the scatter between pellets (with Student's factor) where that is larger; that of the
area is added. R_c then is
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
from halfcell.maths.straight_line import polynomial
from halfcell.maths.students_t import students_factor
from halfcell.techniques.common.pellet import resistivity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.common.pellet_conductivity import Bound
    from halfcell.techniques.conductivity.result import ConductivityResult

    Reals = NDArray[np.float64]

_FEWEST = 3  # thicknesses: two give a line without any error
_THICKNESS = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(um|µm|mm)?\s*$")
_ONE_AREA = 1e-6  # relative: areas of one series are equal but for rounding


@dataclass(frozen=True, eq=False, kw_only=True)
class Series:
    """Thicknesses (um), resistances (ohm), and the conductivity (S/cm) and contact resistance (ohm) of their line."""

    thickness: Reals
    resistance: Reals
    conductivity: Quantity
    contact: Quantity


def thickness_of_name(measurement: Measurement) -> float | None:
    """The thickness in um that a file's name carries (tag ``thickness`` or ``thickness_um``).

    Parameters
    ----------
    measurement
        With the tags that its name was read into.

    Returns
    -------
    float or None
        um; None where the name has no thickness.

    Source: definition.
    """
    tags = measurement.meta.get("tags", {})
    for name in ("thickness_um", "thickness"):
        match = _THICKNESS.match(str(tags.get(name, "")))
        if match:
            return float(match[1].replace(",", ".")) * (1000.0 if match[2] == "mm" else 1.0)
    return None


def series(results: Sequence[ConductivityResult]) -> Series | None:
    """Fit R over L; None for fewer than three different thicknesses or different areas.

    Parameters
    ----------
    results
        Pellets of several thicknesses (um), each with its resistance (ohm).

    Returns
    -------
    Series or None
        sigma (S/cm) by the slope of R = R_c + L/(sigma A), and R_c (ohm), with standard uncertainties.

    Source: definition: the line of the transmission-line method (G. K. Reeves, H. B. Harrison, IEEE Electron Device
    Lett. 3 (1982) 111).
    """
    usable = [r for r in results if r.pellet.thickness_um is not None and r.pellet.area is not None]
    thickness = np.array([r.pellet.thickness_um or 0.0 for r in usable])
    areas = np.array([r.pellet.area or 0.0 for r in usable])
    if len(np.unique(thickness)) < _FEWEST or float(np.ptp(areas)) > _ONE_AREA * float(areas.max()):
        return None
    resistance = np.array([r["resistance"].value for r in usable])
    own = np.array([r["resistance"].std or 0.0 for r in usable])
    floor = max(1e-4 * float(np.median(resistance)), 1e-300)
    length, spread = thickness * 1e-4, np.array([r.pellet.thickness_std_um or 0.0 for r in usable]) * 1e-4
    slope = float(polynomial(length, resistance, 1).values[1])
    line = polynomial(length, resistance, 1, 1 / (own**2 + (slope * spread) ** 2 + floor**2))
    slope, area = float(line.values[1]), float(areas[0])
    if slope <= 0:
        return None
    # by what the uncertainties of R and L allow, or by the scatter of few pellets where that is larger
    factor = students_factor(len(usable) - 2) if line.sigma > 1 else 1 / max(line.sigma, 1e-9)
    errors = line.std * factor
    sigma = 1 / (slope * area)
    relative = float(np.hypot(float(errors[1]) / slope, usable[0].pellet.area_relative_std))
    bare, known = Quantity(sigma, "S/cm"), Quantity(sigma, "S/cm", sigma * relative, "propagated")
    return Series(
        thickness=thickness,
        resistance=resistance,
        conductivity=bare if any(r.pellet.unsure for r in usable) else known,
        contact=Quantity(float(line.values[0]), "ohm", float(errors[0]), "fit covariance"),
    )


def with_series(results: tuple[ConductivityResult, ...]) -> tuple[ConductivityResult, ...]:
    """Add what a series of thicknesses gives to each of its results, and take its contacts out of two-wire ones.

    A contact resistance that is negative beyond two standard uncertainties is refused and not taken out.

    Parameters
    ----------
    results
        Pellets of several thicknesses, with conductivities (S/cm) and resistances (ohm).

    Returns
    -------
    tuple
        The results in their order; unchanged where their thicknesses make no line.

    Source: as `series`.
    """
    found = series(results)
    if found is None:
        return results
    bounded = any(r.bound in {"upper", "open"} for r in results)
    bare = Quantity(found.conductivity.value, found.conductivity.unit)
    more = {"series.conductivity": bare if bounded else found.conductivity}
    if found.contact.value < -2 * (found.contact.std or 0.0):
        text = (
            f"the line of the series gives a contact resistance of {found.contact}, which cannot be negative: a "
            "thickness is wrong, or the pellets differ"
        )
        note = Note("refused", "contact_negative", text)
        return tuple(_with(r, more, (*r.notes, note)) for r in results)
    more["series.contact_resistance"] = found.contact
    return tuple(_without_contacts(r, found.contact, more) for r in results)


def _with(
    r: ConductivityResult, more: Mapping[str, Quantity], notes: tuple[Note, ...] | None = None
) -> ConductivityResult:
    return dataclasses.replace(r, quantities={**r.quantities, **more}, notes=r.notes if notes is None else notes)


def _without_contacts(r: ConductivityResult, contact: Quantity, more: Mapping[str, Quantity]) -> ConductivityResult:
    """A result with the series' quantities; its conductivity without the contacts where they were still in it."""
    total = r["resistance"]
    left, std = total.value - contact.value, float(np.hypot(total.std or 0.0, contact.std or 0.0))
    two_wires = {"two_probe", "two_wires"} & {note.code for note in r.notes}
    sigma = r.pellet.conductivity(left, std) if two_wires and left > 2 * std else None
    if sigma is None:
        return _with(r, more)
    text = f"contacts and leads of the series, {contact}, are taken out of the conductivity; the resistance holds them"
    kept = [note for note in r.notes if note.code not in two_wires]
    known = {"conductivity": sigma, "resistivity": resistivity(sigma), **more}
    bound: Bound = "upper" if r.bound in {"upper", "open"} else "value"
    rows = tuple({**row, "bound": bound} for row in r.rows)
    bare = _with(r, known, (*kept, Note("info", "contacts_subtracted", text)))
    return dataclasses.replace(bare, rows=rows, bound=bound)
