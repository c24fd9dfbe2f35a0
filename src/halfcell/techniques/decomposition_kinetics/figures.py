"""Figures of decomposition kinetics: Kissinger's line, and energies over the conversion."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.figure import Axis, Figure, Line, Panel, Points
from halfcell.core.markup import formula
from halfcell.maths.isoconversional import GAS_CONSTANT
from halfcell.techniques.common.figure_notes import panel_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.maths.isoconversional import Arrhenius
    from halfcell.techniques.decomposition_kinetics.result import Energies, KineticsResult

_NONE = np.empty(0)


def energies(results: Sequence[KineticsResult]) -> Figure:
    """Activation energy over the conversion by Friedman and Ozawa-Flynn-Wall: one panel per sample."""
    panels = []
    for result in (one for one in results if one.energies.friedman):
        found = result.energies
        layers = (
            _over_conversion(found, found.friedman, Points(x=_NONE, y=_NONE, label="Friedman", colour=0)),
            _over_conversion(
                found, found.ozawa, Points(x=_NONE, y=_NONE, label="Ozawa-Flynn-Wall", colour=1, marker="square")
            ),
        )
        top = max(one.energy + one.std for one in (*found.friedman, *found.ozawa))
        panels.append(
            Panel(
                x=Axis(label="Conversion", low=0.0, high=1.0),
                y=Axis(label="Activation energy", unit="kJ mol^{−1}", low=0.0, high=1.4 * top),
                layers=layers,
                title=formula(result.label),
            )
        )
    return panel_each(results, panels, 50.0)


def _over_conversion(found: Energies, lines: Sequence[Arrhenius], style: Points) -> Points:
    """The energies with their errors over the conversion, in a style."""
    energies, errors = (np.array([getattr(one, name) for one in lines]) for name in ("energy", "std"))
    return dataclasses.replace(style, x=np.array(found.conversions), y=energies, y_error=errors, joined=True)


def kissinger_plot(results: Sequence[KineticsResult]) -> Figure:
    """ln(rate/T^2) of the peaks over 1000/T with the line: one panel per sample."""
    panels = []
    for result in results:
        line = result.energies.kissinger
        if line is None:
            continue
        inverse = 1e3 / result.peaks
        ends = np.array([inverse.min(), inverse.max()])
        slope = -line.energy / GAS_CONSTANT
        panels.append(
            Panel(
                x=Axis(label="1000/T_{p}", unit="K^{−1}"),
                y=Axis(label="ln(β/T_{p}^{2})"),
                layers=(
                    Points(x=inverse, y=np.log(result.rates / result.peaks**2), label="measured", colour=0),
                    Line(
                        x=ends,
                        y=line.intercept + slope * ends / 1e3,
                        label=f"E = {result['kissinger_energy'].number} kJ mol^{{−1}}",
                        colour=1,
                    ),
                ),
                title=formula(result.label),
            )
        )
    return panel_each(results, panels, 50.0)


FIGURES = {"energies": energies, "Kissinger": kissinger_plot}
