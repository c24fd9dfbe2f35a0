"""The methods section of particle sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import fact, measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The instrument, the basis of the percentiles, how they were interpolated."""
    liquid = fact(results, "dispersant")
    parts = [
        measured_with(
            results,
            f"Particle-size distributions were measured by laser diffraction{f' in {liquid}' if liquid else ''}",
        )
    ]
    basis = setting(results, "basis")
    weighting = f"{basis}-weighted" if basis else "weighted as stated"
    parts.append(
        f"D_{{10}}, D_{{50}} and D_{{90}} are {weighting} and come from the cumulative distribution, interpolated "
        "over the "
        "logarithm of the size; distributions of several runs were averaged before (ISO 9276-2)."
    )
    return " ".join(parts)
