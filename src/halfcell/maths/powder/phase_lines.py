"""Reflections of one phase for the whole-pattern fit: positions as a function of the cell, intensities, amplitudes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Lines:
    """Reflections of one phase.

    Parameters
    ----------
    name
        Name of the phase.
    parts
        Contribution of each free cell length to 1/d^2 in the reference cell (1/nm^2), shape (free, n): 1/d^2 =
        sum_i parts_i (1 + e_i)^-2, with e_i the relative change of length i.
    intensity
        Calculated intensity of each line without Lorentz and polarisation factors, shape (n,).
    column
        Index of the linear amplitude that each line belongs to, shape (n,).
    """

    name: str
    parts: Array
    intensity: Array
    column: NDArray[np.int64]

    @property
    def free(self) -> int:
        """Number of free cell lengths."""
        return len(self.parts)

    @property
    def columns(self) -> int:
        """Number of linear amplitudes."""
        return int(self.column.max()) + 1

    def places(self, change: Array) -> tuple[Array, Array]:
        """The position s of each line (1/nm), shape (n,), and ds/de, shape (free, n), for relative cell changes e."""
        factor = (1.0 + change[:, None]) ** -2
        s = np.sqrt((self.parts * factor).sum(axis=0))
        return s, -self.parts * factor / (1.0 + change[:, None]) / s


def one_column(lines: Lines) -> Lines:
    """The same lines with fixed relative intensities: one amplitude for all.

    Parameters
    ----------
    lines
        Reflections of a phase.

    Returns
    -------
    Lines
        With one column.

    Source: definition.
    """
    return Lines(name=lines.name, parts=lines.parts, intensity=lines.intensity, column=np.zeros_like(lines.column))
