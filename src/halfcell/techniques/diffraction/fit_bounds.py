"""Parameters that a fit left on a bound: they are not determined, and neither is what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note

if TYPE_CHECKING:
    from halfcell.maths.powder.pattern_fit import PatternFit

_SMALL = 2  # ln L_V (nm): on a bound below it the size is the least that a fit tries, above it the largest
_WIDE = 0.5  # sigma of ln D: on a bound above it the distribution is too wide, below it too narrow for the fit


def cell_on_bound(fit: PatternFit, name: str) -> str:
    """Why the cell and the lines of a phase mean nothing; empty unless a cell length or all shifts are on a bound."""
    for key in fit.pattern.names:
        if key.startswith(f"{name}.cell") and fit.on_bound(key):
            return f"its cell stays on the bound of the fit, {100 * fit.value(key):+.1f} % from its reference"
    key = f"{name}.ln_size"
    if key in fit.pattern.names and fit.on_bound(key) and fit.value(key) < _SMALL:
        size = float(np.exp(fit.value(key)))
        return f"its lines would be those of crystallites below {size:.3g} nm, which are a halo and no phase"
    for shift in fit.pattern.model.shifts:
        if fit.on_bound(shift):
            return f"the {shift} stays on the bound of the fit, {fit.value(shift):+.2g} degrees"
    return ""


def size_on_bound(fit: PatternFit, name: str) -> Note | None:
    """A refusal of L_V of a phase whose size distribution is wider than the fit allows, or whose strain is larger."""
    todo = "see the figure 'fit'; there may be two sizes, another phase, strain, or a wrong instrument"
    sigma = f"{name}.sigma"
    if sigma in fit.pattern.names and fit.on_bound(sigma) and fit.value(sigma) > _WIDE:
        what = f"{name}: the width of the size distribution stays on its bound, sigma = {fit.value(sigma):.2g}"
        return Note("refused", "size_on_bound", f"{what}: no L_V is given; {todo}")
    strains = [key for key in fit.pattern.names if key.startswith(f"{name}.strain")]
    if any(fit.on_bound(key) and fit.value(key) > 1.0 for key in strains):
        what = f"{name}: its strain stays at the largest value of the fit"
        return Note(
            "refused", "size_on_bound", f"{what}, and a size would take the rest of it: no L_V is given; {todo}"
        )
    return None


def without_width(fit: PatternFit, name: str) -> tuple[Note, ...]:
    """A note that sigma is not given, where the lines are those of spheres of one size (the lower bound of the fit)."""
    sigma = f"{name}.sigma"
    if sigma not in fit.pattern.names or not fit.on_bound(sigma):
        return ()
    text = f"{name}: the size distribution is too narrow for the fit to tell its width: no sigma is given"
    return (Note("refused", "sigma_on_bound", text),)


def strain_on_bound(fit: PatternFit, name: str) -> tuple[Note, ...]:
    """A note that no strain is given where the fit leaves it at zero or at its largest value."""
    if not fit.on_bound(f"{name}.strain"):
        return ()
    at = "zero" if fit.value(f"{name}.strain") < 1.0 else "the largest value of the fit, 2 %"
    return (Note("refused", "strain_on_bound", f"{name}: the strain stays at {at}: it is not given"),)
