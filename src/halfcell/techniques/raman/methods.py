"""The methods section of Raman spectroscopy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import by_subject, fact, measured_with, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The laser, the bands that were fitted, the calibration and the amorphous share."""
    laser, time = by_subject(results, _laser), fact(results, "exposure_second")
    light = f" with a laser of {laser}" if laser else ""
    exposure = f" and an exposure of {time:g} s" if light and isinstance(time, int | float) else ""
    parts = [measured_with(results, f"Raman spectra were recorded{light}{exposure}")]
    regions = {result.settings.get("region") for result in results}
    if "silicon" in regions:
        parts.append(_silicon([result for result in results if result.settings.get("region") == "silicon"]))
    if "carbon" in regions:
        parts.append(
            "The bands of carbon (D4, D, D3 and G) were fitted jointly with the baseline [@hc-sadezky2005]; "
            "I_{D}/I_{G} is "
            "given as the ratio of areas and of heights."
        )
    return " ".join(parts)


def _laser(result: Result) -> str:
    value = result.facts.get("laser_nm")
    return f"{value:g} nm" if isinstance(value, int | float) else ""


def _silicon(results: Sequence[Result]) -> str:
    degree, ratio = setting(results, "baseline_degree"), setting(results, "cross_section_ratio")
    wafer = all(result.settings.get("wafer") for result in results)
    by = f" (polynomial of degree {degree} to {degree + 2}, by Akaike’s criterion)" if isinstance(degree, int) else ""
    text = (
        "The crystalline line of silicon (Voigt, or that of confined phonons), the TO and LO bands of amorphous "
        "silicon (Gauss) and a baseline"
        f"{by} were fitted jointly."
    )
    if wafer:
        text += " Position and width were compared with those of a silicon wafer measured on the same day."
    values = f"y = {ratio:g}" if isinstance(ratio, int | float) else "y as a function of the size [@hc-bustarret1988]"
    share = f"The amorphous fraction is yI_{{a}}/(I_{{c}} + yI_{{a}}), with the ratio of cross-sections {values}."
    return f"{text} {share}"
