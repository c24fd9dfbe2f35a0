"""The methods section of conductivities from current-voltage sweeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import fact, measured_with, setting
from halfcell.techniques.common.pellet_words import pellets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The pellets, the sweep, the fit and what was taken off."""
    rate = fact(results, "scan_rate_volt_per_second")
    speed = f" at {1e3 * rate:g} mV s^{{−1}}" if isinstance(rate, int | float) else ""
    parts = [measured_with(results, f"Current–voltage sweeps of pellets{pellets(results)} were recorded{speed}")]
    wires = setting(results, "wires")
    probes = {2: " in a two-probe cell", 4: " in a four-probe cell"}.get(wires if isinstance(wires, int) else 0, "")
    parts.append(
        f"The resistance{probes} is the slope of a line with intercept, fitted over the ohmic range of the forward and "
        "the backward sweep; the conductivity is σ = L/(RA)."
    )
    if any(note.code == "contacts_subtracted" for result in results for note in result.notes):
        parts.append("The resistance of contacts and leads was measured without a pellet and subtracted.")
    return " ".join(parts)
