"""Standards: what their names and files state, and which are like the sample."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.techniques.edx.standards import Standard, fitting, most_similar, standards_of_setting, weights_stated

ENERGY = np.arange(0.01, 20.0, 0.01)


def _standard(name: str, **weights: float) -> Standard:
    return Standard(name=name, energy=ENERGY, count=np.ones(len(ENERGY)), weights=weights, beam=20.0, dose=60.0)


def test_a_stated_composition_is_read_in_per_cent() -> None:
    found = weights_stated("Glass,(Si:46.74),(O:53.26)", "glass.msa")
    assert found == {"Si": pytest.approx(0.4674), "O": pytest.approx(0.5326)}


def test_a_name_that_begins_with_a_formula_states_it() -> None:
    """MgO: 24.305 of 40.304."""
    assert weights_stated("", "MgO std.msa")["Mg"] == pytest.approx(24.305 / 40.304, abs=1e-4)


@pytest.mark.parametrize(("text", "name"), [("", "glass 7.msa"), ("X,(Si:20.0),(O:30.0)", "x.msa")])
def test_an_unknown_composition_or_one_that_does_not_sum_is_an_error(text: str, name: str) -> None:
    with pytest.raises(InputError, match="composition"):
        weights_stated(text, name)


def test_a_standard_of_another_beam_is_refused() -> None:
    with pytest.raises(Refused, match="20 kV"):
        fitting([_standard("Fe", Fe=1.0)], ENERGY, 15.0, "f")


def test_a_standard_with_other_channels_is_refused() -> None:
    other = dataclasses.replace(_standard("Fe", Fe=1.0), energy=ENERGY * 1.01)
    with pytest.raises(Refused, match="channels"):
        fitting([other], ENERGY, 20.0, "f")


def test_the_nearest_matrix_comes_first() -> None:
    found = most_similar([_standard("Fe", Fe=1.0), _standard("FeS2", Fe=0.47, S=0.53)], ["Fe", "S"])
    assert [one.name for one in found] == ["FeS2", "Fe"]


def test_a_folder_that_was_not_read_is_an_error() -> None:
    assert standards_of_setting("") == ()
    with pytest.raises(InputError, match="was not read"):
        standards_of_setting("standards")
