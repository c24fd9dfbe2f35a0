"""Figures of thermogravimetry: mass and loss rate with the steps and onset tangents marked, and the whole run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Align, Arrow, Axis, Figure, Layer, Line, Panel, Span, Text
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import doubts, simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.maths.mass_steps import Step
    from halfcell.techniques.thermogravimetry.result import ThermogravimetryResult

_SMALL = 20.0  # wt%: the bracket of a smaller step is shorter than two lines of text


def tg_and_dtg(results: Sequence[ThermogravimetryResult]) -> Figure:
    """One panel per sample: mass (left) and loss rate (right) over temperature, each step with its loss and tangent."""
    columns = min(len(results), 2)
    return Figure(
        panels=tuple(_panel(result) for result in results),
        columns=columns,
        width_mm=(90, 180)[columns - 1],
        panel_height_mm=60.0,
        letters=len(results) > 1,
        simulated=simulated(results),
        notes=doubts(results),
    )


def _panel(result: ThermogravimetryResult) -> Panel:
    made = result.curve
    layers: list[Layer] = [
        Line(x=made.temperature, y=made.mass, colour=0, name="mass"),
        Line(x=made.temperature, y=made.rate, colour=1, side="right", dash="dash", width_pt=0.8, name="loss rate"),
    ]
    low = min(0.0, float(made.mass.min()) - 2.0)
    for number, step in enumerate(result.steps, 1):
        layers += _marks(result, number, step)
    rises = any(step.loss < 0 for step in result.steps)
    high = max(112.0, float(made.mass.max()) + (22.0 if rises else 12.0))
    top = float(max(made.rate.max(), 1e-9))
    under = float(min(made.rate.min(), 0.0))
    return Panel(
        x=Axis(label="Temperature", unit="°C", low=float(made.temperature[0]), high=float(made.temperature[-1])),
        y=Axis(label="Mass", unit="wt%", low=low, high=high),
        right=Axis(label="Loss rate", unit="wt% °C^{−1}", low=min(-0.02 * top, 1.1 * under), high=2.2 * top),
        layers=tuple(layers),
        title=formula(result.label) + (f" in {result.gas}" if result.gas else ""),
        legend="none",
    )


def _marks(result: ThermogravimetryResult, number: int, step: Step) -> list[Layer]:
    """The bracket of a step with its loss, and the tangent from onset to endset."""
    if not step.has_peak or (change := _change(result, number, step)) is None:
        return []
    onset = result[f"step{number}.onset"]
    span = float(np.ptp(result.curve.temperature))
    at = min(step.endset + 0.05 * span, float(result.curve.temperature[-1]) - 0.02 * span)
    tangent = np.array([step.onset, step.endset])
    before = float(np.interp(step.start, result.curve.temperature, result.curve.mass))
    after = float(np.interp(step.stop, result.curve.temperature, result.curve.mass))
    words = f"step {number}"
    lines: list[Layer] = [
        Line(x=tangent, y=np.array([before, after]), colour=-1, width_pt=0.6, name=f"{words}, tangent"),
        Arrow(x0=at, y0=step.mass_before, x1=at, y1=step.mass_after, double=True),
        _level(step.onset, at, step.mass_before, f"{words}, mass before"),
        _level(step.endset, at, step.mass_after, f"{words}, mass after"),
    ]
    return [*lines, *_texts(result, step, at, (change, f"onset {onset.value:.0f} °C"))]


def _change(result: ThermogravimetryResult, number: int, step: Step) -> str | None:
    """The step's loss or gain as text; None where it was refused."""
    sign, kind = ("−", "loss") if step.loss >= 0 else ("+", "gain")
    found = result.quantities.get(f"step{number}.{kind}")
    return None if found is None else f"{sign}{found.number} wt%"


def _level(start: float, stop: float, mass: float, name: str) -> Line:
    return Line(x=np.array([start, stop]), y=np.full(2, mass), colour=-1, dash="dot", width_pt=0.5, name=name)


def _texts(result: ThermogravimetryResult, step: Step, at: float, texts: tuple[str, str]) -> list[Layer]:
    """Change and onset beside the bracket; above it where the step is small or a gain, at the right near the edge."""
    left, right = float(result.curve.temperature[0]), float(result.curve.temperature[-1])
    span = right - left
    in_one_line = step.loss < _SMALL
    near_edge = at > left + (0.5 if in_one_line else 0.68) * span
    x = right - 0.015 * span if near_edge else at + 0.015 * span
    align: Align = "right" if near_edge else "left"
    if in_one_line:
        above = 4.0 if step.loss >= 0 else 13.0 + step.mass_after - step.mass_before
        return [Text(x=x, y=step.mass_before + above, text=", ".join(texts), align=align)]
    y = step.mass_before + 12.0 if near_edge else 0.5 * (step.mass_before + step.mass_after) + 3.0
    return [Text(x=x, y=y - 8.0 * row, text=text, align=align) for row, text in enumerate(texts)]


def whole_run(results: Sequence[ThermogravimetryResult]) -> Figure:
    """One panel per sample: mass (left) and temperature (right) over time, with the changes of gas."""
    return Figure(
        panels=tuple(_run_panel(result) for result in results),
        panel_height_mm=55.0,
        letters=len(results) > 1,
        simulated=simulated(results),
        notes=doubts(results),
    )


def _run_panel(result: ThermogravimetryResult) -> Panel:
    step = max(len(result.time_minute) // 1500, 1)
    time = result.time_minute[::step]
    changes = [Span(start=c.minute, stop=c.minute, label=c.gas) for c in result.gas_changes if c.minute > 0]
    heat = result.temperature_degc[::step]
    return Panel(
        x=Axis(label="Time", unit="min", low=0.0),
        y=Axis(label="Mass", unit="wt%"),
        right=Axis(label="Temperature", unit="°C"),
        layers=(
            Line(x=time, y=result.mass_percent[::step], colour=0, name="mass"),
            Line(x=time, y=heat, colour=1, side="right", dash="dash", width_pt=0.8, name="temperature"),
            *changes,
        ),
        title=formula(result.label),
        legend="none",
    )


FIGURES = {"TG and DTG": tg_and_dtg, "run": whole_run}
