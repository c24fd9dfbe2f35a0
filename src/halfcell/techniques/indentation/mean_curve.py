"""The curve that represents a batch of tests: their mean, or one of them where each goes through several cycles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.indentation.result import AnalysedTest

    Array = NDArray[np.float64]

_POINTS = 300  # of a drawn curve
_MOST = 1500  # records of a test that are averaged


@dataclass(frozen=True, kw_only=True, eq=False)
class Curve:
    """Depth (nm) and load (mN): the whole `path`, its upper envelope while loading, the unloading down to zero load.

    `fall` is None without an unloading; its end beyond the record is the power law that closes it. `name` says which
    curve it is.
    """

    path: Array
    rise: Array
    fall: Array | None
    name: str


def representative(tests: Sequence[AnalysedTest]) -> Curve:
    """The mean of tests with one unloading at most, at equal parts of each test's own path; else the first test.

    Parameters
    ----------
    tests
        Corrected tests of one batch.

    Returns
    -------
    Curve
        Depth (nm) and load (mN), shape (2, points) each.

    Source: procedure of this package.
    """
    several = len(tests) > 1
    if any(len(test.branches.cycles) > 1 for test in tests):
        return _one(tests[0], f"one of {len(tests)}" if several else "measured")
    name = f"mean of {len(tests)}" if several else "measured"
    up = np.mean([_part(test, test.branches.contact, _top(test)) for test in tests], axis=0)
    if any(test.mode == "crush" for test in tests):
        return Curve(path=up, rise=_envelope(up), fall=None, name=name)
    down = np.mean([_closed(test) for test in tests], axis=0)
    return Curve(path=np.concatenate([up, down], axis=1), rise=_envelope(up), fall=down, name=name)


def thin(test: AnalysedTest) -> Array:
    """A test's record from contact to the end of the unloading, thinned: depth (nm), load (mN).

    Parameters
    ----------
    test
        A corrected test.

    Returns
    -------
    numpy.ndarray
        Depth (nm) and load (mN), shape (2, points).

    Source: definition.
    """
    step = max((test.branches.end - test.branches.contact) // _MOST, 1)
    chosen = slice(test.branches.contact, test.branches.end + 1, step)
    return np.stack([test.depth[chosen] * 1e9, test.load[chosen] * 1e3])


def _top(test: AnalysedTest) -> int:
    return test.branches.peak if test.mode == "crush" else test.branches.unload


def _one(test: AnalysedTest, name: str) -> Curve:
    path = thin(test)
    up = np.stack([test.depth * 1e9, test.load * 1e3])[:, test.branches.contact : _top(test) + 1]
    return Curve(path=path, rise=_envelope(up), fall=_closed(test) if test.mode == "indent" else None, name=name)


def _part(test: AnalysedTest, start: int, stop: int) -> Array:
    """Depth (nm) and load (mN) at equal steps along the record between two indices."""
    where = np.linspace(start, stop, _POINTS)
    index = np.arange(len(test.depth))
    return np.stack([np.interp(where, index, test.depth) * 1e9, np.interp(where, index, test.load) * 1e3])


def _closed(test: AnalysedTest) -> Array:
    """The unloading, and the power law from where the record stops to zero load."""
    down = _part(test, test.branches.unload, test.branches.end)
    depth = np.full(20, down[0, -1])
    load = np.zeros(20)
    if test.tail is not None:
        depth = np.linspace(down[0, -1], test.tail.final_depth * 1e9, 20)
        load = test.tail.load(depth * 1e-9) * 1e3
    return np.concatenate([down, np.stack([depth, load])], axis=1)


def _envelope(up: Array) -> Array:
    """The points of a loading that are deeper than all before them."""
    deepest = np.maximum.accumulate(up[0])
    return up[:, np.concatenate([[True], up[0, 1:] > deepest[:-1]])]
