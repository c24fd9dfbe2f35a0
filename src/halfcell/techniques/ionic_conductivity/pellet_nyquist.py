"""Nyquist plots of pellets: the axes show what lies before the blocking tail, which would dwarf it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.core.figure import Axis, Figure, Layer, Line, Panel, Points, Span
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import doubts, simulated
from halfcell.techniques.impedance.nyquist import MARKERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.ionic_conductivity.result import IonicConductivityResult

_UNLIKE = 4.0  # pellets whose resistances differ by more than this factor do not share a panel
_REACH = 1.9  # times the resistance: how far the axes go
_TALL = 0.7  # height of a panel over its width
_UNITS = ((1e6, "MΩ"), (1e3, "kΩ"), (1.0, "Ω"), (1e-3, "mΩ"))


def nyquist(results: Sequence[IonicConductivityResult]) -> Figure:
    """Measured points and fits up to the beginning of the tail; a line marks the resistance that makes sigma."""
    shown = sorted(results, key=lambda r: r.pellet.temperature_degc if r.pellet.temperature_degc is not None else 0.0)
    sizes = [_size(r) for r in shown]
    apart = max(sizes) > _UNLIKE * min(sizes)
    groups = [[r] for r in shown] if apart else [list(shown)]
    columns = min(len(groups), 3)
    width: Literal[90, 140, 180] = (90, 140, 180)[columns - 1]
    return Figure(
        panels=tuple(_panel(group, alone=apart) for group in groups),
        columns=columns,
        width_mm=width,
        panel_height_mm=float(np.clip(_TALL * (width / columns - 13.0) + 15.0, 40.0, 75.0)),
        simulated=simulated(results),
        notes=("Dashed: resistance before the blocking tail.", *doubts(results)),
    )


def _size(r: IonicConductivityResult) -> float:
    """The pellet's resistance (ohm); where it was refused, the middle of the real parts."""
    if "resistance" in r.quantities:
        return abs(r["resistance"].value)
    return float(np.median(np.abs(r.impedance.real[r.used])))


def _panel(results: Sequence[IonicConductivityResult], *, alone: bool) -> Panel:
    reach = _REACH * max(_size(r) for r in results)
    scale, unit = next(((s, u) for s, u in _UNITS if reach >= 3 * s), _UNITS[-1])
    layers: list[Layer] = []
    for i, r in enumerate(results):
        near = r.used & (np.abs(r.impedance) < 3 * reach)
        z, curve = r.impedance[near] / scale, r.curve[np.abs(r.curve) < 3 * reach] / scale
        label = "measured" if alone or not r.label else formula(r.label)
        marker = MARKERS[i % len(MARKERS)]
        layers += [Points(x=z.real, y=-z.imag, label=label, colour=i, marker=marker, hollow=True, size_pt=2.6)]
        shown, name = "fit" if len(results) == 1 else "", f"{label}, fit"
        fit = -2 if len(results) == 1 else i  # a single fit is black, so that it can be seen on the points
        layers += [Line(x=curve.real, y=-curve.imag, colour=fit, label=shown, width_pt=0.8, name=name)]
        if "resistance" in r.quantities:
            place = r["resistance"].value / scale
            layers.append(Span(start=place, stop=place, colour=i))
    x = Axis(label="Z′", unit=unit, low=0.0, high=reach / scale)
    low = min(float(np.min(-r.impedance.imag[r.used])) for r in results) / scale
    y = Axis(label="−Z″", unit=unit, low=min(0.0, max(1.1 * low, -0.2 * reach / scale)), high=_TALL * reach / scale)
    title = formula(results[0].label) if alone else ""
    return Panel(x=x, y=y, layers=tuple(layers), equal=True, legend="upper left", title=title)
