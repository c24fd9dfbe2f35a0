"""The methods section of cyclic voltammetry."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import by_subject, measured_with, number_range, setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The rate of the sweeps, and how peaks were found and assigned."""
    rates = [_rate(result) for result in results]
    known = [rate for rate in rates if math.isfinite(rate)]
    one = number_range(known, "mV s^{−1}") if len(known) == len(rates) else by_subject(results, _rate_words)
    rate = f" at {one}" if one else ""
    parts = [measured_with(results, f"Cyclic voltammograms were recorded{rate}")]
    offset = setting(results, "reference_offset_volt")
    carrier = setting(results, "carrier")
    if offset and carrier:
        parts.append(f"{offset:g} V were added to all potentials to refer them to {carrier}^{{+}}/{carrier}.")
    resistance = setting(results, "series_resistance_ohm")
    if resistance:
        parts.append(f"Potentials were corrected for a series resistance of {resistance:g} Ω.")
    prominence = setting(results, "prominence_percent")
    if prominence:
        parts.append(
            f"Peaks were located in the {_smoothed(results)}; a peak stands out by at least "
            f"{prominence:g} % of the range of the current in its sweep. Peak currents are measured from zero."
        )
    return " ".join(parts)


def _rate(result: Result) -> float:
    """The scan rate (mV/s); NaN where it is not known."""
    return result.quantities["scan_rate"].value if "scan_rate" in result.quantities else math.nan


def _rate_words(result: Result) -> str:
    return number_range([_rate(result)], "mV s^{−1}")


def _smoothed(results: Sequence[Result]) -> str:
    """The current as it was searched: smoothed over the widths that were really used, or as recorded."""
    widths = [
        result.quantities["smoothing_width"].value for result in results if "smoothing_width" in result.quantities
    ]
    used = [width for width in widths if width > 0]
    if not used:
        return "recorded current"
    where = " where the records are close enough to be smoothed" if len(used) < len(widths) else ""
    return f"current smoothed over {number_range(used, 'mV')}{where}"
