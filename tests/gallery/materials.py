"""Figures of powders: patterns, sizes, indentation, sorption, Raman, thermogravimetry."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from halfcell.core.figure import Area, Axis, Bars, Figure, Line, Panel, Points, Span, Text, Ticks

SI = np.array([28.44, 47.30, 56.12, 69.13, 76.38])
COSI2 = np.array([28.81, 47.88, 56.80, 70.00, 77.37])
SN = np.array([30.64, 32.02, 43.87, 44.90, 55.33, 62.54, 63.78, 64.58, 72.41, 73.20, 79.47])
ANGLE = np.linspace(20, 80, 3001)


def _pattern(lines: NDArray[np.float64], width: float, seed: int) -> NDArray[np.float64]:
    rng = np.random.default_rng(seed)
    clean = 60 + 200 * np.exp(-(ANGLE - 20) / 15)
    for place, height in zip(lines, np.linspace(900, 250, len(lines)), strict=True):
        clean = clean + height / (1 + ((ANGLE - place) / width) ** 2)
    return rng.poisson(clean).astype(float)


def patterns() -> Figure:
    """Stacked patterns with rows of phase ticks below, in two panels."""
    two = []
    for index, (name, lines) in enumerate((("Si/Sn-10", SI), ("Si/a-Sn/CoSi2", np.r_[SI, COSI2]))):
        layers = (
            Line(x=ANGLE, y=_pattern(lines, 0.5, index), colour=-2, width_pt=0.6, label="measured"),
            Line(x=ANGLE, y=_pattern(lines, 0.5, index) * 0 + 300, colour=1, width_pt=0.8, label="fit"),
            Ticks(x=SI, label="Si", colour=0, heights=np.array([100, 55, 30, 6, 11.0])),
            Ticks(x=COSI2, label="CoSi2", colour=2, row=1),
            Ticks(x=SN, label="β-Sn", colour=1, row=2),
            Text(x=0.97, y=0.93, text=name, fraction=True, align="right", bold=True),
        )
        two.append(
            Panel(
                x=Axis(label="2θ", unit="°"),
                y=Axis(label="Intensity", unit="counts"),
                layers=layers,
                legend="upper center" if index == 9 else "best",
            )
        )
    return Figure(panels=tuple(two), columns=2, width_mm=180, panel_height_mm=70, simulated=True)


def sizes() -> Figure:
    """Bars with errors and a value on each, names turned where they would touch."""
    names = ("Si/Sn-5", "Si/Sn-10", "Si/Sn-15", "Si/Sn-20", "Si/a-Sn/FeSi2", "Si/a-Sn/CoSi2", "Si/a-Sn/NiSi2")
    x, y = np.arange(7.0), np.array([14.1, 12.2, 11.0, 10.4, 9.1, 8.7, 9.4])
    layers = (Bars(x=x, y=y, names=names, y_error=np.full(7, 0.6)),)
    return Figure(panels=(Panel(y=Axis(label="Crystallite size", unit="nm", low=0), layers=layers),))


def bars() -> Figure:
    """Grouped, stacked and horizontal bars."""
    names = ("FeSi2", "CoSi2", "NiSi2")
    x = np.arange(3.0)
    plastic, elastic = np.array([118.1, 121.1, 97.7]), np.array([41.4, 56.9, 41.2])
    stacked = Panel(
        y=Axis(label="Deformation energy", unit="10^{-10} J"),
        layers=(
            Bars(x=x, y=plastic, names=names, label="plastic"),
            Bars(x=x, y=elastic, base=plastic, label="elastic", colour=4, y_error=np.full(3, 5.0)),
        ),
    )
    grouped = Panel(
        y=Axis(label="Energy", unit="nJ", low=0, high=14),
        layers=(
            Bars(x=x - 0.2, y=plastic / 10, names=names, label="plastic", width=0.38),
            Bars(x=x + 0.2, y=elastic / 10, names=names, label="elastic", width=0.38, colour=4),
        ),
    )
    flat = Panel(
        x=Axis(label="Conductivity", unit="S cm-1", log=True),
        layers=(Bars(x=x, y=np.array([3e-3, 41.0, 12.0]), names=names, horizontal=True, colour=2),),
    )
    return Figure(panels=(stacked, grouped, flat), columns=3, width_mm=180, panel_height_mm=50)


def indentation() -> Figure:
    """Load over displacement with the two energies shaded."""
    depth = np.linspace(0, 320, 400)
    load = 8.2e-5 * depth**2
    back = np.linspace(210, 320, 200)
    unload = load[-1] * ((back - 210) / 110) ** 1.4
    layers = (
        Area(x=np.r_[depth, back[::-1]], y=np.r_[load, unload[::-1]], label="plastic", colour=0),
        Area(x=back, y=unload, y_low=np.zeros(200), label="elastic", colour=4),
        Line(x=depth, y=load, colour=-2),
        Line(x=back, y=unload, colour=-2),
    )
    panel = Panel(x=Axis(label="Displacement", unit="nm", low=0), y=Axis(label="Load", unit="mN", low=0), layers=layers)
    return Figure(panels=(panel,))


def isotherm() -> Figure:
    """An isotherm with the BET line as an inset, axes log and reversed elsewhere."""
    p = np.linspace(0.01, 0.99, 60)
    up, down = 8 * p / (1 - 0.9 * p), 8 * p / (1 - 0.9 * p) + 6 * p * (1 - p)
    low = np.linspace(0.05, 0.3, 8)
    small = Panel(
        x=Axis(label="p/p_{0}"),
        y=Axis(label="1/[v(p_{0}/p − 1)]", unit="g cm-3"),
        layers=(Points(x=low, y=0.01 + 0.3 * low, size_pt=2), Line(x=low, y=0.01 + 0.3 * low, colour=1)),
    )
    layers = (
        Points(x=p, y=up, label="adsorption", size_pt=2.5),
        Points(x=p, y=down, label="desorption", hollow=True, size_pt=2.5),
    )
    panel = Panel(
        x=Axis(label="Relative pressure p/p_{0}", low=0, high=1),
        y=Axis(label="Volume adsorbed", unit="cm3 g-1 STP", low=0),
        layers=layers,
        inset=small,
        inset_box=(0.24, 0.5, 0.42, 0.36),
    )
    return Figure(panels=(panel,), panel_height_mm=65)


def raman() -> Figure:
    """Spectra shifted upwards, without numbers on y; a shaded window; a long name outside."""
    x = np.linspace(400, 600, 800)
    layers = [Span(start=505, stop=530, label="fit window")]
    for index, (name, place, width) in enumerate((("pristine Si", 520.5, 3.0), ("Si/a-Sn/CoSi2/G/C", 512.0, 9.0))):
        layers.append(Line(x=x, y=index * 1.2 + 1 / (1 + ((x - place) / width) ** 2), label=name, colour=index))
    panel = Panel(
        x=Axis(label="Raman shift", unit="cm-1", low=400, high=600),
        y=Axis(label="Intensity", unit="a.u.", no_numbers=True),
        layers=tuple(layers),
    )
    return Figure(panels=(panel,))


def thermogram() -> Figure:
    """Mass and its derivative on the right axis; two named temperatures."""
    t = np.linspace(50, 800, 1500)
    mass = 100 - 62 / (1 + np.exp(-(t - 300) / 12)) - 25 / (1 + np.exp(-(t - 465) / 16))
    layers = (
        Line(x=t, y=mass, label="mass"),
        Line(x=t, y=-np.gradient(mass, t), label="−dm/dT", colour=1, side="right", dash="dash"),
        Span(start=277, stop=277, label="onset 277 °C"),
    )
    panel = Panel(
        x=Axis(label="Temperature", unit="°C"),
        y=Axis(label="Mass", unit="wt%", low=0, high=105),
        right=Axis(label="−dm/dT", unit="wt% K-1", low=0),
        layers=layers,
    )
    return Figure(panels=(panel,), simulated=True)


def expanded() -> Figure:
    """Log axes, reversed axis, tiny and large numbers, a step line."""
    x = np.logspace(-2, 5, 80)
    log = Panel(
        x=Axis(label="Frequency", unit="Hz", log=True, reverse=True),
        y=Axis(label="|Z|", unit="Ω", log=True),
        layers=(Line(x=x, y=1e3 / (1 + x), label="|Z|"),),
    )
    size = np.logspace(-1, 2, 40)
    share = np.exp(-(np.log(size / 4.2) ** 2))
    step = Panel(
        x=Axis(label="Diameter", unit="µm", log=True),
        y=Axis(label="Volume", unit="%"),
        right=Axis(label="Cumulative", unit="%", low=0, high=100),
        layers=(
            Line(x=size, y=share, step=True, label="q_{3}"),
            Line(x=size, y=100 * np.cumsum(share) / share.sum(), side="right", colour=1, label="Q_{3}"),
        ),
    )
    ohm = Panel(
        x=Axis(label="Voltage", unit="V"),
        y=Axis(label="Current", unit="A"),
        layers=(
            Points(x=np.linspace(-0.1, 0.1, 21), y=np.linspace(-3e-9, 3e-9, 21), x_error=np.full(21, 0.002)),
            Span(start=-0.05, stop=0.05, colour=2, label="ohmic range"),
            Span(start=0, stop=0, axis="y", label="zero"),
        ),
    )
    return Figure(panels=(log, step, ohm), columns=3, width_mm=180, panel_height_mm=52)
