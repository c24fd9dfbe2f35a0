"""The methods section of X-ray absorption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import by_subject, measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The edge, the background, the transform and, if there is one, the fit of the first shell."""
    edges = by_subject(results, _edge)
    where = f" at the {edges}" if edges else ""
    parts = [measured_with(results, f"X-ray absorption spectra were recorded{where}")]
    rbkg, weight, k_range = (setting(results, name) for name in ("rbkg_angstrom", "k_weight", "k_range"))
    if isinstance(rbkg, int | float):
        parts.append(
            "They were normalised to the edge step, and the background was removed by the AUTOBK method "
            f"[@hc-newville1993] with R_{{bkg}} = {rbkg:g} Å."
        )
    if weight and isinstance(k_range, list):
        low, high = k_range
        parts.append(
            f"χ(k) was transformed with k^{{{weight}}} weighting and a Hanning window from {low:g} Å^{{−1}} to at most "
            f"{high:g} Å^{{−1}}; R is not corrected for the phase shift."
        )
    if any(result.settings.get("path") for result in results):
        parts.append("The first shell was fitted in R with a scattering path calculated by FEFF.")
    return " ".join(parts)


def _edge(result: Result) -> str:
    element, edge = result.facts.get("element"), result.facts.get("edge")
    return f"{element} {edge} edge" if element and edge else ""
