"""The methods section of gas sorption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import fact, measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result

_CURVES = {
    "harkins-jura": "of Harkins and Jura",
    "halsey": "of Halsey",
    "instrument": "given in the instrument’s report",
}


def methods(results: Sequence[Result]) -> str:
    """The gas, the window of the BET line, t-plot and pore sizes."""
    gas, kelvin = fact(results, "adsorptive"), fact(results, "temperature_kelvin")
    at = f" at {kelvin:g} K" if isinstance(kelvin, int | float) else ""
    parts = [measured_with(results, f"Sorption isotherms{f' of {gas}' if gas else ''} were recorded{at}")]
    parts.append(_bet(results))
    thickness = _CURVES.get(str(setting(results, "thickness")))
    if thickness:
        parts.append(
            f"The t-plot and the BJH pore sizes [@hc-barrett1951] use the film thickness {thickness}; isotherms and "
            "hysteresis are named after IUPAC [@hc-thommes2015]."
        )
    return " ".join(part for part in parts if part)


def _bet(results: Sequence[Result]) -> str:
    """The window of the BET line."""
    window = setting(results, "bet_window")
    if isinstance(window, list):
        return f"BET areas [@hc-brunauer1938] are from the window p/p_{{0}} = {window[0]:g} to {window[1]:g}."
    if setting(results, "bet_method") == "instrument":
        return "BET areas [@hc-brunauer1938] are from the window of the instrument’s report."
    fewest = setting(results, "fewest_points")
    points = f" of at least {fewest} points" if fewest else ""
    return (
        f"For the BET area [@hc-brunauer1938] all windows{points} were fitted; of those that meet Rouquerol’s criteria "
        "[@hc-rouquerol2007] the one that ends at the highest pressure counts; the uncertainty joins the spread "
        "over them with noise, cold volume and mass of the sample."
    )
