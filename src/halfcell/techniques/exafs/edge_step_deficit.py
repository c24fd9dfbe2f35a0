"""What the edge step lacks of the atom's jump, and how certain that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.maths import exafs
from halfcell.techniques.exafs.window_spread import normalisation_ranges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.core.quantity import Kind
    from halfcell.techniques.exafs.chi_of_r import ChiOfR

    Array = NDArray[np.floating]


def edge_step(measurement: Measurement, found: ChiOfR) -> Quantity:
    """The edge step, with the spread over the ranges before and after the edge that careful people choose.

    The largest differences for another range before and for another after the edge, each over sqrt 3, in quadrature
    with the scatter of both fits. Programs begin the range after the edge at 25 eV (larch) or 150 eV (Athena) above it.

    Parameters
    ----------
    measurement
        Energies (eV) and absorption, shape (n,).
    found
        The scan reduced to chi(R).

    Returns
    -------
    Quantity
        In the unit of the absorption.

    Source: JCGM 100:2008 (GUM), 4.3.7; B. Ravel, M. Newville, J. Synchrotron Rad. 12 (2005) 537 (Athena's ranges).
    """
    energy, mu, normal = measurement["energy_electronvolt"], measurement["absorption"], found.normal
    before, after = [0.0], [0.0]
    for pre, post in normalisation_ranges(normal):
        try:
            other = exafs.normalise(energy, mu, normal.e0, pre, post).step
        except ValueError:
            continue  # the scan is too short for this choice
        (before if pre != normal.pre_range else after).append(abs(other - normal.step))
    std = float(np.linalg.norm((max(before) / np.sqrt(3.0), max(after) / np.sqrt(3.0), normal.step_std)))
    kind: Kind = "spread over windows" if max(*before, *after) > 0 else "fit covariance"
    return Quantity(normal.step, "", std or None, kind if std else "")


def edge_step_deficit(measurement: Measurement, found: ChiOfR) -> Quantity:
    """Part of the atom's jump that the lifetime of the core hole takes from the edge step, with its uncertainty.

    The uncertainty holds three terms, each the half-width of a uniform distribution over sqrt 3: the deficit itself,
    since a white line makes up for up to all of it; what the oscillations do to the step, which is what changes when
    they are taken out of the scan; and the spread of the step without them over the ranges before and after the edge.
    The spread of the step with them is several times as large, but most of it is oscillations that end at another
    phase in each range, which says nothing of the step that was taken.

    Parameters
    ----------
    measurement
        Energies (eV) and absorption, shape (n,).
    found
        The scan reduced to chi(R).

    Returns
    -------
    Quantity
        %.

    Source: JCGM 100:2008 (GUM), 4.3.7; the shape of the edge as in `maths.exafs.lifetime_deficit`.
    """
    energy, mu, normal = measurement["energy_electronvolt"], measurement["absorption"], found.normal
    smooth = _without_oscillations(energy, mu, found)
    own = exafs.normalise(energy, smooth, normal.e0, normal.pre_range, normal.post_range).step
    others = []
    for pre, post in normalisation_ranges(normal):
        try:
            others.append(exafs.normalise(energy, smooth, normal.e0, pre, post).step)
        except ValueError:
            continue  # the scan is too short for this choice
    deficit = exafs.lifetime_deficit(energy, mu, normal)
    windows = max((abs(other - own) / normal.step for other in others), default=0.0)
    terms = (deficit, own / normal.step - 1.0, windows)
    return Quantity(100 * deficit, "%", 100 * float(np.linalg.norm(terms)) / float(np.sqrt(3.0)), "spread over windows")


def _without_oscillations(energy: Array, mu: Array, found: ChiOfR) -> Array:
    """The scan with chi(k) taken out above the edge."""
    above = energy > found.normal.e0
    k = np.sqrt(exafs.K_PER_E * np.clip(energy - found.normal.e0, 0.0, None))
    return np.asarray(mu - found.normal.step * np.interp(k, found.k, found.chi) * above)
