"""The methods section of direct-current polarisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.methods_text import measured_with, setting
from halfcell.techniques.common.pellet_words import pellets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result


def methods(results: Sequence[Result]) -> str:
    """The pellets, the test of a steady state, and what the current means."""
    parts = [
        measured_with(results, f"The current through pellets{pellets(results)} at constant bias was recorded over time")
    ]
    names = ("slope_limit", "drift_limit_percent", "remainder_limit_percent")
    slope, drift, rest = (setting(results, name) for name in names)
    if slope and drift and rest:
        parts.append(
            f"A current counts as steady if |d ln I/d ln t| is below {slope:g} over the last half of the record, the "
            f"current changes by less than {drift:g} % over its last twentieth, and at most {rest:g} % of it may still "
            "be lost; otherwise it gives an upper bound."
        )
    kinds = {"ion-blocking": "electronic", "electron-blocking": "ionic"}
    electrodes = str(setting(results, "electrodes"))
    if electrodes in kinds:
        parts.append(
            f"With {electrodes} electrodes the steady current gives the {kinds[electrodes]} conductivity "
            "[@hc-hebb1952; @hc-wagner1956]."
        )
    return " ".join(parts)
