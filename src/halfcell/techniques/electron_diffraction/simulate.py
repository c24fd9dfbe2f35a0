"""Ring and spot patterns as a camera records them: ellipse, beam stop, texture, direct beam, Poisson counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.materials.lattice_planes import planes
from halfcell.materials.phases import phase
from halfcell.materials.reflections import reflections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_STOP_PX = 6.0  # half width of the beam stop
_WEAKEST = 1e-3  # of the strongest ring: weaker ones are below any background


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """What is recorded and how.

    Parameters
    ----------
    phases
        Phases with their parts of the intensity.
    pattern
        ``rings``, or ``spots`` of one crystal of the first phase in the zone of its two `families`.
    families
        Two families of planes (h k l as printed) whose vectors span the zone of a spot pattern.
    direction_degree
        Turn of the spot pattern.
    pixels, scale_per_nm, stated_scale_per_nm
        Edge of the square picture, its true scale (1/nm per px), and the one that the file states (None: none).
    column, row
        Centre (px).
    ellipticity_percent, ellipse_direction_degree
        Long over short axis, less 1, and direction of the long axis (counter-clockwise from the columns).
    ring_width
        Standard deviation of a ring or spot (px); rings grow by 1 % of their radius.
    texture
        Relative amplitude by which the intensity of a ring varies over the angle, twofold.
    grains
        Number of spots that a ring is made of; 0: smooth.
    counts
        Counts of the strongest ring or spot in its middle.
    background
        Counts of the diffuse background at a tenth of the edge.
    direct_counts
        Counts of the direct beam.
    beam_stop
        Whether a bar 12 px wide covers the centre from the top.
    title
        Title in the file.
    """

    phases: tuple[tuple[str, float], ...] = (("Au", 1.0),)
    pattern: str = "rings"
    families: tuple[str, str] = ("111", "220")
    direction_degree: float = 20.0
    pixels: int = 384
    scale_per_nm: float = 0.07
    stated_scale_per_nm: float | None = 0.0715
    column: float = 187.3
    row: float = 195.6
    ellipticity_percent: float = 2.0
    ellipse_direction_degree: float = 40.0
    ring_width: float = 1.5
    texture: float = 0.0
    grains: int = 0
    counts: float = 400.0
    background: float = 300.0
    direct_counts: float = 50000.0
    beam_stop: bool = True
    title: str = "simulated pattern"


def simulate(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    """Record one pattern: rings or spots at the 1/d of the phases on a diffuse background, with Poisson noise.

    Parameters
    ----------
    parameters
        Phases, scale, ellipse, beam stop and counts.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        ``image``, counts of shape (pixels, pixels).

    Source: definition.
    """
    p = parameters
    x, y = _undistorted(p)
    radius = np.hypot(x, y)
    expected = p.background * (0.1 * p.pixels / np.maximum(radius, 0.02 * p.pixels)) ** 1.5
    expected = expected + p.direct_counts * np.exp(-0.5 * (radius / 3.0) ** 2)
    expected = expected + (_rings(p, radius, np.arctan2(y, x), rng) if p.pattern == "rings" else _spots(p, x, y))
    if p.beam_stop:
        rows, columns = np.indices(expected.shape)
        shaded = (np.abs(columns - p.column) < _STOP_PX) & (rows < p.row + 8.0)
        expected = np.where(shaded, 0.01 * expected, expected)
    picture = rng.poisson(expected).astype(float)
    meta: dict[str, object] = {"title": p.title, "simulated": True, "instrument": "simulated"}
    if p.stated_scale_per_nm:
        meta |= {"pixel_height_per_nm": p.stated_scale_per_nm, "pixel_width_per_nm": p.stated_scale_per_nm}
    return Measurement(technique="microscopy", columns={"image": picture}, meta=meta)


def _undistorted(p: Parameters) -> tuple[Array, Array]:
    """Places (px, x to the right, y up) from the centre of each pixel before the lenses made an ellipse."""
    rows, columns = np.indices((p.pixels, p.pixels), dtype=float)
    x, y = columns - p.column, p.row - rows
    angle = np.radians(p.ellipse_direction_degree)
    along = x * np.cos(angle) + y * np.sin(angle)
    across = -x * np.sin(angle) + y * np.cos(angle)
    stretch = np.sqrt(1.0 + p.ellipticity_percent / 100.0)
    along, across = along / stretch, across * stretch
    return along * np.cos(angle) - across * np.sin(angle), along * np.sin(angle) + across * np.cos(angle)


def _rings(p: Parameters, radius: Array, angle: Array, rng: np.random.Generator) -> Array:
    total = np.zeros_like(radius)
    for number, (name, part) in enumerate(p.phases):
        listed = reflections(phase(name).name, 10.0 / (0.75 * p.pixels * p.scale_per_nm))
        strength = listed.intensity * (listed.spacing / listed.spacing.max()) ** 2
        strength = part * strength / strength.max()
        for inverse, height in zip(10.0 / listed.spacing, strength, strict=True):
            place = inverse / p.scale_per_nm
            if height < _WEAKEST:
                continue
            width = p.ring_width + 0.01 * place
            around = 1.0 + p.texture * np.cos(2.0 * angle + number)
            if p.grains:
                around = around * _grainy(angle, p.grains, rng)
            total += p.counts * height * np.exp(-0.5 * ((radius - place) / width) ** 2) * around
    return total


def _grainy(angle: Array, grains: int, rng: np.random.Generator) -> Array:
    """Intensity over the angle of a ring that few crystals make, mean 1."""
    places = rng.poisson(grains / 720.0, 720).astype(float)
    kernel = np.exp(-0.5 * (np.arange(-6, 7) / 1.5) ** 2)
    curve = np.convolve(np.concatenate([places[-6:], places, places[:6]]), kernel, mode="valid")
    curve = curve / max(float(curve.mean()), 1e-9)
    return np.asarray(np.interp(angle % (2.0 * np.pi), np.linspace(0.0, 2.0 * np.pi, 720), curve))


def _spots(p: Parameters, x: Array, y: Array) -> Array:
    total = np.zeros_like(x)
    for place, height in _zone(p):
        total += p.counts * height * np.exp(-0.5 * ((x - place[0]) ** 2 + (y - place[1]) ** 2) / p.ring_width**2)
    return total


def _zone(p: Parameters) -> Iterator[tuple[Array, float]]:
    """Places (px) and relative heights of the spots of a zone."""
    known = planes(p.phases[0][0], round(1.0 / (0.5 * p.pixels * p.scale_per_nm), 3))
    one, other = (known.names.index(name) for name in p.families)
    first = known.vectors[known.family == one][0]
    others = known.vectors[known.family == other]
    cosine = np.abs(others @ first) / (np.linalg.norm(others, axis=1) * np.linalg.norm(first))
    second = others[int(np.argmin(cosine))]
    normal = np.cross(first, second)
    across = np.cross(normal, first)
    axes = np.stack([first / np.linalg.norm(first), across / np.linalg.norm(across)])
    turn = np.radians(p.direction_degree)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    inside = np.abs(known.vectors @ normal) < 1e-6 * np.linalg.norm(normal) * np.linalg.norm(known.vectors, axis=1)
    for vector in known.vectors[inside]:
        place = rotation @ (axes @ vector)
        yield place / p.scale_per_nm, float(np.exp(-0.04 * np.linalg.norm(vector) ** 1.5))
