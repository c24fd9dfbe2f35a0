"""The methods section of microscopy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The instrument, how spacings were found, the standard, and how phases were compared."""
    parts = [measured_with(results, "Micrographs were recorded by electron microscopy")]
    if not any(result.settings.get("regions") for result in results):
        return parts[0]
    parts.append(
        "Lattice spacings are those of peaks in the Fourier transform of square regions under a Hann window, refined "
        "below a pixel of the transform; their uncertainty holds the fit and the distortion of the scan, estimated "
        "from the quarters of a region."
    )
    standard = setting(results, "standard")
    if standard:
        parts.append(f"Scale and shear were calibrated by the fringes of a region of {standard}.")
    elif setting(results, "scale_uncertainty_percent"):
        percent = setting(results, "scale_uncertainty_percent")
        parts.append(f"The scale is the nominal one, taken as right within {percent:g} % (standard uncertainty).")
    parts.append(
        "Two spacings and their angle were compared with those of known phases; phases within 4 of the least "
        "chi-squared were not told apart."
    )
    return " ".join(parts)
