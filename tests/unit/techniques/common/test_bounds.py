"""Units that suit a current, and powers of ten as they are printed."""

from __future__ import annotations

import pytest

from halfcell.techniques.common.pellet_conductivity import current_unit, power_of_ten


@pytest.mark.parametrize(
    ("largest", "sign"), [(2.0, "A"), (1.0, "A"), (0.5, "mA"), (2e-5, "µA"), (3e-9, "nA"), (1e-12, "nA"), (0.0, "nA")]
)
def test_the_largest_unit_that_is_reached(largest: float, sign: str) -> None:
    assert current_unit(largest).sign == sign


def test_powers_of_ten() -> None:
    assert power_of_ten("2.1e-05") == "2.1 × 10^{−5}"
    assert power_of_ten("3.07(12)e+07") == "3.07(12) × 10^{7}"
    assert power_of_ten("0.21") == "0.21"
