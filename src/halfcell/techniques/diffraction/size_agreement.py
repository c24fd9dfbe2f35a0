"""Whether the sizes from single lines and from the whole pattern are consistent with one size distribution."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.powder.size_models import scherrer_factor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.quantity import Quantity
    from halfcell.techniques.diffraction.settings import Settings
    from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit

# FWHM times L_V, both reciprocal: 2/pi of a Lorentzian profile, 0.83 of spheres of one size
_LORENTZIAN, _ONE_SIZE = 2 / np.pi, 0.83
_NARROWEST = 0.02  # sigma where it stays on the lower bound of the fit
_WIDEST = 0.7  # sigma of ln D: wider distributions result from poor fits, not from powders
_SIGMA = 2.0  # the usual 95 %
_LEAST = 0.1  # of the bound: smaller contradictions come from the models
GOOD = 1.5  # reduced chi^2 below which a fit reaches the noise


def size_contradiction(
    whole: WholePatternFit, name: str, found: Mapping[str, Quantity], settings: Settings, *, overlaps: bool
) -> tuple[Note, ...]:
    """A doubt about both sizes of a phase if no size distribution has that Scherrer size with that L_V.

    K / (FWHM L_V) is between K/0.83 (spheres of one size) and K pi/2 (Lorentzian profile), or the value for lognormal
    spheres with the fitted sigma plus twice its uncertainty (at most 0.7) if that is larger. Strain widens lines, so
    that if it was free only a Scherrer size that is too large is a contradiction. If lines overlap and the fit reaches
    the noise, the single lines are wrong, which has its own note.
    """
    scherrer, length = found.get(f"{name}.scherrer_size"), found.get(f"{name}.column_length")
    if scherrer is None or length is None or (overlaps and whole.fit.reduced_chi2 < GOOD):
        return ()
    sigma = found.get(f"{name}.size_sigma")  # not given where all spheres have one size
    most = _NARROWEST if sigma is None else sigma.value + 2 * (sigma.std or 0.0)
    widest = scherrer_factor(length.value, min(most, _WIDEST))
    low, high = settings.shape_factor / _ONE_SIZE, settings.shape_factor / min(_LORENTZIAN, widest)
    bound = high if scherrer.value > high * length.value else low
    off = scherrer.value - bound * length.value
    if (bound == low and off > 0) or (off < 0 and name in whole.strained):
        return ()
    std = np.hypot(scherrer.std or 0.0, bound * (length.std or 0.0))
    if abs(off) < max(_SIGMA * std, _LEAST * bound * length.value):
        return ()
    ratio = scherrer.value / length.value
    what = f"{name}: the Scherrer size of {scherrer} is {ratio:.2f} times L_V, {length}"
    allowed = f"size distributions allow ratios from {low:.2f} to {high:.2f}"
    why = "the lines have other shapes or widths than the model (overlap, strain, instrument, a second phase)"
    return (Note("doubt", "sizes_contradict", f"{what}; {allowed}: both sizes are in doubt, {why}"),)
