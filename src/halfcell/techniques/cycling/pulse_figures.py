"""Figure of pulses between rests: resistances and diffusion coefficients over the voltage before each pulse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.figure import MARKERS, Axis, Figure, Panel, Points
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.cycling.axes import caption_of, volts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.result import CyclingResult

_WORDS = {1.0: "charge", -1.0: "discharge"}
_SIZES = {1.0: 2.2, -1.0: 3.8}  # pt: the hollow symbol of a discharge is a ring around that of an equal charge


def pulses_over_voltage(results: Sequence[CyclingResult]) -> Figure:
    """Resistance at the stated time, and the diffusion coefficient where there is one, over the voltage at rest.

    Raises
    ------
    Refused
        If no result has pulses between rests.
    """
    ohms = _points(results, "pulse_resistance")
    if not ohms:
        raise Refused("there are no pulses between rests", results[0].label, "a titration or pulse test is needed")
    x = Axis(label="Voltage before the pulse", unit=volts(results))
    top = 1.25 * max(float(layer.y.max()) for layer in ohms)
    panels = [Panel(x=x, y=Axis(label="Resistance", unit="Ω", low=0.0, high=top), layers=ohms, legend="lower right")]
    spread = _points(results, "diffusion_coefficient")
    if spread:
        values = np.concatenate([layer.y for layer in spread])
        low, high = float(np.floor(np.log10(values.min()))), float(np.ceil(np.log10(values.max())))
        y = Axis(label="Diffusion coefficient", unit="cm^{2} s^{−1}", log=True, low=10**low, high=10**high)
        panels.append(Panel(x=x, y=y, layers=spread, legend="none"))
    caption = caption_of(results, f"Resistance of pulses{' and diffusion coefficients' if spread else ''} over voltage")
    count = len(panels)
    return Figure(
        panels=tuple(panels),
        caption=caption,
        columns=count,
        width_mm=90 if count == 1 else 180,
        simulated=simulated(results),
    )


def _points(results: Sequence[CyclingResult], name: str) -> tuple[Points, ...]:
    """One layer per result and direction of its pulses; those of the discharge are hollow."""
    both = len({_sign(row["pulse_current"]) for result in results for row in result.pulses}) > 1
    made = []
    for index, result in enumerate(results):
        for sign, word in _WORDS.items():
            rows = [row for row in result.pulses if _sign(row["pulse_current"]) == sign]
            pairs = [(row["rest_voltage"], row[name]) for row in rows if isinstance(row[name], float)]
            if not pairs:
                continue
            x, y = np.array(pairs, float).T
            label = ", ".join(part for part in (result.label, word if both else "") if part)
            marker = MARKERS[index % len(MARKERS)]
            made.append(
                Points(x=x, y=y, label=label, colour=index, marker=marker, hollow=sign < 0, size_pt=_SIZES[sign])
            )
    return tuple(sorted(made, key=lambda layer: not layer.hollow))  # a dot in its ring where both are equal


def _sign(current: object) -> float:
    return float(np.sign(current)) if isinstance(current, float) else 0.0
