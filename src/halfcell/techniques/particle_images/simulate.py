"""A picture of touching particles, as a scanning electron microscope records it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

_TRIES = 60  # places that are tried for a particle


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A powder and how it is imaged.

    Diameters are log-normal by number (median and geometric standard deviation); `aspect` is the usual ratio of the
    axes of a particle; `touching` the part of the particles that are put against another one. Grey values: `contrast`
    between particle and background, brighter edges by `edge_brightness` (a part of it), `blur_pixels` of the beam,
    `noise` (a part of the contrast), `shading` (a slow change over the picture, a part of the contrast).
    """

    columns: int = 1280
    rows: int = 896
    pixel_nm: float = 20.0
    median_um: float = 0.8
    geometric_sd: float = 1.4
    particles: int = 250
    aspect: float = 0.85
    touching: float = 0.6
    contrast: float = 110.0
    edge_brightness: float = 0.25
    blur_pixels: float = 1.2
    noise: float = 0.08
    shading: float = 0.1
    title: str = "simulated particles"


def simulate(parameters: Parameters, rng: np.random.Generator) -> Measurement:
    """Record one picture of 8 bits, that of `simulated_with_diameters`.

    Parameters
    ----------
    parameters
        Powder and microscope.
    rng
        Where particles and noise come from.

    Returns
    -------
    Measurement
        ``image``, shape (rows, columns).

    Source: definition.
    """
    return simulated_with_diameters(parameters, rng)[0]


def simulated_with_diameters(parameters: Parameters, rng: np.random.Generator) -> tuple[Measurement, Array]:
    """The picture, and the true diameters of circles of the same area of the particles that its edge does not cut.

    Parameters
    ----------
    parameters
        Powder and microscope.
    rng
        Where particles and noise come from.

    Returns
    -------
    measurement, diameters
        ``image``, shape (rows, columns), and um, shape (particles,).

    Source: definition.
    """
    from scipy import ndimage

    p = parameters
    canvas = np.zeros((p.rows, p.columns))
    taken = np.zeros(canvas.shape, dtype=bool)
    placed: list[tuple[float, float, float]] = []
    whole = []
    diameters = p.median_um * 1e3 / p.pixel_nm * np.exp(np.log(p.geometric_sd) * rng.normal(size=p.particles))
    for diameter in np.sort(diameters)[::-1]:
        mask = _ellipse(float(diameter), p.aspect * float(np.exp(0.08 * rng.normal())), float(rng.uniform(0.0, np.pi)))
        at = _place(mask, taken, placed, float(diameter), p, rng)
        if at is not None:
            placed.append((at[0], at[1], float(diameter)))
            is_whole = _put(mask, at, taken, canvas, 1.0 + 0.08 * float(rng.normal()), p.edge_brightness)
            whole += [2.0 * float(np.sqrt(mask.sum() / np.pi))] if is_whole else []
    y, x = np.linspace(-0.5, 0.5, p.rows), np.linspace(-0.5, 0.5, p.columns)
    grey = ndimage.gaussian_filter(canvas, p.blur_pixels) + p.shading * (y[:, None] + x[None, :])
    grey = 60.0 + p.contrast * (grey + p.noise * rng.normal(size=grey.shape))
    meta = {"title": p.title, "simulated": True, "pixel_height_nm": p.pixel_nm, "pixel_width_nm": p.pixel_nm}
    made = Measurement(technique="microscopy", columns={"image": np.clip(np.round(grey), 0.0, 255.0)}, meta=meta)
    return made, np.array(whole) * p.pixel_nm / 1e3


def _ellipse(diameter: float, aspect: float, turned: float) -> Mask:
    """The pixels of an ellipse of the area of a circle."""
    aspect = min(aspect, 1.0)
    long, short = 0.5 * diameter / np.sqrt(aspect), 0.5 * diameter * np.sqrt(aspect)
    half = int(np.ceil(long)) + 1
    y, x = np.mgrid[-half : half + 1, -half : half + 1]
    along, across = x * np.cos(turned) + y * np.sin(turned), y * np.cos(turned) - x * np.sin(turned)
    return np.asarray((along / long) ** 2 + (across / short) ** 2 <= 1.0)


def _place(
    mask: Mask,
    taken: Mask,
    placed: list[tuple[float, float, float]],
    diameter: float,
    parameters: Parameters,
    rng: np.random.Generator,
) -> tuple[float, float] | None:
    """A free place (column, row), against another particle or anywhere; None where there is none."""
    for _ in range(_TRIES):
        if placed and rng.random() < parameters.touching:
            column, row, other = placed[int(rng.integers(len(placed)))]
            angle = rng.uniform(0.0, 2.0 * np.pi)
            for distance in np.arange(0.35 * (diameter + other), 0.75 * (diameter + other), 0.5):
                at = (column + distance * np.cos(angle), row + distance * np.sin(angle))
                if _is_free(mask, at, taken):
                    return at
        else:
            at = (rng.uniform(0.0, parameters.columns), rng.uniform(0.0, parameters.rows))
            if _is_free(mask, at, taken):
                return at
    return None


def _window(mask: Mask, at: tuple[float, float], shape: tuple[int, ...]) -> tuple[tuple[slice, slice], Mask] | None:
    """Where a mask lies on the picture, and the part of it that does; None outside."""
    half = mask.shape[0] // 2
    left, top = round(at[0]) - half, round(at[1]) - half
    right, bottom = left + mask.shape[1], top + mask.shape[0]
    part = mask[max(0, -top) : mask.shape[0] - max(0, bottom - shape[0]), max(0, -left) :]
    part = part[:, : part.shape[1] - max(0, right - shape[1])]
    if not part.size or not 0 <= at[0] < shape[1] or not 0 <= at[1] < shape[0]:
        return None
    return (slice(max(0, top), min(bottom, shape[0])), slice(max(0, left), min(right, shape[1]))), part


def _is_free(mask: Mask, at: tuple[float, float], taken: Mask) -> bool:
    found = _window(mask, at, taken.shape)
    return found is not None and not (taken[found[0]] & found[1]).any()


def _put(
    mask: Mask, at: tuple[float, float], taken: Mask, canvas: Array, brightness: float, edge_brightness: float
) -> bool:
    """Put a particle onto the picture; whether all of it is there."""
    from scipy import ndimage

    window, part = _window(mask, at, taken.shape) or ((slice(0, 0), slice(0, 0)), mask[:0, :0])
    depth = ndimage.distance_transform_edt(np.pad(mask, 1))[1:-1, 1:-1]
    half = mask.shape[0] // 2
    top, left = max(0, half - round(at[1])), max(0, half - round(at[0]))
    depth = depth[top : top + part.shape[0], left : left + part.shape[1]]
    lit = brightness * (1.0 + edge_brightness * np.exp(-depth / 3.0))
    canvas[window] = np.where(part, lit, canvas[window])
    taken[window] |= part
    return bool(part.sum() == mask.sum())
