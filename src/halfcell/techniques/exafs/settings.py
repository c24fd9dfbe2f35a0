"""Settings of the EXAFS analysis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.settings import CheckedSettings
from halfcell.maths.first_shell import ScatteringPath


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
