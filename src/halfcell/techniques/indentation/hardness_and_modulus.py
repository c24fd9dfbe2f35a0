"""Hardness and modulus of a test's unloadings, with the spread that comes from the part that is fitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths import oliver_pharr
from halfcell.techniques.common.findings import Findings, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.maths.load_displacement import Branches
    from halfcell.techniques.indentation.corrected_record import Record
    from halfcell.techniques.indentation.raw_tests import RawTest
    from halfcell.techniques.indentation.settings import Settings

    Array = NDArray[np.float64]
    Pair = tuple[float, float]

_IDEAL_BERKOVICH = (24.5,)
_ASSUMED_POISSON = 0.25
_LARGEST_GPA = 1200.0  # nothing is stiffer than diamond


@dataclass(frozen=True, kw_only=True)
class Tip:
    """Coefficients of the tip's area function (nm), Poisson's ratio of the sample, and what had to be assumed."""

    area: tuple[float, ...]
    poisson: float
    notes: tuple[Note, ...] = ()


def hardness(record: Record, found: Branches, test: RawTest, settings: Settings) -> Findings:
    """Hardness and modulus (GPa): the mean over the unloadings; one alone is fitted over three parts for its spread.

    A modulus outside 0 to 1200 GPa is refused, and the hardness with it: it rests on the same depths.
    """
    tip = _tip(test, settings)
    parts: tuple[Pair, ...] = (settings.unload_part,)
    if len(found.cycles) == 1:
        low, high = settings.unload_part
        parts = (settings.unload_part, (max(low - 0.2, 0.1), high), (low, max(high - 0.08, low + 0.1)))
    values: list[Pair] = []
    for start, end in found.cycles:
        values += [_one(record, slice(start, end + 1), part, tip, settings) for part in parts]
    made = np.array(values, dtype=float).reshape(-1, 2)
    made = made[np.isfinite(made[:, 0])]
    assumed = Findings(notes=tip.notes)
    if not len(made):
        text = "The unloading cannot be fitted: no hardness and no modulus."
        return assumed + refused("no_unload_fit", text)
    moduli = made[:, 1]
    if np.all(np.isfinite(moduli)) and np.all((moduli > 0) & (moduli < _LARGEST_GPA)):
        count = len(found.cycles)
        quantities = {"hardness": _spread(made[:, 0], count), "modulus": _spread(moduli, count)}
        return assumed + Findings(quantities=quantities, notes=_beside_vendor(quantities, test))
    text = (
        "The unloading is stiffer than the tip and the frame allow: no modulus (it would be negative or above"
        " that of diamond) and no hardness, which rests on the same depths. Check the frame compliance, the tip area,"
        " and whether the unloading is one."
    )
    return assumed + refused("unphysical_modulus", text)


def _beside_vendor(quantities: Mapping[str, Quantity], test: RawTest) -> tuple[Note, ...]:
    """How far hardness and modulus are from those of the instrument's software."""
    own = test.meta.get("vendor", {})
    words = [
        f"{name} {own[name]:g} GPa (this analysis: {quantities[name].value / own[name] - 1.0:+.1%})"
        for name in ("modulus", "hardness")
        if own.get(name)
    ]
    text = f"Values of the instrument's software: {', '.join(words)}."
    return (Note("info", "vendor_modulus", text),) if words else ()


def _tip(test: RawTest, settings: Settings) -> Tip:
    """The tip area and Poisson's ratio that were set, else those of the file, else assumed ones."""
    notes = []
    area = settings.tip_area_nm or tuple(test.meta.get("tip_area_nm", ()))
    if not area:
        area = _IDEAL_BERKOVICH
        notes.append(Note("info", "ideal_tip", "No tip calibration: the area is the ideal Berkovich 24.5 h_c^2."))
    poisson = settings.poisson_ratio if settings.poisson_ratio is not None else test.meta.get("poisson_ratio")
    if poisson is None:
        poisson = _ASSUMED_POISSON
        notes.append(Note("info", "assumed_poisson", "No Poisson's ratio was given: the modulus takes 0.25."))
    return Tip(area=area, poisson=float(poisson), notes=tuple(notes))


def _one(record: Record, branch: slice, part: Pair, tip: Tip, settings: Settings) -> Pair:
    """Hardness and modulus (GPa) of one unloading; NaN where there is none."""
    load, depth = record.load[branch], record.depth[branch]
    law = oliver_pharr.fit_unloading(load, depth, part)
    if law is None:
        return float("nan"), float("nan")
    slope = law.stiffness(float(depth[0]))
    if slope <= 0:
        return float("nan"), float("nan")
    contact_depth = float(depth[0]) - settings.epsilon * float(load[0]) / slope
    area = oliver_pharr.tip_area(contact_depth, tip.area)
    if contact_depth <= 0 or area <= 0:
        return float("nan"), float("nan")
    reduced = oliver_pharr.reduced_modulus(slope, area, settings.beta)
    stiffness = settings.tip_modulus_gpa * 1e9
    modulus = oliver_pharr.sample_modulus(reduced, tip.poisson, stiffness, settings.tip_poisson_ratio)
    return float(load[0]) / area * 1e-9, modulus * 1e-9


def _spread(values: Array, cycles: int) -> Quantity:
    """The mean over unloadings, or the first part's value with the spread over parts."""
    std = float(np.std(values, ddof=1)) if len(values) > 1 else None
    value = float(np.mean(values)) if cycles > 1 else float(values[0])
    return Quantity(value, "GPa", std, "spread over windows")
