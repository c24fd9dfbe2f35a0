"""One unit for all results of a figure or a table."""

from __future__ import annotations

import pytest

from halfcell.core.errors import Refused
from halfcell.core.result import Result
from halfcell.techniques.common.per_gram import printed_unit

TWO = [Result(technique="x", label="A"), Result(technique="x", label="B")]


@pytest.mark.parametrize(("units", "printed"), [(["mA", "mA"], "mA"), (["mA/g", "mA/g"], "mA g^{-1}")])
def test_the_unit_that_all_share_is_printed(units: list[str], printed: str) -> None:
    assert printed_unit(TWO, units, "mA") == printed


def test_a_sample_without_a_mass_among_others_is_named() -> None:
    with pytest.raises(Refused, match="no mass") as refused:
        printed_unit(TWO, ["mA/g", "mA"], "mA")
    assert "B" in str(refused.value)
