"""Spacings are printed with the error of the scale."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from halfcell.core.quantity import Quantity
from halfcell.techniques.microscopy.printed_spacing import printed_spacing
from halfcell.techniques.microscopy.spacing import Spacing

D220 = Spacing(d=0.1979, std=0.0002, direction=0.0, strength=100.0)


def _result(**quantities: Quantity) -> SimpleNamespace:
    return SimpleNamespace(quantities=quantities)


def test_a_nominal_scale_of_three_per_cent_is_in_the_error() -> None:
    """Silicon 220 is 0.1920 nm: 38 errors of the fit away, one of the scale."""
    found = printed_spacing(_result(pixel_size=Quantity(0.0206, "nm", 0.0206 * 0.03)), D220)  # type: ignore[arg-type]
    assert found.number == "0.198(6)"
    assert abs(found.value - 0.1920) < 2 * (found.std or 0.0)


@pytest.mark.parametrize("quantities", [{}, {"pixel_size": Quantity(0.0206, "nm", 0.0)}])
def test_without_an_error_of_the_scale_that_of_the_fit_is_left(quantities: dict[str, Quantity]) -> None:
    assert printed_spacing(_result(**quantities), D220).std == pytest.approx(0.0002)  # type: ignore[arg-type]
