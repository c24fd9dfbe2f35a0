"""Whether the sizes of single lines and of the whole pattern can both be of one distribution of crystallites."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.powder.size_models import scherrer_factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.quantity import Quantity
    from halfcell.techniques.diffraction.settings import Settings
    from halfcell.techniques.diffraction.whole_pattern_fit import Whole

# FWHM times L_V, both reciprocal: 2/pi of a Lorentzian profile, 0.83 of spheres of one size
_LORENTZIAN, _ONE_SIZE = 2 / np.pi, 0.83
_WIDEST = 0.7  # sigma of ln D: wider distributions are a fit's way out, not a powder's
_SIGMA = 2.0
_LEAST = 0.1  # of the bound: smaller contradictions are the models'
GOOD = 1.5  # reduced chi^2


def contradiction(
    whole: Whole, name: str, found: Mapping[str, Quantity], settings: Settings, *, overlaps: bool
) -> tuple[Note, ...]:
    """A doubt about both sizes of a phase where no size distribution gives that Scherrer size with that L_V.

    K / (FWHM L_V) lies between K/0.83 (spheres of one size) and K pi/2 (Lorentzian profile), or what lognormal spheres
    as unequal as the fit found them (sigma and twice its uncertainty, 0.7 at most) give where that is more. Strain
    widens lines, so where it was free only a Scherrer size that is too large contradicts. Where lines overlap and the
    fit reaches the noise the single lines are wrong, as their own note says.
    """
    scherrer, length = found.get(f"{name}.scherrer_size"), found.get(f"{name}.column_length")
    if scherrer is None or length is None or (overlaps and whole.fit.reduced_chi2 < GOOD):
        return ()
    sigma = found[f"{name}.size_sigma"]
    widest = scherrer_factor(length.value, min(sigma.value + 2 * (sigma.std or 0.0), _WIDEST))
    low, high = settings.shape_factor / _ONE_SIZE, settings.shape_factor / min(_LORENTZIAN, widest)
    bound = high if scherrer.value > high * length.value else low
    off = scherrer.value - bound * length.value
    if (bound == low and off > 0) or (off < 0 and name in whole.strained):
        return ()
    std = np.hypot(scherrer.std or 0.0, bound * (length.std or 0.0))
    if abs(off) < max(_SIGMA * std, _LEAST * bound * length.value):
        return ()
    ratio = scherrer.value / length.value
    text = (
        f"{name}: the Scherrer size {scherrer} is {ratio:.2f} times L_V {length}; sizes allow {low:.2f} to {high:.2f}"
    )
    why = "lines have other shapes or widths than the model's (overlap, strain, instrument, a second phase)"
    return (Note("doubt", "sizes_contradict", f"{text}: both are in doubt, {why}"),)
