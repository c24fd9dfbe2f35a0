"""Intensities behind a divergence slit that opens with the angle, as they would be behind a fixed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.diffraction.settings import Settings


def slit_factor(
    two_theta: NDArray[np.float64], measurement: Measurement, settings: Settings
) -> tuple[NDArray[np.float64], tuple[Note, ...]]:
    """The factor of the counts, 1 / sin(theta) where the slit opens with the angle, and what was done; 1 at the middle.

    Such a slit keeps the irradiated length of the specimen, so that the irradiated area, which falls as 1 / sin(theta)
    behind a fixed slit, is constant. The variance of the counts goes with the square of the factor.

    Parameters
    ----------
    two_theta
        Scattering angles, degree, shape (n,).
    measurement
        What the file states of its slit.
    settings
        What the user says of it.

    Returns
    -------
    factor, notes
        Without a unit, shape (n,), and what was done.

    Source: J. W. Edmonds et al., NBS Spec. Publ. 567 (1980); International Tables for Crystallography H (2019), 3.1.
    """
    stated = str(measurement.meta.get("divergence_slit", ""))
    kind = stated if settings.divergence_slit == "file" else settings.divergence_slit
    if kind != "automatic":
        return np.ones_like(two_theta), ()
    half = np.radians(two_theta / 2)
    who = "as set" if settings.divergence_slit == "automatic" else "as the file says"
    text = f"the divergence slit opens with the angle ({who}): intensities are divided by sin(theta)"
    return np.sin(half[len(half) // 2]) / np.sin(half), (Note("correction", "automatic_slit", text),)
