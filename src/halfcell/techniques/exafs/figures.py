"""Figures of EXAFS: |chi(R)|, chi(k), normalised absorption, differences between states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Axis, Figure, Layer, Line, Panel, Text
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import simulated
from halfcell.techniques.common.state_differences import (
    Difference,
    difference_axis,
    difference_layers,
    words,
)

if TYPE_CHECKING:
    from halfcell.techniques.exafs.result import ExafsResult

_FAR = 6.0  # angstrom shown, chosen: farther shells are seldom seen
_COLOURS = 7  # colours of the palette that are legible as text on white
_FROM = 1.5  # 1/angstrom: below, chi is what is left of the edge


def chi_r(results: Sequence[ExafsResult]) -> Figure:
    """|chi(R)| of each state, stacked, with its range of k; R is not phase-corrected."""
    shown = [r.r_angstrom <= _FAR for r in results]
    step = 1.1 * max(float(r.magnitude[s].max()) for r, s in zip(results, shown, strict=True))
    layers: list[Layer] = []
    for number, (result, inside) in enumerate(zip(results, shown, strict=True)):
        x, y, raised = result.r_angstrom[inside], result.magnitude[inside], number * step
        layers.append(Line(x=x, y=y, label=result.label, colour=number % _COLOURS, raised=raised))
        if result.fitted is not None:
            fit, name = result.fitted[inside], f"{_name(result)}, fit"
            layers.append(Line(x=x, y=fit, colour=-2, dash="dash", width_pt=0.7, name=name, raised=raised))
        said = f"{formula(_name(result))}\n{_range(result)}"
        at = (number + 0.62) * step
        layers.append(Text(x=0.97 * _FAR, y=at, text=said, align="right", colour=number % _COLOURS))
    weight = results[0].k_weight
    y_axis = Axis(
        label="|χ(R)|", unit=f"Å^{{−{weight + 1}}}", low=0.0, high=step * len(results), no_numbers=len(results) > 1
    )
    x_axis = Axis(label="R, not phase-corrected", unit="Å", low=0.0, high=_FAR)
    return _figure(results, Panel(x=x_axis, y=y_axis, layers=tuple(layers), legend="none"))


def chi_k(results: Sequence[ExafsResult]) -> Figure:
    """k-weighted chi(k) of each state, stacked."""
    weight = results[0].k_weight
    curves = [r.chi * r.k**weight for r in results]
    inside = [(r.k >= _FROM) & (r.k <= r.k_range[1] + 0.5) for r in results]
    step = 1.1 * max(float(np.ptp(c[i])) for c, i in zip(curves, inside, strict=True))
    layers: list[Layer] = []
    for number, (result, curve, i) in enumerate(zip(results, curves, inside, strict=True)):
        colour, raised = number % _COLOURS, number * step
        layers.append(Line(x=result.k[i], y=curve[i], label=result.label, colour=colour, width_pt=0.8, raised=raised))
        at = Text(x=1.75, y=(number + 0.36) * step, text=formula(_name(result)), colour=number % _COLOURS)
        layers.append(at)
    x_axis = Axis(label="k", unit="Å^{−1}", low=1.5, high=max(r.k_range[1] for r in results) + 0.5)
    y_axis = Axis(
        label=f"k^{{{weight}}} χ(k)",
        unit=f"Å^{{−{weight}}}",
        low=-0.6 * step,
        high=(len(results) - 0.35) * step,
        no_numbers=len(results) > 1,
    )
    return _figure(results, Panel(x=x_axis, y=y_axis, layers=tuple(layers), legend="none"))


def absorption(results: Sequence[ExafsResult]) -> Figure:
    """Normalised absorption around the edge, with the ranges of the normalisation."""
    e0 = results[0].quantities["e0"].value
    ranges = [_normalised_over(result) for result in results]
    common = len(set(ranges)) == 1
    layers: list[Layer] = []
    for number, (result, over) in enumerate(zip(results, ranges, strict=True)):
        inside = (result.energy_electronvolt > e0 - 40) & (result.energy_electronvolt < e0 + 140)
        x, y = result.energy_electronvolt[inside] - round(e0), result.normalised[inside]
        label = formula(_name(result)) + ("" if common else f", {over}")
        layers.append(Line(x=x, y=y, label=label, colour=number % _COLOURS))
    if common:
        layers.append(Text(x=0.97, y=0.6, text=f"normalised over\n{ranges[0]}", fraction=True, align="right"))
    x_axis, y_axis = Axis(label=f"Energy less {e0:.0f} eV", unit="eV"), Axis(label="Normalised absorption", low=-0.05)
    return _figure(results, Panel(x=x_axis, y=y_axis, layers=tuple(layers), legend="lower right"))


def _normalised_over(result: ExafsResult) -> str:
    """Ranges of the pre-edge line and the post-edge polynomial, relative to E0 (eV)."""
    pairs = (result.settings[name] for name in ("pre_range", "post_range"))
    return " | ".join(f"{low:.0f} to {high:.0f}".replace("-", "−") for low, high in pairs) + " eV"


def differences(results: Sequence[ExafsResult]) -> Figure:
    """|chi(R)| of each state minus that of the first, stacked; bands are two standard uncertainties of the noise."""
    first = next((r for r in results if "first_peak_ratio" in r.quantities), results[0])
    shown = [
        Difference(x=r.r_angstrom[near], value=value[near], std=std[near], words=words(_name(r), _name(first)))
        for r in results
        if r.difference is not None
        for near, (value, std) in ((r.r_angstrom <= _FAR, r.difference),)
    ]
    layers, high = difference_layers(shown)
    x_axis = Axis(label="R, not phase-corrected", unit="Å", low=0.0, high=_FAR)
    y_axis = difference_axis(f"Å^{{−{results[0].k_weight + 1}}}", high, len(shown))
    return _figure(results, Panel(x=x_axis, y=y_axis, layers=tuple(layers), legend="none"))


def _name(result: ExafsResult) -> str:
    return result.label or result.state


def _range(result: ExafsResult) -> str:
    """The range of the transform, as it is written beside a curve."""
    return f"k {result.k_range[0]:.1f}–{result.k_range[1]:.1f} Å^{{−1}}"


def _figure(results: Sequence[ExafsResult], panel: Panel) -> Figure:
    height = 55.0 + 10.0 * (len(results) - 1)
    ranges = [note.text for r in results for note in r.notes if note.code == "exafs_ranges"]
    notes = tuple(dict.fromkeys(ranges))
    return Figure(panels=(panel,), width_mm=90, panel_height_mm=height, simulated=simulated(results), notes=notes)


FIGURES = {"chi(R)": chi_r, "chi(k)": chi_k, "absorption": absorption, "differences": differences}
