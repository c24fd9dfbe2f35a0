"""Outlines and areas of labelled particles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.techniques.particle_images.result import Outline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Labels = NDArray[np.int64]

_MOST_CORNERS = 60  # of an outline that is drawn
_TRUE = 0.5  # between the 0 and 1 of a table of floats


@dataclass(frozen=True, kw_only=True, eq=False)
class Measured:
    """Of each particle, shape (n,): its label, area, middle (column, row), width and height (pixels), whether cut."""

    label: Labels
    area: Array
    column: Array
    row: Array
    width: Array
    height: Array
    is_cut: NDArray[np.bool_]


def measured(labels: Labels, enlarged: int) -> Measured:
    """Measure labelled particles in pixels of the picture.

    Parameters
    ----------
    labels
        On a grid `enlarged` times as fine as the picture, shape (rows, columns).
    enlarged
        How fine.

    Returns
    -------
    Measured
        Areas (px2), middles and extents (px) of the particles, shape (particles,) each.

    Source: definition.
    """
    from scipy import ndimage

    rows, columns = labels.shape
    found = []
    for label, box in enumerate(ndimage.find_objects(labels), start=1):
        if box is None:
            continue
        y, x = np.nonzero(labels[box] == label)
        (top, bottom), (left, right) = ((edge.start, edge.stop) for edge in box)
        is_cut = top == 0 or left == 0 or bottom == rows or right == columns
        middle = (left + x.mean() + 0.5, top + y.mean() + 0.5)
        found.append((label, len(x), *middle, right - left, bottom - top, is_cut))
    table = np.array(found, dtype=float).reshape(-1, 7)
    return Measured(
        label=table[:, 0].astype(np.int64),
        area=table[:, 1] / enlarged**2,
        column=table[:, 2] / enlarged,
        row=table[:, 3] / enlarged,
        width=table[:, 4] / enlarged,
        height=table[:, 5] / enlarged,
        is_cut=table[:, 6] > _TRUE,
    )


def outlines(labels: Labels, enlarged: int, kept: Measured) -> Iterator[Outline]:
    """The outline of each particle, as the radii over the angle around its middle.

    A particle whose outline folds back is drawn by its outermost points.

    Parameters
    ----------
    labels
        On a grid `enlarged` times as fine as the picture, shape (rows, columns).
    enlarged
        How fine.
    kept
        The particles that are drawn.

    Returns
    -------
    iterator of Outline
        Corners in pixels of the picture, shape (60,) each.

    Source: procedure of this package.
    """
    from scipy import ndimage

    boxes = ndimage.find_objects(labels)
    angles = np.linspace(-np.pi, np.pi, _MOST_CORNERS, endpoint=False)
    for n, label in enumerate(kept.label):
        box = boxes[label - 1]
        inside = np.pad(labels[box] == label, 1)
        rim = inside & ~ndimage.binary_erosion(inside)
        y, x = np.nonzero(rim)
        x = (x - 1 + box[1].start + 0.5) / enlarged - kept.column[n]
        y = (y - 1 + box[0].start + 0.5) / enlarged - kept.row[n]
        radius = _outermost(np.arctan2(y, x), np.hypot(x, y) + 0.5 / enlarged, angles)
        yield Outline(
            columns=kept.column[n] + radius * np.cos(angles),
            rows=kept.row[n] + radius * np.sin(angles),
            is_cut=bool(kept.is_cut[n]),
        )


def _outermost(angle: Array, radius: Array, angles: Array) -> Array:
    """The largest radius near each angle; between angles without points it is interpolated."""
    step = angles[1] - angles[0]
    bins = np.round((angle - angles[0]) / step).astype(int) % len(angles)
    far = np.full(len(angles), -np.inf)
    np.maximum.at(far, bins, radius)
    known = np.isfinite(far)
    return np.asarray(np.interp(angles, angles[known], far[known], period=2.0 * np.pi))
