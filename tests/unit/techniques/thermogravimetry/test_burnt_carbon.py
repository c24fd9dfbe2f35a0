"""What a host gains when it becomes its oxide."""

from __future__ import annotations

import pytest

from halfcell.techniques.thermogravimetry.burnt_carbon import gain_of


@pytest.mark.parametrize(
    ("host", "oxide", "gain"),
    [
        ("Si", "SiO2", 2 * 15.999 / 28.085),
        ("Sn", "SnO2", 2 * 15.999 / 118.71),
        ("Fe", "Fe2O3", 1.5 * 15.999 / 55.845),
        ("FeS2", "Fe2O3", (0.5 * 159.687 - 119.965) / 119.965),  # sulfur leaves with the gas
        ("Fe3O4", "Fe2O3", 1.5 * 159.687 / 231.531 - 1.0),
    ],
)
def test_the_gain_is_the_mass_of_the_oxide_over_that_of_its_host_less_one(host: str, oxide: str, gain: float) -> None:
    """Standard atomic weights of IUPAC."""
    assert gain_of(host, oxide) == pytest.approx(gain, abs=2e-4)


@pytest.mark.parametrize(("host", "oxide"), [("Si", "SnO2"), ("Si", ""), ("FeSi2", "FeSiO3"), ("Xx", "XxO2")])
def test_formulas_that_do_not_fit_together_have_no_gain(host: str, oxide: str) -> None:
    assert gain_of(host, oxide) is None
