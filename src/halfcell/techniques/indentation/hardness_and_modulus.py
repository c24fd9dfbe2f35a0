"""Hardness and modulus of a test's deepest unloading (or the one at a load that is set), with errors and doubts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.common.findings import Findings, refused
from halfcell.techniques.indentation.contact import NOTHING, Contact, contact, properties, relative_errors
from halfcell.techniques.indentation.tip import tip_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.maths.load_displacement import Branches
    from halfcell.techniques.indentation.contact import RelativeErrors
    from halfcell.techniques.indentation.corrected_record import Record
    from halfcell.techniques.indentation.raw_tests import RawTest
    from halfcell.techniques.indentation.settings import Settings
    from halfcell.techniques.indentation.tip import Tip

    Array = NDArray[np.float64]
    Pair = tuple[float, float]

_NAMES = ("hardness", "modulus")
_LARGEST_GPA, _HARDEST_GPA = 1200.0, 150.0  # nothing is stiffer or harder than diamond (up to 120 to 140 GPa)
_NEAR = 0.2  # of the load that is set: an unloading from another load is another test
_TREND = 0.1  # relative: a hardness that changes by more over the unloadings is no property of the sample alone
_PILES_UP = 0.7  # final over greatest depth, above which material may pile up (Bolshakov and Pharr 1998)
_PAIR = 2  # unloadings: one has no trend
_UNLOADED = 0.05  # of the peak load: a branch that ends below is an unloading


@dataclass(frozen=True, kw_only=True)
class Stiffness:
    """Hardness and modulus of a test; `common` is their standard error (GPa) that all tests of an instrument share."""

    findings: Findings = field(default_factory=Findings)
    common: Mapping[str, float] = field(default_factory=dict)


def hardness(record: Record, found: Branches, test: RawTest, settings: Settings) -> Stiffness:
    """Hardness and modulus (GPa) of the deepest unloading, or of the one that starts nearest to the load that is set.

    The error joins the spread over three parts that are fitted, drift, contact and load zero, and what is common to all
    tests: tip area, frame, Poisson's ratio. A modulus outside 0 to 1200 GPa, or a hardness above 150, is refused,
    and the other with it; both are, where no unloading starts within a fifth of the load that is set.
    """
    tip = tip_of(test, settings)
    assumed = Findings(notes=tip.notes)
    branches = [slice(start, end + 1) for start, end in found.cycles]
    chosen = _chosen(record, branches, settings)
    far = _far_from_load(float(record.load[chosen.start]), settings)
    if far.notes:
        return Stiffness(findings=assumed + far)
    low, high = settings.unload_part
    parts = (settings.unload_part, (max(low - 0.2, 0.1), high), (low, max(high - 0.08, low + 0.1)))
    contacts = [contact(record, chosen, part) for part in parts]
    first = contacts[0]
    values = np.array([properties(c, tip, settings) if c else NOTHING for c in contacts])
    if first is None or not np.isfinite(values[0, 0]):
        text = "The unloading cannot be fitted: no hardness and no modulus."
        return Stiffness(findings=assumed + refused("no_unload_fit", text))
    if not (0.0 < values[0, 1] < _LARGEST_GPA and values[0, 0] < _HARDEST_GPA):
        return Stiffness(findings=assumed + _too_stiff())
    errors = relative_errors(first, tip, record, settings)
    quantities = _quantities(values[np.isfinite(values).all(axis=1)], errors)
    notes = (
        *tip.shallow(first.contact_depth(settings), settings),
        *_depth_trend(record, branches, tip, settings),
        *_pile_up(record, chosen, first),
        *_beside_vendor(quantities, test),
    )
    return Stiffness(
        findings=assumed + Findings(quantities=quantities, notes=notes),
        common=dict(zip(_NAMES, map(float, values[0] * np.array(errors.common)), strict=True)),
    )


def _quantities(values: Array, errors: RelativeErrors) -> dict[str, Quantity]:
    """Hardness and modulus of the first part, with the spread over the parts (rows) and the relative errors."""
    spread = values.std(axis=0, ddof=1) if len(values) > 1 else np.zeros(2)
    parts = (spread, values[0] * np.array(errors.own), values[0] * np.array(errors.common))
    whole = np.linalg.norm(parts, axis=0)
    rows = zip(_NAMES, values[0], whole, strict=True)
    return {name: Quantity(float(value), "GPa", float(std), "propagated") for name, value, std in rows}


def _chosen(record: Record, branches: Sequence[slice], settings: Settings) -> slice:
    """The unloading that starts deepest, or nearest to the load that is set."""
    if settings.hardness_at_mn is None:
        return max(branches, key=lambda branch: float(record.depth[branch.start]))
    wanted = settings.hardness_at_mn * 1e-3
    return min(branches, key=lambda branch: abs(float(record.load[branch.start]) - wanted))


def _far_from_load(load: float, settings: Settings) -> Findings:
    """The refusal of a hardness at a load that no unloading of the test starts near to."""
    wanted = settings.hardness_at_mn
    if wanted is None or abs(1e3 * load - wanted) <= _NEAR * wanted:
        return Findings()
    text = (
        f"No hardness and no modulus at {wanted:g} mN (hardness_at_mn): the nearest unloading starts at"
        f" {1e3 * load:.3g} mN. Set a load that the test has, or none for the deepest."
    )
    return refused("no_such_load", text)


def _too_stiff() -> Findings:
    text = (
        "The unloading is stiffer or harder than the tip and the frame allow: no modulus (it would be negative or above"
        " that of diamond) and no hardness, which rests on the same depths. Check the frame compliance, the tip area"
        " (a blunt tip that is not calibrated, at a shallow depth), and whether the unloading is one."
    )
    return refused("unphysical_modulus", text)


def _depth_trend(record: Record, branches: Sequence[slice], tip: Tip, settings: Settings) -> tuple[Note, ...]:
    """A doubt where the hardness changes from the first to the deepest of several unloadings."""
    found = [(c, properties(c, tip, settings)[0]) for b in branches if (c := contact(record, b, settings.unload_part))]
    known = [(c.contact_depth(settings) * 1e9, value) for c, value in found if np.isfinite(value)]
    if len(known) < _PAIR:
        return ()
    (shallow, first), (deep, last) = min(known), max(known)
    if abs(first / last - 1.0) <= _TREND:
        return ()
    text = (
        f"The hardness goes from {first:.3g} GPa at {shallow:.3g} nm to {last:.3g} GPa at {deep:.3g} nm: the tip's area"
        " function, the surface, or a real size effect. The deepest unloading is given."
    )
    return (Note("doubt", "depth_trend", text),)


def _pile_up(record: Record, branch: slice, found: Contact) -> tuple[Note, ...]:
    """A note where little depth is recovered: the material may pile up, so that the area is larger."""
    final = float(record.depth[branch.stop - 1])
    is_unloaded = record.load[branch.stop - 1] < _UNLOADED * found.load
    if not is_unloaded or final < _PILES_UP * found.depth:
        return ()
    text = (
        f"{final / found.depth:.0%} of the depth remain: above {_PILES_UP:.0%} material may pile up around the tip, and"
        " hardness and modulus be too high by up to 60 and 16 % (Bolshakov and Pharr). Look at the imprint."
    )
    return (Note("info", "pile_up", text),)


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
