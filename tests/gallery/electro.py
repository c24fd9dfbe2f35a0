"""Figures of cells: profiles, cycling, impedance, voltammograms."""

from __future__ import annotations

import numpy as np

from halfcell.core.figure import Arrow, Axis, Figure, Line, Panel, Points, Span, Text

CAPACITY = Axis(label="Specific capacity", unit="mAh g-1", low=0)
VOLTAGE = Axis(label="Voltage", unit="V vs. Li^{+}/Li", low=0)


def _profile(capacity: float, efficiency: float, colour: int, label: str) -> tuple[Line, Line]:
    down = np.linspace(0, capacity, 1200)
    part = down / capacity
    discharge = 0.02 + 0.28 * (1 - part) ** 0.8 + 1.6 * np.exp(-part * 40)
    up = np.linspace(0, capacity * efficiency, 1200)
    part = up / up[-1]
    charge = 0.12 + 0.38 * part + 1.45 * part**14
    return (
        Line(x=down, y=discharge, label=label, colour=colour),
        Line(x=up, y=charge, colour=colour),
    )


def profiles() -> Figure:
    """Six panels: first cycles, three patterns wide."""
    names = ("Si/Al-10", "Si/Zn-10", "Si/Sn-10", "Si/a-Sn/FeSi2", "Si/a-Sn/CoSi2", "Si/a-Sn/NiSi2")
    values = (3100, 3200, 3384.3, 2024.0, 1961.7, 2051.6)
    panels = tuple(
        Panel(
            x=CAPACITY,
            y=VOLTAGE,
            layers=(
                *_profile(value, 0.9, 0, name),
                Text(x=0.95, y=0.55, text="ICE = 92.5(2) %", fraction=True, align="right"),
            ),
        )
        for name, value in zip(names, values, strict=True)
    )
    return Figure(panels=panels, width_mm=180, columns=3, panel_height_mm=50, simulated=True, caption="First cycles")


def cycling() -> Figure:
    """Capacity and Coulombic efficiency over the cycle: right axis, hollow markers."""
    cycle = np.arange(1, 101)
    rng = np.random.default_rng(1)
    capacity = 1771 * np.exp(-cycle / 450) + rng.normal(0, 4, 100)
    efficiency = 100 - 9.7 * np.exp(-(cycle - 1) / 1.2) - rng.random(100) * 0.3
    panel = Panel(
        x=Axis(label="Cycle", low=0),
        y=Axis(label="Specific capacity", unit="mAh g-1", low=0),
        right=Axis(label="Coulombic efficiency", unit="%", low=50, high=102),
        layers=(
            Points(x=cycle, y=capacity * 1.01, label="discharge", colour=0, hollow=True, size_pt=2.5),
            Points(x=cycle, y=capacity, label="charge", colour=0, size_pt=2.5),
            Points(x=cycle, y=efficiency, label="efficiency", colour=1, marker="square", size_pt=2.2, side="right"),
            Span(start=3.5, stop=3.5, label="formation"),
        ),
    )
    return Figure(panels=(panel,), width_mm=140, panel_height_mm=70, caption="Cycling of Si/CoSi2")


def nyquist() -> Figure:
    """Equal axes, fits through points, and the evolution of two resistances with error bars."""
    omega = 2 * np.pi * np.logspace(6, -2, 60)
    layers: list[Points | Line] = []
    for colour, (rct, name) in enumerate(((18, "10 cycles"), (26, "50 cycles"), (41, "100 cycles"))):
        z = 3 + 12 / (1 + (1j * omega * 1e-5) ** 0.85) + rct / (1 + (1j * omega * 8e-3) ** 0.8)
        z = z + 6 / np.sqrt(omega) * (1 - 1j)
        layers += [
            Points(x=z.real, y=-z.imag, label=name, colour=colour, hollow=True, marker=""),
            Line(x=z.real, y=-z.imag, colour=colour, width_pt=0.8),
        ]
    left = Panel(x=Axis(label="Z'", unit="Ω"), y=Axis(label="−Z''", unit="Ω"), layers=tuple(layers), equal=True)
    cycles = np.array([10.0, 50.0, 100.0])
    points = (
        Points(x=cycles, y=np.array([12, 14, 17.0]), y_error=np.ones(3), label="R_{int}", joined=True),
        Points(x=cycles, y=np.array([18, 26, 41.0]), y_error=2 * np.ones(3), label="R_{ct}", colour=1, marker=""),
    )
    right = Panel(x=Axis(label="Cycle"), y=Axis(label="Resistance", unit="Ω", low=0), layers=points)
    return Figure(panels=(left, right), columns=2, width_mm=140, panel_height_mm=62, simulated=True)


def voltammogram() -> Figure:
    """A loop of many points, small currents (a power of ten in the title), an arrow along the scan."""
    time = np.linspace(0, 6 * np.pi, 30000)
    potential = 1.005 + 0.995 * np.cos(time)
    current = -1e-6 * (np.sin(time) + 1.5 * np.exp(-(((potential - 0.2) / 0.12) ** 2)) * np.sign(np.sin(time)))
    layers = (
        Line(x=potential, y=current, label="Si, 3 mV s-1"),
        Span(start=0, stop=0, axis="y"),
        Arrow(x0=1.4, y0=-1.6e-6, x1=0.8, y1=-1.6e-6, text="lithiation"),
    )
    panel = Panel(x=Axis(label="Potential", unit="V vs. Li^{+}/Li"), y=Axis(label="Current", unit="A"), layers=layers)
    return Figure(panels=(panel,))


def evolution() -> Figure:
    """Stacked panels that share x: capacity, efficiency, voltage."""
    cycle = np.arange(1, 31.0)
    rows = (
        ("Capacity", "mAh g-1", 3000 - 20 * cycle, 1.4),
        ("Efficiency", "%", 99.5 - 8 * np.exp(-cycle), 1.0),
        ("Mean voltage", "V", 0.42 + 0.001 * cycle, 1.0),
    )
    panels = tuple(
        Panel(
            x=Axis(label="Cycle"),
            y=Axis(label=label, unit=unit),
            layers=(Points(x=cycle, y=y, colour=index, marker="", joined=True),),
            height_ratio=ratio,
        )
        for index, (label, unit, y, ratio) in enumerate(rows)
    )
    return Figure(panels=panels, share_x=True, panel_height_mm=30)


def comparison() -> Figure:
    """Reported results with names beside the points, the own one marked; a long legend outside."""
    rng = np.random.default_rng(3)
    layers = [
        Points(
            x=rng.uniform(50, 1000, 4),
            y=rng.uniform(60, 95, 4),
            label=f"Reference {index + 1} (Si/C, 20{15 + index})",
            colour=index,
            marker="",
            size_pt=4,
        )
        for index in range(9)
    ]
    layers.append(
        Points(x=np.array([500.0]), y=np.array([97.0]), label="this work", colour=1, marker="diamond", size_pt=7)
    )
    panel = Panel(
        x=Axis(label="Cycles", log=True), y=Axis(label="Retention", unit="%"), layers=tuple(layers), legend="outside"
    )
    return Figure(panels=(panel,), width_mm=140, panel_height_mm=75)
