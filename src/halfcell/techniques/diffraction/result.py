"""The result of a diffraction analysis with its curves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, kw_only=True)
class DiffractionResult(Result):
    """Quantities and rows, the scan, its model, and the positions of the lines of each phase.

    Parameters
    ----------
    two_theta, counts, variance
        The scan as analysed.
    model, background
        The fit, and the part of it that is not lines; None if no phase was fitted.
    parts
        Pattern of each phase in the fit.
    ticks
        Phase -> (angles of its lines, calculated heights relative to the strongest).
    hkl
        Phase -> the indices of these lines.
    cards
        Phase -> its card in the Crystallography Open Database, where it is known.
    sets
        Sets of phases that were compared: (phases, by how much their information criterion is higher than the best).
    doubtful
        Identified phases that are uncertain: a set without them is as good, or they are outside the composition.
    widths
        Phase -> (s, breadth, standard uncertainty) of single lines (1/nm), for the Williamson-Hall plot.
    state
        Name of the state in a series.
    difference
        Counts minus those of the first state on a common scale, and the standard uncertainty.
    """

    two_theta: Array
    counts: Array
    variance: Array
    phases: tuple[str, ...] = ()
    model: Array | None = None
    background: Array | None = None
    parts: Mapping[str, Array] = field(default_factory=dict)
    ticks: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)
    hkl: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cards: Mapping[str, int] = field(default_factory=dict)
    sets: tuple[tuple[str, float], ...] = ()
    doubtful: tuple[str, ...] = ()
    widths: Mapping[str, tuple[Array, Array, Array]] = field(default_factory=dict)
    state: str = ""
    difference: tuple[Array, Array] | None = None
