"""Hosts of sodium and potassium, and the reference of a voltage."""

from __future__ import annotations

import pytest

from halfcell.materials.capacity_limits import capacity_limit, highest_of
from halfcell.materials.carriers import Carrier, Reference, against, hosts


@pytest.mark.parametrize(
    ("carrier", "material", "mah_per_g"),
    [  # x F / (3.6 M) with F = 96485.33 C/mol: 26801.5 mAh/mol
        ("Na", "Sn", 3.75 * 26801.5 / 118.71),  # 846.7
        ("Na", "P", 3.0 * 26801.5 / 30.974),  # 2595.9
        ("Na", "Sb", 3.0 * 26801.5 / 121.76),  # 660.4
        ("K", "graphite", 0.75 * 26801.5 / 72.066),  # 278.9
        ("K", "Sn", 26801.5 / 118.71),  # 225.8
        ("Na", "hard carbon", 3.0 * 26801.5 / 30.974),  # no bound of its own: that of the best host
    ],
)
def test_capacities_follow_the_carrier(carrier: Carrier, material: str, mah_per_g: float) -> None:
    assert capacity_limit(material, {}, carrier).mah_per_g == pytest.approx(mah_per_g, rel=1e-3)


def test_lithium_is_as_before() -> None:
    assert capacity_limit("graphite", {}).mah_per_g == pytest.approx(371.9, abs=0.2)
    assert highest_of("Li").mah_per_g == pytest.approx(4199, abs=1)
    assert highest_of("Na").basis.startswith("P") is True


def test_every_host_says_where_it_is_from() -> None:
    for carrier in ("Na", "K"):
        assert all(host.source for host in hosts(carrier))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("carrier", "reference", "offset", "metal", "unit"),
    [
        ("Li", "auto", 0.0, True, "V vs. Li^{+}/Li"),
        ("Na", "auto", 0.0, True, "V vs. Na^{+}/Na"),
        ("K", "auto", 0.0, True, "V vs. K^{+}/K"),
        ("Li", "auto", 0.0, False, "V"),
        ("Li", "Li-In", 0.0, False, "V vs. Li-In"),
        ("Li", "Li-In", 0.62, False, "V vs. Li^{+}/Li"),
        ("Na", "Ag/AgCl", 0.0, True, "V vs. Ag/AgCl"),
    ],
)
def test_the_unit_names_the_reference(
    carrier: Carrier, reference: Reference, offset: float, metal: bool, unit: str
) -> None:
    assert against(carrier, reference, offset, metal=metal) == unit
