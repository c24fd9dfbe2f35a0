"""The result of `predicted_response`: measured and predicted values, and the predicted curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class PredictedLine:
    """A predicted curve: of one cycle over the potential (mA/g), or the spectrum (-Z'' over Z', ohm) as cycle 0."""

    cycle: int
    x: Floats
    y: Floats


@dataclass(frozen=True, kw_only=True, eq=False)
class PredictedResponseResult(Result):
    """What was measured beside what the card predicts; `kind` is that of the measurement, `area_cm2` the card's."""

    lines: tuple[PredictedLine, ...] = ()
    card: str = ""
    kind: str = ""
    area_cm2: float = 0.0
