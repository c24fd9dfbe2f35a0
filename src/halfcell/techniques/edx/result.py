"""What an X-ray analysis returns: the fitted spectrum, amounts, and maps of the elements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.techniques.edx.maps import Maps

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class EdxResult(Result):
    """A fitted spectrum.

    Parameters
    ----------
    energy, count
        The channels (keV) as the file has them, without those below the lowest line.
    model, continuum
        The fitted curves over the same channels; not a number where nothing was fitted.
    lines
        Name of each family that was looked for -> energy (keV) of its strongest line.
    maps
        Counts of each element over the pixels, with what is derived from them; None for a spectrum.
    """

    energy: Array
    count: Array
    model: Array
    continuum: Array
    lines: Mapping[str, float] = field(default_factory=dict)
    maps: Maps | None = None
