"""The methods section of operando diffraction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import measured_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The instrument, how the scans and the voltage were put together, how lines were followed."""
    parts = [measured_with(results, "X-ray diffraction patterns were recorded during operation of the cell")]
    if any("highest_voltage" in result.quantities for result in results):
        parts.append("The voltage is that which the cycler recorded at the same time.")
    if any(getattr(result, "lines", None) for result in results):
        parts.append(
            "Net areas and centres of lines are above a straight background between the ends of their windows, with "
            "uncertainties from the counts."
        )
    return " ".join(parts)
