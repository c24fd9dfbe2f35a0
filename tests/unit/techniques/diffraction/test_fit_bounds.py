"""What a fit leaves on a bound has no value."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.maths.powder.pattern_fit import PatternFit
from halfcell.techniques.diffraction.fit_bounds import cell_on_bound, size_on_bound, without_width
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def _moved(fit: PatternFit, name: str, end: str) -> PatternFit:
    """The fit with one parameter on its lower or upper bound."""
    place = fit.pattern.names.index(name)
    p = fit.solution.p.copy()
    p[place] = np.asarray(getattr(fit.pattern, end))[place]
    return dataclasses.replace(fit, solution=dataclasses.replace(fit.solution, p=p))


def test_a_fit_within_its_bounds_is_not_refused(whole: WholePatternFit) -> None:
    assert cell_on_bound(whole.fit, "Si") == ""
    assert size_on_bound(whole.fit, "Si") is None
    assert without_width(whole.fit, "Si") == ()


def test_a_cell_on_its_bound_is_that_of_another_phase(whole: WholePatternFit) -> None:
    assert "bound of the fit, +" in cell_on_bound(_moved(whole.fit, "Si.cell0", "high"), "Si")


def test_lines_of_the_smallest_crystals_are_a_halo(whole: WholePatternFit) -> None:
    assert "halo" in cell_on_bound(_moved(whole.fit, "Si.ln_size", "low"), "Si")


def test_the_widest_distribution_has_no_size(whole: WholePatternFit) -> None:
    note = size_on_bound(_moved(whole.fit, "Si.sigma", "high"), "Si")
    assert note is not None
    assert (note.level, note.code) == ("refused", "size_on_bound")


def test_spheres_of_one_size_have_no_width(whole: WholePatternFit) -> None:
    assert [note.code for note in without_width(_moved(whole.fit, "Si.sigma", "low"), "Si")] == ["sigma_on_bound"]


@pytest.mark.parametrize("name", ["displacement"])
def test_a_shift_on_its_bound_is_told_with_its_size(whole: WholePatternFit, name: str) -> None:
    assert f"the {name} stays on the bound" in cell_on_bound(_moved(whole.fit, name, "high"), "Si")
