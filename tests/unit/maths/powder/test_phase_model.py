"""Parameters of a phase: which are free, where they start, and how far they may go."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.powder.phase_lines import Lines
from halfcell.maths.powder.phase_model import PhaseModel

LINES = Lines(name="Si", parts=np.array([[10.0, 20.0]]), intensity=np.ones(2), column=np.zeros(2, dtype=np.int64))


def _names(**given: object) -> list[str]:
    return [one.name for one in PhaseModel(lines=LINES, **given).parameters()]  # type: ignore[arg-type]


def test_a_size_and_its_spread_are_free_by_default() -> None:
    assert {"Si.ln_size", "Si.sigma"} <= set(_names())


def test_large_crystals_have_no_size() -> None:
    assert not {"Si.ln_size", "Si.sigma"} & set(_names(size=None))


def test_a_strain_is_free_where_it_is_asked_for() -> None:
    assert "Si.strain" not in _names()
    assert "Si.strain" in _names(strain=True)


def test_the_cell_may_change_by_its_range_about_its_prior() -> None:
    table = PhaseModel(lines=LINES, cell_range=0.02, cell_std=0.004).parameters()
    (cell,) = (one for one in table if "cell" in one.name)
    assert (cell.low, cell.high, cell.prior_std) == pytest.approx((-0.02, 0.02, 0.004))


def test_every_start_lies_within_its_bounds() -> None:
    model = PhaseModel(lines=LINES, strain=True, cosines=np.array([0.2, 0.7]), ratio=0.3)
    assert all(one.low <= one.start <= one.high for one in model.parameters())
