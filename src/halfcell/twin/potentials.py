"""Open-circuit potentials of many particles at once: tables of all phases, looked up with their slopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.materials.open_circuit_curves import potential

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.materials.open_circuit import Step as OpenCircuitStep

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

POINTS = 1000  # intervals; the steepest part of a plateau's flank spans ten of them
GRID = np.sin(np.linspace(0, np.pi / 2, POINTS + 1)) ** 2
"""Contents of the tables: fine at both ends, where the potential goes with the logarithm of the content."""
PER_TURN = POINTS * 2 / np.pi  # intervals per radian of the angle whose squared sine is the content
FLATTEST = 1e-3  # smallest root of x (1 - x) in the slope of that map
NOTHING = np.zeros(())
BEYOND = 2000.0  # V per content outside 0 to 1: a volt there is 0.05 % of the capacity
EDGE = 1e-4  # smallest x (1 - x) of the exchange current


@dataclass(frozen=True, eq=False)
class Tables:
    """Potentials over the content from 0 to 1: (phases, branches, points), branches lithiation and delithiation.

    `phase` says which phase each particle is of, (bins,).
    """

    volt: Floats
    slope: Floats
    phase: Integers


def tables(pairs: Sequence[tuple[tuple[OpenCircuitStep, ...], tuple[OpenCircuitStep, ...]]], phase: Integers) -> Tables:
    """The tables of several phases, each given as the steps of lithiation and of delithiation.

    Parameters
    ----------
    pairs
        Steps of each phase.
    phase
        Which phase each particle is of, (bins,).
    """
    return tables_of(np.array([[potential(steps, GRID) for steps in pair] for pair in pairs]), phase)


def tables_of(volt: Floats, phase: Integers) -> Tables:
    """The tables of potentials at the contents of `GRID`, (phases, branches, points), each falling with the content."""
    slope = np.zeros(volt.shape)
    slope[..., :-1] = np.diff(volt, axis=-1) * POINTS
    slope[..., -1] = slope[..., -2]
    return Tables(volt, slope, phase)


def look_up(of: Tables, memory: Floats, content: Floats, root: Floats) -> tuple[Floats, Floats, Floats]:
    """Potential (V), its slope with the content, and the distance of the branches at each content.

    Parameters
    ----------
    of
        Tables of the particles.
    memory
        1 on the branch of delithiation, 0 on that of lithiation, (..., bins); one number where all are on one branch.
    content
        Content at the surface, (..., bins).
    root
        The root of x (1 - x), or more where that is close to 0.

    Returns
    -------
    arrays
        The distance is that of delithiation over lithiation; a zero where all are on one branch.
    """
    inside = np.minimum(np.maximum(content, 0.0), 1.0)
    place = np.arcsin(np.sqrt(inside)) * PER_TURN
    at = place.astype(np.int64)
    place -= at
    place *= 1 / POINTS
    at += of.phase * (2 * POINTS + 2)
    apart = NOTHING
    if memory.ndim == 0:
        at += int(memory) * (POINTS + 1)
        slope = of.slope.take(at)
        volt = of.volt.take(at) + slope * place
    else:
        slope, volt = of.slope.take(at), of.volt.take(at)
        at += POINTS + 1
        steeper, apart = of.slope.take(at) - slope, of.volt.take(at) - volt
        volt += slope * place
        apart += steeper * place
        volt += memory * apart
        slope += memory * steeper
    slope /= np.maximum(root, FLATTEST) * np.pi
    outside = content - inside
    if outside.any():
        volt -= BEYOND * outside
        slope[outside != 0] = -BEYOND
    return volt, slope, apart


def contents(of: Tables, branch: Literal[0, 1], volt: Floats) -> Floats:
    """Content of each phase in equilibrium at each potential, (potentials, phases); branch 1 is delithiation."""
    return np.stack([np.interp(-volt, -one[branch], GRID) for one in of.volt], axis=-1)
