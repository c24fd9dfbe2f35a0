"""Tests of a batch whose peak load is out of the batch's family: doubted, and left out of the means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.indentation.result import AnalysedTest

_FEWEST = 4  # tests that make a family
_ALIKE = 1.1  # ratio of peak loads up to which tests were made to one load
_ODD = 2.0  # times the load of the others, or a part of it
_MOST_PART = 0.75  # of the tests that must be alike for the others to be odd


@dataclass(frozen=True, kw_only=True)
class Family:
    """The tests that belong together, and the doubt about the others."""

    tests: tuple[AnalysedTest, ...]
    notes: tuple[Note, ...] = ()


def in_family(tests: Sequence[AnalysedTest]) -> Family:
    """The tests without those at another load than nearly all others.

    Energies can be compared only at one peak load. Where three quarters of four or more tests reach the same load
    within 10 % and another one reaches twice it (or half), that one is no test of this batch. A batch at several loads
    (a load series, particles that break) has no such family and is left as it is.

    Parameters
    ----------
    tests
        Analysed tests with their peak loads (mN).

    Returns
    -------
    Family
        The tests that are kept, and a doubt about the others.

    Source: procedure of this package.
    """
    loads = np.array([test.quantities["peak_load"].value for test in tests])
    usual = float(np.median(loads))
    alike = (loads < _ALIKE * usual) & (loads > usual / _ALIKE)
    odd = (loads > _ODD * usual) | (loads < usual / _ODD)
    if len(tests) < _FEWEST or alike.mean() < _MOST_PART or not odd.any():
        return Family(tests=tuple(tests))
    shown = ", ".join(f"test {place + 1} ({loads[place]:.3g} mN)" for place in np.flatnonzero(odd))
    text = (
        f"The others reach {usual:.3g} mN, not so {shown}: stray records or another program. They are left out of the"
        " means; look at their curves."
    )
    kept = tuple(test for test, wrong in zip(tests, odd, strict=True) if not wrong)
    return Family(tests=kept, notes=(Note("doubt", "test_out_of_family", text),))
