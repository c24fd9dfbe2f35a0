"""The methods section of X-ray analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import fact, measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """Beam, fit, and how amounts and maps were made from intensities."""
    beam = fact(results, "beam_kilovolt")
    voltage = f" at {beam:g} kV" if isinstance(beam, int | float) else ""
    parts = [measured_with(results, f"X-ray spectra were recorded{voltage}")]
    parts.append(
        "Families of lines with fixed ratios, the bremsstrahlung with its absorption edges, escape and sum peaks, and "
        "the detector's calibration and resolution were fitted with Poisson weights."
    )
    if setting(results, "sample") == "thin":
        parts.append("Amounts are by the method of Cliff and Lorimer [@hc-cliff1975].")
    elif all(result.settings.get("standards") for result in results):
        parts.append(
            "Amounts are from k-ratios against standards with the matrix correction XPP [@hc-pouchou1991] and "
            "absorption coefficients of Chantler [@hc-chantler2005]."
        )
        if setting(results, "oxides"):
            parts.append("Oxygen follows from the stoichiometry of oxides.")
    if any(".variation" in name for result in results for name in result.quantities):
        parts.append("The variation over a map is that of blocks, less the variance of counting.")
    return " ".join(parts)
