"""Amorphous share by a weighed crystalline standard in the powder (the spike method)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

# relative: how well it is known what part of a standard is crystalline (99.02 +- 1.11 % in the certificate of SRM 676a)
_CRYSTALLINE = 0.0111
_BELOW = 2.0  # standard uncertainties by which an amorphous share may be below zero


def amorphous_share(
    shares: Mapping[str, Quantity], spike: Mapping[str, float]
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Amorphous share of the sample, and the shares of its phases in all of it, from those of the crystalline part.

    Of a mixture with a weight share w of the standard, whose share among the crystalline phases is found as s, the
    crystalline part is w / s. Amorphous matter of the sample without the standard: (1 - w / s) / (1 - w); a phase with
    the share s_i among the crystalline ones: s_i w / s / (1 - w).

    Parameters
    ----------
    shares
        ``{phase}.fraction`` in wt% of the crystalline part.
    spike
        The phase of the standard and its weight in per cent of the mixture; empty without one.

    Returns
    -------
    quantities, notes
        wt%, with the uncertainty of the shares propagated.

    Source: D. L. Bish and S. A. Howard, J. Appl. Cryst. 21 (1988) 86; N. V. Y. Scarlett and I. C. Madsen, Powder
    Diffraction 21 (2006) 278.
    """
    if not spike:
        return {}, ()
    (name, weighed), *more = spike.items()
    found = shares.get(f"{name}.fraction")
    if more or found is None:
        why = "only one phase can be the standard" if more else f"{name} has no weight share in this fit"
        return {}, (Note("refused", "no_spike", f"no amorphous share: {why}"),)
    w, s = weighed / 100, found.value / 100
    relative = float(np.hypot((found.std or 0.0) / found.value, _CRYSTALLINE))
    std = 100 * w / s / (1 - w) * relative
    made = {"amorphous_share": Quantity(100 * (1 - w / s) / (1 - w), "wt%", std, "propagated")}
    for key, share in shares.items():
        if key.endswith(".fraction") and key != f"{name}.fraction":
            value = share.value * w / s / (1 - w)
            wide = float(np.hypot((share.std or 0.0) / max(share.value, 1e-9), relative))
            made[key.replace(".fraction", ".sample_fraction")] = Quantity(value, "wt%", value * wide, "propagated")
    return made, _notes(name, weighed, made["amorphous_share"])


def _notes(name: str, weighed: float, amorphous: Quantity) -> tuple[Note, ...]:
    """What the share rests on, and a doubt where it is below zero."""
    what = f"amorphous share by {weighed:g} wt% of {name} in the mixture, taken as 99 to 100 % crystalline"
    text = f"{what}; shares `sample_fraction` are those of the sample without it"
    notes: tuple[Note, ...] = (Note("info", "spike", text),)
    if amorphous.value < -_BELOW * (amorphous.std or 0.0):
        why = "the standard is seen too weakly (texture, absorption in its grains), or its weight is wrong"
        notes += (Note("doubt", "negative_amorphous_share", f"the amorphous share is {amorphous} wt%: {why}"),)
    return notes
