"""Figures of pictures and drawings: micrographs, maps, schematics, composites."""

from __future__ import annotations

import numpy as np

from gallery.electro import profiles
from gallery.materials import isotherm, patterns
from halfcell.core.figure import Arrow, Axis, Figure, Image, Panel, Shape, Text

BARE = Axis(hidden=True)


def _box(left: float, bottom: float, right: float, top: float) -> tuple[np.ndarray, np.ndarray]:
    return np.array([left, right, right, left]), np.array([bottom, bottom, top, top])


def layered_cell() -> Figure:
    """An all-solid-state full cell drawn in layers with labels and dimensions."""
    rows = (
        ("SUS rod", 0, 14, "#B0B7BF", ""),
        ("Si/a-Sn/CoSi2/G/C anode", 14, 20, "#444444", ""),
        ("Li6PS5Cl (LPSC)", 20, 36, "#F3E3A9", "dots"),
        ("NCM811 composite cathode", 36, 44, "#6A9BD8", "lines"),
        ("Al foil", 44, 47, "#D9D9D9", ""),
        ("SUS rod", 47, 61, "#B0B7BF", ""),
    )
    layers: list[Shape | Text | Arrow] = []
    for name, bottom, top, fill, hatch in rows:
        x, y = _box(0, bottom, 60, top)
        layers += [
            Shape(x=x, y=y, fill=fill, hatch=hatch),
            Text(x=75, y=(bottom + top) / 2, text=name),
            Arrow(x0=74, y0=(bottom + top) / 2, x1=60, y1=(bottom + top) / 2, head=False, colour=-1),
        ]
    layers += [
        Arrow(x0=-6, y0=20, x1=-6, y1=36, double=True),
        Text(x=-9, y=28, text="700 µm", align="right"),
        Arrow(x0=0, y0=-4, x1=60, y1=-4, double=True),
        Text(x=30, y=-9, text="13 mm", align="center"),
        Arrow(x0=30, y0=78, x1=30, y1=62),
        Text(x=33, y=72, text="75 MPa, 60 °C"),
    ]
    return Figure(panels=(Panel(x=BARE, y=BARE, layers=tuple(layers), equal=True),), panel_height_mm=62)


def _grains(seed: int, size: int = 512) -> np.ndarray:
    rng = np.random.default_rng(seed)
    spectrum = np.fft.rfft2(rng.normal(size=(size, size)))
    ky, kx = np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None]
    smooth = np.fft.irfft2(spectrum * np.exp(-(kx**2 + ky**2) * 4000))
    return (smooth - smooth.min()) / np.ptp(smooth)


def micrograph() -> Figure:
    """A micrograph with its scale bar, particle outlines and a name."""
    turn = np.linspace(0, 2 * np.pi, 40)
    layers = (
        Image(values=_grains(1), extent=(0, 20, 0, 15), scale_bar=(5, "5 µm")),
        Shape(x=10 + 3 * np.cos(turn), y=8 + 2.4 * np.sin(turn), colour=4, width_pt=0.8),
        Text(x=10, y=8, text="4.9 µm", align="center", colour=4),
    )
    return Figure(panels=(Panel(x=BARE, y=BARE, layers=layers, equal=True),), panel_height_mm=66, simulated=True)


def maps() -> Figure:
    """Elemental maps on a common scale, each with its bar, and one in true colours."""
    panels = []
    for index, element in enumerate(("Si", "Sn", "Co", "C")):
        image = Image(
            values=_grains(index + 5, 128) * 100,
            extent=(0, 2, 0, 2),
            palette=("viridis", "magma", "grey", "viridis")[index],
            low=0,
            high=100,
            bar_label="at%",
            scale_bar=(0.5, "500 nm"),
        )
        panels.append(Panel(x=BARE, y=BARE, layers=(image,), equal=True, title=element))
    rgb = np.stack([_grains(seed, 128) for seed in (5, 6, 7)], axis=2)
    panels.append(
        Panel(
            x=Axis(label="x", unit="µm"),
            y=Axis(label="y", unit="µm"),
            layers=(Image(values=rgb, extent=(0, 2, 0, 2), palette="none"),),
            equal=True,
            title="Si/Sn/Co",
        )
    )
    return Figure(panels=tuple(panels), columns=3, width_mm=180, panel_height_mm=52, simulated=True)


def composite() -> Figure:
    """Panels of several techniques side by side."""
    panels = (patterns().panels[0], profiles().panels[4], isotherm().panels[0], micrograph().panels[0])
    return Figure(panels=panels, columns=2, width_mm=180, panel_height_mm=64)
