"""Arrhenius plot of pellets: conductivities at several temperatures with the line of each series."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.figure import Axis, Figure, Layer, Line, Marker, Panel, Points
from halfcell.core.markup import formula
from halfcell.techniques.common.figure_notes import one_panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.common.pellet_result import PelletResult, TemperatureSeries

_TEMPERATURE = re.compile(r"(?<!\w)[-−+]?\d+(?:[.,]\d+)?\s*(?:°|deg)?\s*[CK]\s*$", re.IGNORECASE)
_MARKERS: tuple[Marker, ...] = ("circle", "square", "triangle", "diamond", "down", "cross", "plus")


def arrhenius(results: Sequence[PelletResult]) -> Figure:
    """sigma T (or sigma), logarithmic, over 1000/T: points with standard uncertainties, line, E_a in the legend.

    Raises
    ------
    InputError
        If no result is a member of a series of three temperatures or more.
    """
    members = [r for r in results if r.temperatures is not None]
    if not members:
        raise InputError("there is no Arrhenius line", hint="it needs conductivities at three temperatures or more")
    layers: list[Layer] = []
    kept: list[TemperatureSeries] = []
    for r in members:
        found = r.temperatures
        if found is not None and found not in kept:
            layers += _series(r, found, len(kept))
            kept.append(found)
    product = kept[0].line.form == "sigma T"
    y = Axis(label="σT", unit="S K cm^{−1}", log=True) if product else Axis(label="σ", unit="S cm^{−1}", log=True)
    x = Axis(label="1000/T", unit="K^{−1}")
    return one_panel(members, Panel(x=x, y=y, layers=tuple(layers), legend="best"))


def _series(r: PelletResult, found: TemperatureSeries, number: int) -> list[Layer]:
    kelvin, sigma = np.array(found.kelvin), np.array(found.sigma)
    factor = kelvin if found.line.form == "sigma T" else np.ones(len(kelvin))
    ends = np.linspace(1 / kelvin.max(), 1 / kelvin.min(), 41)
    line = found.line.conductivity(1 / ends) * (1 / ends if found.line.form == "sigma T" else 1.0)
    energy = r["series.activation_energy"]
    label = f"{_name(r)} E_{{a}} = {energy.number} eV".strip()
    spread = np.array(found.relative_std) * sigma * factor
    marker = _MARKERS[number % len(_MARKERS)]
    return [
        Points(
            x=1000 / kelvin,
            y=sigma * factor,
            y_error=spread,
            label=label,
            colour=number,
            marker=marker,
            hollow=True,
            size_pt=3.2,
        ),
        Line(x=1000 * ends, y=line, colour=number, width_pt=0.8, name=f"{_name(r)} line".strip()),
    ]


def _name(r: PelletResult) -> str:
    """The label of a result without the temperature that tells the members of its series apart."""
    name = _TEMPERATURE.sub("", r.label).rstrip(" ,_")
    return f"{formula(name)}," if name else ""
