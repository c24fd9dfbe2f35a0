"""The methods section of decomposition kinetics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The heating rates, and how activation energies were found."""
    counts = sorted({int(r["rate_count"].value) for r in results if "rate_count" in r.quantities})
    runs = f" at {counts[0]} heating rates" if len(counts) == 1 and counts[0] > 1 else " at several heating rates"
    parts = [measured_with(results, f"Thermograms were recorded{runs}")]
    parts.append(
        "Activation energies are from the shift of the peak (Kissinger) and, at each conversion, from the temperatures"
        " (Ozawa, Flynn and Wall, with the exact temperature integral) and the speeds (Friedman)."
    )
    doubt = setting(results, "temperature_doubt_degc")
    if isinstance(doubt, int | float):
        parts.append(f"Their uncertainties hold {doubt:g} °C in the temperature of each run.")
    return " ".join(parts)
