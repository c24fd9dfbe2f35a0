"""The methods section of impedance spectroscopy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import listed, measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result

_WEIGHTS = {
    "auto": "weights that follow the noise found in the spectrum (relative to the modulus, or equal for all points)",
    "modulus": "residuals relative to the modulus",
    "unit": "equal weights for all points",
    "sigma": "weights from the uncertainties in the file",
}


def methods(results: Sequence[Result]) -> str:
    """The frequencies, the Kramers-Kronig test, the circuit and how it was fitted."""
    span = frequencies(results)
    parts = [measured_with(results, f"Impedance spectra were recorded{f' from {span}' if span else ''}")]
    left_out = [r.label for r in results if any(note.code == "outliers_dropped" for note in r.notes)]
    where = f" ({listed(left_out)})" if any(left_out) and len(left_out) < len(results) else ""
    outliers = f" Points that no Kramers–Kronig model can follow were left out{where}." if left_out else ""
    parts.append(f"The data were tested by a linear Kramers–Kronig fit [@hc-boukamp1995].{outliers}")
    circuit = setting(results, "circuit")
    weights = _WEIGHTS.get(str(setting(results, "weighting")), "weights given for each spectrum")
    chosen = (
        "The simplest equivalent circuit that the data determine was chosen by Schwarz’ criterion [@hc-schwarz1978] and"
        if circuit in {None, "auto"}
        else f"The equivalent circuit {circuit} was"
    )
    parts.append(f"{chosen} fitted by complex non-linear least squares with {weights}.")
    limit = setting(results, "quote_limit_percent")
    if limit and any(getattr(result, "arcs", ()) for result in results):
        parts.append(
            "A resistance of an arc is marked as to be quoted only if its relative standard uncertainty, and what "
            f"systematic residuals may add, is below {limit:g} %."
        )
    return " ".join(parts)


def frequencies(results: Sequence[Result]) -> str:
    """The range of frequencies: ``10 mHz to 100 kHz``; empty if a file has none."""
    lows = [result.facts.get("least_frequency_hertz") for result in results]
    highs = [result.facts.get("greatest_frequency_hertz") for result in results]
    numbers = [value for value in (*lows, *highs) if isinstance(value, int | float)]
    return f"{_hertz(min(numbers))} to {_hertz(max(numbers))}" if len(numbers) == 2 * len(results) else ""


def _hertz(value: float) -> str:
    """``0.01`` -> ``10 mHz``."""
    for factor, unit in ((1e6, "MHz"), (1e3, "kHz"), (1.0, "Hz")):
        if value >= factor:
            return f"{value / factor:.3g} {unit}"
    return f"{1e3 * value:.3g} mHz"
