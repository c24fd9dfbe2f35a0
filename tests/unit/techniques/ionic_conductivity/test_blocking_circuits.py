"""Circuits with a blocking tail."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.techniques.impedance.spectrum import Spectrum
from halfcell.techniques.ionic_conductivity import Settings
from halfcell.techniques.ionic_conductivity.blocking_circuits import BlockingFit, blocking_fits, chosen

AREA = np.pi / 4  # cm2
TOTAL = 0.065 / AREA * (1 / 3.0e-3 + 1 / 6.0e-3)  # ohm, of bulk and grain boundary


def test_the_resistance_before_the_tail_is_that_of_bulk_and_boundary(main: BlockingFit) -> None:
    assert abs(main.total - TOTAL) < max(4 * main.std, 0.02 * TOTAL)


def test_no_determined_circuit_is_better_than_the_chosen_one(main: BlockingFit, fits: tuple[BlockingFit, ...]) -> None:
    assert main.is_determined
    assert all(main.fitted.bic <= one.fitted.bic + 6.0 for one in fits if one.is_determined)


def test_nothing_is_chosen_where_nothing_is_determined() -> None:
    assert chosen([]) is None


def test_a_circuit_without_a_blocking_tail_is_an_error(spectrum: Spectrum) -> None:
    with pytest.raises(InputError, match="blocking tail"):
        blocking_fits(spectrum, Settings(circuit="R0-p(R1,CPE1)"))
