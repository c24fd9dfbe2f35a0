"""The axis of Coulombic efficiencies: it resolves the usual ones, and what lies below it is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.figure import Axis, Points

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST: Final = 1.0  # %, that the usual efficiencies take at least
LABEL: Final = "Coulombic efficiency"
BELOW: Final = "Coulombic efficiencies below the axis: "
_PART: Final = 0.3  # of the height of the panel, that they take above the capacities
_NAMED: Final = 5  # cycles that a note lists


def efficiency_axis(layers: Sequence[Points]) -> Axis | None:
    """The right axis, such that the usual efficiencies fill the part above the capacities; None without efficiencies.

    Nine tenths of them decide: on an axis from 0 to 100 % those of a good cell cannot be told from 100 %.
    """
    found = np.concatenate([np.zeros(0), *(layer.y for layer in layers if layer.side == "right")])
    if not len(found):
        return None
    low, high = (float(np.percentile(found, part)) for part in (5.0, 95.0))
    high = max(min(high, 150.0), 100.0)
    least = max(high - low, _LEAST)
    bottom = max(high + 0.2 * least - 1.2 * least / _PART, 0.0)
    return Axis(label=f"{LABEL}, hollow", unit="%", low=bottom, high=high + 0.2 * least)


def hidden_efficiencies(layers: Sequence[Points], right: Axis | None) -> tuple[str, ...]:
    """One line on the efficiencies below the axis: of which cycles and samples, and the lowest of each."""
    found: dict[str, list[str]] = {}
    for layer in layers:
        below = layer.y < (right.low or 0.0) if right and layer.side == "right" else np.zeros(0, bool)
        if below.any():
            cycles = ", ".join(f"{cycle:g}" for cycle in layer.x[below][:_NAMED]) + (
                " ..." if below.sum() > _NAMED else ""
            )
            many = below.sum() > 1
            sample = layer.name.removesuffix(", mean").removesuffix(LABEL).rstrip(", ")
            lowest = f"{sample}{' lowest' if many else ''} {float(layer.y[below].min()):.1f} %".strip()
            found.setdefault(f"cycle{'s' if many else ''} {cycles}", []).append(lowest)
    told = "; ".join(f"{cycles} ({', '.join(lowest)})" for cycles, lowest in found.items())
    return (f"{BELOW}{told}.",) if told else ()
