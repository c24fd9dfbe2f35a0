"""The methods section of ionic conductivities from impedance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import measured_with, setting
from halfcell.techniques.common.pellet_words import pellets
from halfcell.techniques.impedance.methods import frequencies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result

_FOUR_WIRES = 4  # voltage and current have contacts of their own


def methods(results: Sequence[Result]) -> str:
    """The pellets and the range, which resistances count, leads, and the line over temperatures."""
    span = frequencies(results)
    what = f"Impedance spectra of pellets{pellets(results)} between ion-blocking electrodes were recorded"
    parts = [measured_with(results, f"{what} from {span}" if span else what), _circuit(results)]
    parts.append(
        "The resistance is the sum of bulk and grain boundaries, all that precedes the blocking tail; the conductivity "
        "is σ = L/(RA)."
    )
    parts.append(_leads(results))
    if any("series.activation_energy" in result.quantities for result in results):
        form = "ln σ" if setting(results, "arrhenius") == "sigma" else "ln(σT)"
        parts.append(f"The activation energy is from the slope of {form} over 1/T.")
    return " ".join(part for part in parts if part)


def _circuit(results: Sequence[Result]) -> str:
    """How the circuit was chosen."""
    circuit = setting(results, "circuit")
    if circuit == "auto":
        return (
            "The simplest circuit that the data determine was chosen by Schwarz’ criterion [@hc-schwarz1978] and "
            "fitted by complex non-linear least squares."
        )
    return f"The circuit {circuit} was fitted by complex non-linear least squares." if circuit else ""


def _leads(results: Sequence[Result]) -> str:
    """What is known of the resistance of leads and contacts."""
    if setting(results, "wires") == _FOUR_WIRES:
        return "Four wires were used."
    if all(result.settings.get("contact_resistance_ohm") is not None for result in results):
        return "The resistance of leads and contacts was measured without a pellet and subtracted."
    limit = setting(results, "contact_limit_ohm")
    known = any(result.settings.get("contact_resistance_ohm") is not None for result in results)
    return (
        f"Leads and contacts of up to {limit:g} Ω are part of the uncertainty."
        if isinstance(limit, float) and not known
        else ""
    )
