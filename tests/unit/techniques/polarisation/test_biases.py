"""What a line through several conductivities is worth."""

from __future__ import annotations

import pytest

from halfcell.techniques.common.pellet_conductivity import Bound
from halfcell.techniques.polarisation.biases import weakest


@pytest.mark.parametrize(
    ("bounds", "is_worth"),
    [
        (["value", "value"], "value"),
        (["value", "upper"], "upper"),
        (["lower", "lower", "value"], "lower"),
        (["lower", "upper"], "open"),
        (["open", "value"], "open"),
    ],
)
def test_a_line_is_a_value_only_if_all_its_members_are(bounds: list[Bound], is_worth: Bound) -> None:
    assert weakest(bounds) == is_worth
