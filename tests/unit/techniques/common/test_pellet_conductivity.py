"""Units of currents, and powers of ten as they are printed."""

from __future__ import annotations

import pytest

from halfcell.techniques.common.pellet_conductivity import current_unit, power_of_ten


@pytest.mark.parametrize(("largest", "sign"), [(2.0, "A"), (2e-3, "mA"), (5e-6, "µA"), (3e-9, "nA"), (1e-13, "nA")])
def test_a_current_is_in_the_largest_unit_that_it_reaches(largest: float, sign: str) -> None:
    assert current_unit(largest).sign == sign


@pytest.mark.parametrize(
    ("number", "printed"), [("2.1e-05", "2.1 × 10^{−5}"), ("3e+06", "3 × 10^{6}"), ("0.12", "0.12")]
)
def test_exponents_are_written_as_powers(number: str, printed: str) -> None:
    assert power_of_ten(number) == printed
