"""The methods section of X-ray diffraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import fact, facts_range, listed, measured_with, setting

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
    anode, wave = fact(results, "anode"), fact(results, "wavelength_angstrom")
    own = setting(results, "wavelength_angstrom")
    length = own if isinstance(own, int | float) else wave
    if not isinstance(length, int | float):
        return ""
    return f" with {anode} Kα radiation (λ = {length:.6g} Å)" if anode else f" at a wavelength of {length:.6g} Å"


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
