"""The methods section of gas sorption."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import by_subject, listed, measured_with, setting
from halfcell.techniques.sorption.bet_window import FEWEST_RELAXED

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
    gas = by_subject(results, lambda result: str(result.facts.get("adsorptive") or ""))
    kelvin = by_subject(results, _kelvin)
    at = f" at {kelvin}" if kelvin else ""
    parts = [measured_with(results, f"Sorption isotherms{f' of {gas}' if gas else ''} were recorded{at}")]
    parts.append(_bet(results))
    thickness = _CURVES.get(str(setting(results, "thickness")))
    if thickness:
        parts.append(
            f"{_with_thickness(results)} [@hc-barrett1951] use the film thickness {thickness}; isotherms and "
            "hysteresis are named after IUPAC [@hc-thommes2015]."
        )
    return " ".join(part for part in parts if part)


def _with_thickness(results: Sequence[Result]) -> str:
    """What the film thickness was used for: the t-plot only where one was made."""
    names = {name for result in results for name in result.quantities}
    plotted = not names or any("micropore" in name or "external" in name for name in names)
    return "The t-plot and the BJH pore sizes" if plotted else "The BJH pore sizes"


def _kelvin(result: Result) -> str:
    value = result.facts.get("temperature_kelvin")
    return f"{value:.4g} K" if isinstance(value, int | float) else ""


def _bet(results: Sequence[Result]) -> str:
    """The window of the BET line."""
    window = setting(results, "bet_window")
    if isinstance(window, list):
        return f"BET areas [@hc-brunauer1938] are from the window p/p_{{0}} = {window[0]:g} to {window[1]:g}."
    if setting(results, "bet_method") == "instrument":
        return "BET areas [@hc-brunauer1938] are from the window of the instrument’s report."
    fewest = setting(results, "fewest_points")
    points = f" of at least {fewest} points" if fewest else ""
    short = [result.label for result in results if any(note.code == "few_points" for note in result.notes)]
    if fewest and short:
        of = f" ({listed(short)})" if any(short) else ""
        points += f", or of at least {FEWEST_RELAXED} where none of these is valid{of},"
    return (
        f"For the BET area [@hc-brunauer1938] all windows{points} were fitted; of those that meet Rouquerol’s criteria "
        "[@hc-rouquerol2007] the one that ends at the highest pressure counts; the uncertainty joins the spread "
        "over them with noise, cold volume and mass of the sample."
    )
