"""Types of isotherms and of hysteresis, by the report of IUPAC (M. Thommes et al., Pure Appl. Chem. 87 (2015) 1051)."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.maths.monolayer import bet_loading
from halfcell.techniques.sorption.branches import Branch
from halfcell.techniques.sorption.isotherm_class import Features, features, hysteresis, isotherm_type

PRESSURE = np.concatenate([np.geomspace(1e-5, 0.05, 15), np.linspace(0.06, 0.99, 60)])
NEUTRAL = Features(
    start=1e-4, end=0.99, ultra=0.1, low=0.3, knee=0.7, rise=0.3, step=1.0, step_loop=0.0, loop=None, closing=0.0,
    steepness=1.0, upper=1.0, last=0.2,
)  # fmt: skip


def _type(loading: np.ndarray) -> str:
    up = Branch(pressure=PRESSURE, loading=loading)
    return isotherm_type(features(up, Branch(pressure=PRESSURE, loading=loading)))


def test_a_bet_isotherm_without_pores_is_of_type_two() -> None:
    assert _type(bet_loading(PRESSURE, 10.0, 100.0)) == "II"


def test_an_isotherm_without_a_knee_is_of_type_three() -> None:
    assert _type(bet_loading(PRESSURE, 10.0, 1.0)) == "III"


def test_a_langmuir_isotherm_that_is_full_at_low_pressure_is_of_type_one() -> None:
    assert _type(100.0 * PRESSURE / (PRESSURE + 2e-5)).startswith("I(")


def test_a_step_that_returns_on_itself_is_of_type_four_b() -> None:
    step = 8.0 / (1.0 + np.exp(-(PRESSURE - 0.3) / 0.01))
    assert _type(10.0 * PRESSURE / (PRESSURE + 0.03) + step) == "IV(b)"


def test_an_isotherm_that_ends_early_is_undecided() -> None:
    assert isotherm_type(dataclasses.replace(NEUTRAL, end=0.5)) == "undecided"


@pytest.mark.parametrize(
    ("changed", "kind"),
    [
        ({"loop": None}, "undecided"),
        ({"loop": 0.01}, "none"),
        ({"loop": 0.1, "low": 0.6}, "H4"),
        ({"loop": 0.1, "last": 0.3, "rise": 0.6}, "H3"),
    ],
)
def test_loops_are_told_by_their_size_knee_and_end(changed: dict[str, float], kind: str) -> None:
    assert hysteresis(dataclasses.replace(NEUTRAL, **changed)) == kind  # type: ignore[arg-type]
