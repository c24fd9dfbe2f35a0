"""Settings of the EXAFS analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings
from halfcell.maths.first_shell import ScatteringPath
from halfcell.techniques.exafs.reduction_factor import ReductionFactor


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """How a scan is analysed; ranges in eV are relative to E0.

    Parameters
    ----------
    e0_electronvolt
        Edge energy; by default the energy of the greatest slope.
    pre_range, post_range
        Ranges of the line before and the polynomial after the edge; by default those of larch.
    rbkg_angstrom
        Below this R, chi(R) is background.
    k_range, k_sill, k_weight
        Hanning window and weight of the transform; the upper end is lowered to the end of the data.
    r_range
        Where the first shell is searched.
    glitches
        ``tell`` reports points that stand out from their neighbours, ``drop`` leaves them out.
    path
        A file: a scattering path from Feff (feffNNNN.dat), for a fit of the first shell.
    fit_k_weights
        Weights of k of the fit of the first shell, fitted together.
    linear_combination
        Names of the states of a series that are end members; the other states are described by them near the edge.
    foil
        A file: a scan of a foil with the same edge, whose first shell is that of `path`; gives S0^2.
    foil_neighbours
        Number of neighbours in the foil's first shell; by default that of the path.
    s02
        Amplitude reduction factor S0^2, if it is known; with it, or with a foil, the number of neighbours is given.
    """

    e0_electronvolt: float | None = None
    pre_range: tuple[float, float] | None = None
    post_range: tuple[float, float] | None = None
    rbkg_angstrom: float = 1.0
    k_range: tuple[float, float] = (3.0, 12.0)
    k_sill: float = 1.0
    k_weight: int = 2
    r_range: tuple[float, float] = (1.25, 3.3)
    glitches: Literal["tell", "drop"] = "tell"
    path: ScatteringPath | None = None
    fit_k_weights: tuple[int, ...] = (1, 2, 3)
    linear_combination: tuple[str, ...] = ()
    foil: ReductionFactor | None = None
    foil_neighbours: float | None = None
    s02: float | None = None
