"""The result of `prediction`: one row per stretch of cycles, and the predicted discharge curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class PredictedCurve:
    """A predicted discharge: the cycles that it stands for, capacity (mAh/g) and voltage (V).

    `chosen` are those of its cycles that `profile_cycles` asks for, `shown` the last cycle of each of its stretches.
    """

    cycles: tuple[int, ...]
    chosen: tuple[int, ...]
    shown: tuple[int, ...]
    capacity: Floats
    voltage: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class PredictionResult(Result):
    """What was measured beside what the card predicts; `card` is its title, `one_c` the density of 1C where stated."""

    curves: tuple[PredictedCurve, ...] = ()
    card: str = ""
