"""Territories of the maxima of a surface: each pixel climbs to a maximum, and maxima without a valley are joined."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Labels = NDArray[np.int64]

_HALF = ((0, 1), (1, -1), (1, 0), (1, 1))  # one of each two opposite neighbours


def basins(surface: Array, mask: NDArray[np.bool_], saddle: float, seeds: Labels | None = None) -> Labels:
    """Part the pixels of a mask among the maxima of a surface (a watershed of the surface turned upside down).

    Every pixel points to the highest of its eight neighbours; following the pointers leads to a maximum. Two maxima
    are one where the pass between them is above `saddle` times the lower of them, the highest pass first.

    Parameters
    ----------
    surface
        Heights, positive in the mask, shape (rows, columns), in any unit.
    mask
        The pixels that are parted, shape (rows, columns).
    saddle
        Part of the lower maximum above which a pass joins; 0 with `seeds`.
    seeds
        Labels whose pixels keep them, shape (rows, columns); maxima that hold none are joined to them over the highest
        passes.

    Returns
    -------
    array of int
        Labels from 1 without gaps (those of `seeds`, if given), shape (rows, columns); 0 outside the mask.

    References
    ----------
    L. Vincent, P. Soille, IEEE Trans. Pattern Anal. Mach. Intell. 13 (1991) 583.
    """
    if not mask.any():
        return np.zeros(surface.shape, dtype=np.int64)
    height = np.where(mask, surface, -np.inf)
    top = _climbed(height)
    names, numbered = np.unique(top[mask.ravel()], return_inverse=True)
    labels = np.zeros(surface.size, dtype=np.int64)
    labels[mask.ravel()] = numbered.ravel() + 1
    tops = np.concatenate([[-np.inf], surface.ravel()[names]])
    passes = _passes(labels.reshape(surface.shape), height)
    joined = _joined(passes, tops, saddle) if seeds is None else _to_seeds(passes, seeds.ravel()[names])
    return np.asarray(joined[labels].reshape(surface.shape))


def _climbed(height: Array) -> NDArray[np.int64]:
    """For each pixel the place of the maximum to which steepest ascent leads."""
    rows, columns = height.shape
    places = np.arange(height.size, dtype=np.int64).reshape(height.shape)
    best, target = height.copy(), places.copy()
    padded = np.pad(height, 1, constant_values=-np.inf)
    padded_places = np.pad(places, 1)
    for r in (-1, 0, 1):
        for c in (-1, 0, 1):
            near = padded[1 + r : 1 + r + rows, 1 + c : 1 + c + columns]
            there = padded_places[1 + r : 1 + r + rows, 1 + c : 1 + c + columns]
            # on a plateau the later place wins, so that pointers never lead in a circle
            better = (near > best) | ((near == best) & (there > target))
            best, target = np.where(better, near, best), np.where(better, there, target)
    pointers = target.ravel()
    while True:
        further = pointers[pointers]
        if np.array_equal(further, pointers):
            return pointers
        pointers = further


def _passes(labels: Labels, height: Array) -> list[tuple[float, int, int]]:
    """The highest pass between each two territories that touch: its height and both labels, the highest first."""
    found: dict[tuple[int, int], float] = {}
    for one, other, low in _borders(labels, height):
        order = np.lexsort((low, other, one))
        one, other, low = one[order], other[order], low[order]
        is_last = np.ones(len(one), dtype=bool)
        is_last[:-1] = (np.diff(one) != 0) | (np.diff(other) != 0)
        for n in np.flatnonzero(is_last):
            key = (int(one[n]), int(other[n]))
            found[key] = max(found.get(key, -np.inf), float(low[n]))
    return sorted(((value, *key) for key, value in found.items()), reverse=True)


def _borders(labels: Labels, height: Array) -> Iterator[tuple[Labels, Labels, Array]]:
    """Pairs of neighbouring pixels of different territories: the smaller label, the larger one, the lower height."""
    rows, columns = labels.shape
    for r, c in _HALF:
        here = (slice(0, rows - r), slice(max(0, -c), columns - max(0, c)))
        there = (slice(r, rows), slice(max(0, c), columns + min(0, c)))
        touching = (labels[here] != labels[there]) & (labels[here] > 0) & (labels[there] > 0)
        a, b = labels[here][touching], labels[there][touching]
        yield np.minimum(a, b), np.maximum(a, b), np.minimum(height[here], height[there])[touching]


def _joined(passes: list[tuple[float, int, int]], tops: Array, saddle: float) -> Labels:
    """The new label of each territory after joining those without a valley between them."""
    parent = list(range(len(tops)))
    for value, one, other in passes:
        a, b = _root(parent, one), _root(parent, other)
        lower, higher = (a, b) if tops[a] <= tops[b] else (b, a)
        if a != b and value > saddle * tops[lower]:
            parent[lower] = higher
    return _numbered([_root(parent, n) for n in range(len(tops))])


def _to_seeds(passes: list[tuple[float, int, int]], seeds: Labels) -> Labels:
    """The seed of each territory: its own, or the one to which the highest passes lead; 0 where none does."""
    owner = np.concatenate([[0], seeds])
    parent = list(range(len(owner)))
    for _, one, other in passes:
        a, b = _root(parent, one), _root(parent, other)
        if a == b or (owner[a] and owner[b]):
            continue
        kept, left = (a, b) if owner[a] else (b, a)
        parent[left] = kept
    return np.array([owner[_root(parent, n)] for n in range(len(owner))], dtype=np.int64)


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _numbered(roots: list[int]) -> Labels:
    """Labels without gaps; 0 stays 0."""
    _, numbered = np.unique(roots, return_inverse=True)
    return np.asarray(numbered.ravel(), dtype=np.int64)
