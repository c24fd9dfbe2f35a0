"""A desorption that stays open at low pressure, or crosses the adsorption."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.monolayer import bet_loading
from halfcell.techniques.sorption.branches import Branch, Branches
from halfcell.techniques.sorption.loop_checks import loop_notes

PRESSURE = np.linspace(0.02, 0.98, 60)
UP = Branch(pressure=PRESSURE, loading=bet_loading(PRESSURE, 10.0, 100.0) * np.where(PRESSURE > 0.9, 1.0, 1.0))


def _codes(factor: float) -> list[str]:
    down = Branch(pressure=PRESSURE, loading=factor * UP.loading)
    return [note.code for note in loop_notes(Branches(up=UP, down=down))]


def test_branches_that_meet_are_not_doubted() -> None:
    assert _codes(1.0) == []


@pytest.mark.parametrize("factor", [1.15, 0.85])
def test_a_desorption_above_or_below_the_adsorption_is_doubted(factor: float) -> None:
    assert len(_codes(factor)) == 1


def test_an_adsorption_alone_says_nothing() -> None:
    assert loop_notes(Branches(up=UP, down=None)) == ()
