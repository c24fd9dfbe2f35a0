"""A measurement is checked, sorted and cut before it is fitted."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.techniques import impedance
from halfcell.techniques.impedance import Parameters, Settings
from halfcell.techniques.impedance.spectrum import prepare

MADE = impedance.simulate(Parameters(noise_percent=0.3), np.random.default_rng(0))


def _with(**columns: np.ndarray) -> Measurement:
    return dataclasses.replace(MADE, columns={**MADE.columns, **columns})


def test_frequencies_fall_in_whatever_order_they_were_measured() -> None:
    turned = dataclasses.replace(MADE, columns={name: values[::-1] for name, values in MADE.columns.items()})
    one, other = prepare(MADE, Settings()), prepare(turned, Settings())
    assert (np.diff(other.frequency) < 0).all()
    assert other.impedance == pytest.approx(one.impedance)


def test_frequencies_outside_the_range_that_is_set_have_no_weight() -> None:
    found = prepare(MADE, Settings(lowest_frequency_hertz=1.0))
    assert not found.used[found.frequency < 0.99].any()


def test_a_valid_spectrum_does_not_violate_the_kramers_kronig_relations() -> None:
    assert not prepare(MADE, Settings()).violated


def test_fewer_than_eight_points_are_refused() -> None:
    few = dataclasses.replace(MADE, columns={name: values[:7] for name, values in MADE.columns.items()})
    with pytest.raises(Refused, match="points"):
        prepare(few, Settings())


def test_a_spectrum_without_its_imaginary_part_is_an_error() -> None:
    columns = {name: values for name, values in MADE.columns.items() if "imag" not in name}
    with pytest.raises(InputError, match="imag"):
        prepare(dataclasses.replace(MADE, columns=columns), Settings())
