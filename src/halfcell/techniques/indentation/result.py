"""What an indentation analysis returns: the tests of a batch, each with its branches, and their means."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from halfcell.core.result import Result

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from halfcell.core.quantity import Quantity
    from halfcell.core.result import Note
    from halfcell.maths.load_displacement import Branches
    from halfcell.maths.oliver_pharr import PowerLaw
    from halfcell.maths.pop_ins import PopIn

    Array = NDArray[np.float64]

Mode = Literal["indent", "crush"]


@dataclass(frozen=True, kw_only=True, eq=False)
class AnalysedTest:
    """One test of a batch: its corrected record, where its branches lie, and its numbers.

    `depth` (m) counts from contact, drift and frame taken off; `load` (N) has its zero corrected; `drift` (m/s) is None
    where the file has no time. `common` are standard errors that all tests on one instrument share.
    """

    time: Array
    depth: Array
    load: Array
    branches: Branches
    mode: Mode
    quantities: Mapping[str, Quantity]
    notes: tuple[Note, ...] = ()
    tail: PowerLaw | None = None
    drift: float | None = 0.0
    popins: tuple[PopIn, ...] = ()
    common: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class IndentationResult(Result):
    """Energies, hardness and modulus of a batch of tests (one or many) on one sample."""

    tests: tuple[AnalysedTest, ...] = ()
    mode: Mode = "indent"
