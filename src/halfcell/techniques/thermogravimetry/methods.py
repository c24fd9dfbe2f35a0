"""The methods section of thermogravimetry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import facts_range, measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The range of temperature, how steps were found, what 100 % is and where the residue is read."""
    span = facts_range(results, "temperature_celsius", "°C")
    parts = [measured_with(results, f"Thermograms were recorded{f' from {span}' if span else ''}")]
    smoothing, least = setting(results, "smoothing_degc"), setting(results, "least_loss")
    if smoothing and least:
        parts.append(
            f"The mass was smoothed and differentiated over {smoothing:g} °C; steps of loss or gain of at least "
            f"{least:g} wt% "
            "are listed with their extrapolated onset (ISO 11358-1)."
        )
    bases = {"dry": "the mass at the start of the heating", "initial": "the first mass of the run"}
    basis, residue = str(setting(results, "basis")), setting(results, "residue_at_degc")
    where = f"at {residue:g} °C" if isinstance(residue, int | float) else "at the end of the heating"
    smooth = "smoothed curve" if smoothing else "curve"
    if basis in bases:
        parts.append(f"100 wt% is {bases[basis]}; the residue is that of the {smooth} {where}.")
    if all(result.settings.get("blank") for result in results):
        parts.append("A blank run of the same program was subtracted.")
    return " ".join(parts)
