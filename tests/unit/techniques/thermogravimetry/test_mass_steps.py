"""Losses that no sample can have are refused."""

from __future__ import annotations

import pytest

from halfcell.core.quantity import Quantity
from halfcell.techniques.thermogravimetry.mass_steps import bounded


@pytest.mark.parametrize(("loss", "kept"), [(0.0, True), (45.0, True), (100.0, True), (101.0, False)])
def test_a_step_loses_at_most_all_of_the_mass(loss: float, kept: bool) -> None:
    found = bounded({"step1.loss": Quantity(loss, "wt%"), "step1.peak": Quantity(400.0, "degC")})
    assert ("step1.loss" in found.quantities) is kept
    assert "step1.peak" in found.quantities
    assert bool(found.notes) is not kept
