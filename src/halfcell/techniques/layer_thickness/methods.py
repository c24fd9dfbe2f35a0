"""The methods section of layer thicknesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import measured_with, number_range, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The instrument, how edges are found, over how many pictures, and what the uncertainty holds."""
    pictures = number_range([r.quantities["pictures"].value for r in results if "pictures" in r.quantities], "pictures")
    foil = setting(results, "collector_um")
    taken_off = f" The collector ({foil:g} µm) was taken off." if isinstance(foil, int | float) and foil else ""
    edges = (
        "Both edges of the layer were located in every column of a picture, as the integral between the grey levels on "
        "both sides, and their distance was corrected for the tilt."
    )
    error = (
        f"Values are means over {pictures or 'the pictures'} per state; uncertainties hold the correlation of "
        "neighbouring columns, the difference between pictures and the scale."
    )
    start = measured_with(results, "Layer thicknesses were measured in micrographs of cross-sections")
    return f"{start} {edges}{taken_off} {error}"
