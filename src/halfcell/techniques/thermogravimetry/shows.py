"""Figures and tables of thermogravimetry: TG and DTG with step brackets and onset tangents, the run, the steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from halfcell.core.figure import Arrow, Axis, Figure, Line, Panel, Span, Text
from halfcell.core.markup import formula
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques.common.figure_notes import doubts, simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.maths.thermogram import Step
    from halfcell.techniques.thermogravimetry.records import Thermogram


def tg_and_dtg(results: Sequence[Thermogram]) -> Figure:
    """A panel a sample: mass (left) and loss rate (right) over temperature, steps with their loss, onset tangents."""
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


def _panel(result: Thermogram) -> Panel:
    made = result.curve
    layers: list[Any] = [
        Line(x=made.temperature, y=made.mass, colour=0),
        Line(x=made.temperature, y=made.rate, colour=1, side="right", dash="dash", width_pt=0.8),
    ]
    low = min(0.0, float(made.mass.min()) - 2.0)
    for number, step in enumerate(result.steps, 1):
        layers += _marks(result, number, step)
    top = float(made.rate.max())
    return Panel(
        x=Axis(label="Temperature", unit="°C", low=float(made.temperature[0]), high=float(made.temperature[-1])),
        y=Axis(label="Mass", unit="wt%", low=low, high=112.0),
        right=Axis(label="Loss rate", unit="wt% °C^{−1}", low=-0.02 * top, high=2.2 * top),
        layers=tuple(layers),
        title=formula(result.label) + (f" in {result.gas}" if result.gas else ""),
        legend="none",
    )


def _marks(result: Thermogram, number: int, step: Step) -> list[Any]:
    """The bracket of a step with its loss, and the tangent from onset to endset."""
    loss = result.quantities[f"step{number}.loss"]
    onset = result.quantities[f"step{number}.onset"]
    span = float(np.ptp(result.curve.temperature))
    at = min(step.endset + 0.05 * span, float(result.curve.temperature[-1]) - 0.02 * span)
    tangent = np.array([step.onset, step.endset])
    before = float(np.interp(step.start, result.curve.temperature, result.curve.mass))
    after = float(np.interp(step.stop, result.curve.temperature, result.curve.mass))
    lines = [
        Line(x=tangent, y=np.array([before, after]), colour=-1, width_pt=0.6),
        Arrow(x0=at, y0=step.mass_before, x1=at, y1=step.mass_after, double=True),
        Line(x=np.array([step.onset, at]), y=np.full(2, step.mass_before), colour=-1, dash="dot", width_pt=0.5),
        Line(x=np.array([step.endset, at]), y=np.full(2, step.mass_after), colour=-1, dash="dot", width_pt=0.5),
    ]
    return [*lines, *_words(result, step, at, (f"−{loss.number} wt%", f"onset {onset.value:.0f} °C"))]


def _words(result: Thermogram, step: Step, at: float, words: tuple[str, str]) -> list[Any]:
    """Loss and onset beside the bracket; above it where the step is small, and from the right edge where it is near."""
    left, right = float(result.curve.temperature[0]), float(result.curve.temperature[-1])
    span = right - left
    near_edge = at > left + 0.68 * span
    x = right - 0.015 * span if near_edge else at + 0.015 * span
    align: Literal["left", "right"] = "right" if near_edge else "left"
    if step.mass_before - step.mass_after < 20.0:
        return [Text(x=x, y=step.mass_before + 4.0, text=", ".join(words), align=align)]
    y = step.mass_before + 12.0 if near_edge else 0.5 * (step.mass_before + step.mass_after) + 3.0
    return [Text(x=x, y=y - 8.0 * row, text=text, align=align) for row, text in enumerate(words)]


def whole_run(results: Sequence[Thermogram]) -> Figure:
    """A panel a sample: mass (left) and temperature (right) over time, with the gas switches."""
    return Figure(
        panels=tuple(_run_panel(result) for result in results),
        panel_height_mm=55.0,
        letters=len(results) > 1,
        simulated=simulated(results),
        notes=doubts(results),
    )


def _run_panel(result: Thermogram) -> Panel:
    step = max(len(result.time_minute) // 1500, 1)
    time = result.time_minute[::step]
    switches = [Span(start=at, stop=at, label=gas) for at, gas in result.switches if at > 0]
    heat = result.temperature_degc[::step]
    return Panel(
        x=Axis(label="Time", unit="min", low=0.0),
        y=Axis(label="Mass", unit="wt%"),
        right=Axis(label="Temperature", unit="°C"),
        layers=(
            Line(x=time, y=result.mass_percent[::step], colour=0),
            Line(x=time, y=heat, colour=1, side="right", dash="dash", width_pt=0.8),
            *switches,
        ),
        title=formula(result.label),
        legend="none",
    )


def step_table(results: Sequence[Thermogram]) -> Table:
    """A row a step: onset, peak, endset, loss; the residue and the char with the first step."""
    columns = (
        Column(key="label", label="Sample"),
        Column(key="step", label="Step"),
        Column(key="onset", label="Onset", unit="°C"),
        Column(key="peak", label="Peak", unit="°C"),
        Column(key="endset", label="Endset", unit="°C"),
        Column(key="loss", label="Loss", unit="wt%"),
        Column(key="residue", label="Residue", unit="wt%"),
        Column(key="char_yield", label="Char by burn-off", unit="wt%"),
    )
    rows: list[tuple[Entry | None, ...]] = []
    for result in results:
        count = max(len(result.steps), 1)
        for number in range(1, count + 1):
            own = [entry(result, f"step{number}.{what}") for what in ("onset", "peak", "endset", "loss")]
            first: list[Entry | None] = [Entry(text=formula(result.label), rows=count)] if number == 1 else [None]
            last: list[Entry | None] = [None, None]
            if number == 1:
                made = [entry(result, name) for name in ("residue", "char_yield")]
                last = [
                    Entry(text=e.text, quantity=e.quantity, origin=e.origin, doubt=e.doubt, rows=count) for e in made
                ]
            rows.append((*first, Entry(text=str(number)), *own, *last))
    notes = tuple(dict.fromkeys(n.text for r in results for n in r.notes if n.code in {"basis", "unphysical_residue"}))
    return Table(columns=columns, rows=tuple(rows), notes=notes, simulated=simulated(results))
