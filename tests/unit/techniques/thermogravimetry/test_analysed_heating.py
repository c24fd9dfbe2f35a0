"""The starting mass of a heating, and the records of a stretch."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.thermogram import Segment
from halfcell.techniques.thermogravimetry.analysed_heating import records_of, starting_mass


def test_the_starting_mass_is_the_mean_of_the_first_ten_records() -> None:
    mass = np.append(np.linspace(10.0, 9.91, 10), np.full(20, 5.0))
    assert starting_mass(25.0 + 0.1 * np.arange(30), mass) == pytest.approx(9.955)


def test_records_more_than_ten_degrees_above_the_first_do_not_count() -> None:
    temperature = 25.0 + 5.0 * np.arange(30)
    mass = 10.0 - 0.1 * np.arange(30)
    assert starting_mass(temperature, mass) == pytest.approx(9.9)  # of 25, 30 and 35 degC


def test_a_stretch_includes_its_last_record() -> None:
    assert records_of(Segment(kind="heating", first=3, last=7)) == slice(3, 8)
