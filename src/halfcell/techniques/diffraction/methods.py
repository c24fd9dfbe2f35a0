"""The methods section of X-ray diffraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import by_subject, facts_range, listed, measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The radiation and range, how phases were found and the pattern fitted, how sizes were taken from lines."""
    span = facts_range(results, "two_theta_degree", "°")
    where = f" over 2θ = {span}" if span else ""
    parts = [measured_with(results, f"X-ray diffraction patterns were recorded{_radiation(results)}{where}")]
    if any(not result.settings.get("phases") for result in results):
        parts.append(
            "Phases were identified by fitting sets of candidate phases to the whole pattern and comparing them by "
            "Schwarz’ criterion [@hc-schwarz1978]."
        )
    parts.append(
        "Patterns were fitted as a whole with crystallites of lognormal diameters [@hc-scardi2002]; the size is the "
        "volume-weighted mean column length."
    )
    return " ".join([*parts, _scherrer(results)])


def _radiation(results: Sequence[Result]) -> str:
    lengths = [_length(result) for result in results]
    digits = 6 if len({f"{length:.6g}" for length in lengths if length}) == 1 else 5

    def said(result: Result) -> str:
        anode, length = result.facts.get("anode"), _length(result)
        if length is None:
            return ""
        return (
            f"{anode} Kα radiation (λ = {length:.{digits}g} Å)" if anode else f"radiation of λ = {length:.{digits}g} Å"
        )

    text = by_subject(results, said)
    return f" with {text}" if text else ""


def _length(result: Result) -> float | None:
    """The wavelength (Å) that was set, or that the file states."""
    for value in (result.settings.get("wavelength_angstrom"), result.facts.get("wavelength_angstrom")):
        if isinstance(value, int | float):
            return float(value)
    return None


def _scherrer(results: Sequence[Result]) -> str:
    """How single lines were evaluated."""
    factor, lines = setting(results, "shape_factor"), setting(results, "scherrer_lines")
    if not isinstance(factor, int | float) or not isinstance(lines, list):
        return ""
    which = f"the {listed(map(str, lines))} lines" if lines else "single lines"
    standards = [result.settings.get("instrument") for result in results]
    corrected = (
        "after the instrumental width, from a line-profile standard, was removed by Voigt deconvolution "
        "[@hc-thompson1987]"
        if all(standards)
        else "without a correction for the instrument, so that they are lower bounds"
        if not any(standards)
        else "after the instrumental width was removed where a standard was measured"
    )
    return (
        f"Scherrer sizes [@hc-scherrer1918] are from the full widths at half maximum of {which} with K = {factor:g}, "
        f"{corrected}."
    )
