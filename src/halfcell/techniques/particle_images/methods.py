"""The methods section of particles in pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import measured_with, number_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The instrument, how many particles, where their edges are, and what the uncertainty holds."""
    counts = number_range([r.quantities["count"].value for r in results if "count" in r.quantities], "particles")
    outlined = (
        f"Touching particles were parted by a watershed, and each ({counts} per picture) was outlined where it falls "
        "to half of its own height; sizes are diameters of circles of equal area. Particles cut by the edge were left "
        "out and the others weighted accordingly (ISO 13322-1)."
    )
    uncertain = (
        "Uncertainties hold the number of particles, the choice of the threshold (40 to 60 % of the height) and the "
        "scale."
    )
    return " ".join(
        (measured_with(results, "Particles were measured in scanning electron micrographs"), outlined, uncertain)
    )
