"""Halos and bands of carbon: their parameters, columns and derivatives."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.powder.background import Hump
from halfcell.maths.powder.halos_and_bands import halo_and_band_columns, halo_and_band_parameters
from halfcell.maths.powder.turbostratic_carbon import Bands

ANGLE = np.linspace(10.0, 100.0, 451)
WAVE = 0.15406
VALUE = {"hump0.centre": 28.0, "hump0.width": 7.0, "bands.a": 0.2445, "bands.ln_la": np.log(2.4)}


def test_a_halo_has_a_centre_and_a_width_and_bands_have_a_and_la() -> None:
    table = halo_and_band_parameters((Hump(centre=28.0, width=7.0),), Bands())
    assert [one.name for one in table] == ["hump0.centre", "hump0.width", "bands.a", "bands.ln_la"]


def test_every_start_lies_within_its_bounds() -> None:
    for one in halo_and_band_parameters((Hump(centre=28.0, width=7.0, narrowest=9.0),), Bands()):
        assert one.low <= one.start <= one.high


def test_a_halo_falls_to_half_its_height_at_half_its_width() -> None:
    columns, _ = halo_and_band_columns(np.array([24.5, 28.0, 31.5]), WAVE, VALUE, 1, layered=False)
    assert columns[:, 0] / columns[1, 0] == pytest.approx([0.5, 1.0, 0.5])


def test_the_ten_band_begins_where_the_net_of_graphene_diffracts() -> None:
    """sin(theta) = lambda / (sqrt(3) a): 42.7 degrees of copper radiation for a = 0.2445 nm (Warren 1941)."""
    columns, _ = halo_and_band_columns(ANGLE, WAVE, VALUE | {"bands.ln_la": np.log(40.0)}, 0, layered=True)
    first = 2 * np.degrees(np.arcsin(WAVE / (np.sqrt(3.0) * 0.2445)))
    assert ANGLE[np.argmax(columns[:, 0])] == pytest.approx(first, abs=0.6)
    assert columns[first - 2.0 > ANGLE, 0].max() < 0.1 * columns[:, 0].max()


@pytest.mark.parametrize("name", list(VALUE))
def test_derivatives_are_those_of_the_columns(name: str) -> None:
    step = 1e-6
    up, down = (
        halo_and_band_columns(ANGLE, WAVE, VALUE | {name: VALUE[name] + sign * step}, 1, layered=True)[0]
        for sign in (1, -1)
    )
    _, changes = halo_and_band_columns(ANGLE, WAVE, VALUE, 1, layered=True)
    expected = (up - down) / (2 * step)
    assert changes[name] == pytest.approx(expected, abs=1e-5 * max(np.abs(expected).max(), 1.0))
