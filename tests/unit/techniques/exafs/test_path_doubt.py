"""The part of an amplitude's error that a foil does not share."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from halfcell.core.quantity import Quantity
from halfcell.techniques.exafs.path_doubt import AMPLITUDE, fit_part


def _result(std: float) -> SimpleNamespace:
    return SimpleNamespace(
        quantities={"amplitude": Quantity(6.0, "", std), "edge_step_deficit": Quantity(1.0, "%", 0.0)}
    )


def test_the_error_of_the_path_is_taken_out_in_quadrature() -> None:
    whole = (0.4**2 + (AMPLITUDE * 6.0) ** 2) ** 0.5
    assert fit_part(_result(whole)) == pytest.approx(0.4)  # type: ignore[arg-type]


def test_an_error_below_that_of_the_path_leaves_nothing() -> None:
    assert fit_part(_result(0.1)) == 0.0  # type: ignore[arg-type]
