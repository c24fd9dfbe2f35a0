"""The methods section of electron diffraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """How patterns were centred, calibrated and indexed."""
    parts = [measured_with(results, "Electron diffraction patterns were recorded")]
    if setting(results, "pattern") == "rings":
        parts.append(
            "Centre and ellipse were found by the sharpness of the rings, without the beam stop; rings were fitted in "
            "the radial profile."
        )
    standard = setting(results, "standard")
    if standard:
        parts.append(f"The scale is that of all rings of {standard}.")
    parts.append("Phases whose likelihoods differ by less than 4 in −2 ln L are given as a tie.")
    return " ".join(parts)
