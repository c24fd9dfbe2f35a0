"""Figures of voltammetry: voltammograms on one pair of axes, or one above the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.core.figure import DASHES, Axis, Figure, Line, Panel, Span
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.voltammetry.axes import caption_of, current_unit, potential_unit
from halfcell.techniques.voltammetry.cycle_difference import difference
from halfcell.techniques.voltammetry.scan_rate_shows import capacitive_share, peak_currents

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.voltammetry.result import VoltammetryResult

_PAIR = 2  # cycles of which one is the other's reference


def voltammogram(results: Sequence[VoltammetryResult]) -> Figure:
    """Current over potential, of the shown cycles; all samples share one pair of axes."""
    unit = current_unit(results)
    panel = Panel(
        x=Axis(label="Potential", unit=potential_unit(results)),
        y=Axis(label="Current", unit=unit),
        layers=(Span(start=0.0, stop=0.0, axis="y", dash="dot"), *_lines(results)),
        title=results[0].label if len(results) == 1 else "",
        legend="best" if len(_lines(results)) > 1 else "none",
    )
    return Figure(panels=(panel,), caption=caption_of(results), simulated=simulated(results))


def stacked(results: Sequence[VoltammetryResult]) -> Figure:
    """One panel per sample, one above the other on the same axis of potential."""
    current_unit(results)
    panels = tuple(
        Panel(
            x=Axis(label="Potential", unit=potential_unit(results)),
            y=Axis(label="Current", unit=current_unit([result])),
            layers=(Span(start=0.0, stop=0.0, axis="y", dash="dot"), *_lines([result])),
            title=result.label,
        )
        for result in results
    )
    return Figure(
        panels=panels,
        caption=caption_of(results),
        columns=1,
        panel_height_mm=38.0,
        share_x=True,
        simulated=simulated(results),
    )


def cycle_differences(results: Sequence[VoltammetryResult]) -> Figure:
    """Each shown cycle minus the first one shown, at the same potential of the same sweep; one panel per sample."""
    unit = current_unit(results)
    panels = tuple(
        Panel(
            x=Axis(label="Potential", unit=potential_unit(results)),
            y=Axis(label="Difference of the current", unit=unit),
            layers=(Span(start=0.0, stop=0.0, axis="y", dash="dot"), *_differences(result)),
            title=result.label,
            legend="best",
        )
        for result in results
    )
    columns = min(len(panels), 3)
    widths: tuple[float, ...] = (90, 140, 180)
    return Figure(
        panels=panels,
        caption=caption_of(results),
        columns=columns,
        width_mm=widths[columns - 1],
        simulated=simulated(results),
    )


def _differences(result: VoltammetryResult) -> list[Line]:
    """The differences of one sample; both sweeps of a cycle are one line."""
    if len(result.traces) < _PAIR:
        hint = "set shown_cycles to two cycles or more"
        raise Refused("a difference needs two cycles that are shown", result.label, hint)
    first, *others = result.traces
    lines = []
    for index, trace in enumerate(others):
        x, y = difference(trace, first)
        label = f"cycle {trace.cycle} − {first.cycle}"
        lines.append(Line(x=x, y=y, label=label, colour=index, dash=DASHES[index % len(DASHES)]))
    return lines


def _lines(results: Sequence[VoltammetryResult]) -> list[Line]:
    """One colour per sample and one dash per cycle; of a single sample one colour per cycle."""
    one, lines = len(results) == 1, []
    for index, result in enumerate(results):
        several = len(result.traces) > 1
        for place, trace in enumerate(result.traces):
            cycle = f"cycle {trace.cycle}"
            label = cycle if one else f"{result.label}, {cycle}" if several else result.label
            dash = "solid" if one else DASHES[place % len(DASHES)]
            colour = place if one else index
            lines.append(Line(x=trace.potential, y=trace.current, label=label, colour=colour, dash=dash))
    if not lines:
        raise Refused("there is no cycle to show", results[0].label, "no cycle of shown_cycles is in the data")
    return lines


FIGURES = {
    "voltammogram": voltammogram,
    "stacked voltammograms": stacked,
    "cycle differences": cycle_differences,
    "peak currents": peak_currents,
    "capacitive share": capacitive_share,
}
