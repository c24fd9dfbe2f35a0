"""Measurements made in memory that no instrument records: refused with what is wrong, never an error of numpy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques import (
    conductivity,
    diffraction,
    impedance,
    indentation,
    particle_size,
    polarisation,
    raman,
    thermogravimetry,
    voltammetry,
)
from halfcell.techniques.common.measurement_checks import sound

GUARDED = (conductivity, impedance, indentation, particle_size, polarisation, raman, thermogravimetry, voltammetry)


def _spoilt(values: np.ndarray) -> np.ndarray:
    other = values.astype(float)
    other[len(other) // 2] = 1e300
    return other


@pytest.mark.parametrize("room", GUARDED, ids=lambda room: room.__name__.rpartition(".")[2])
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda values: values[:0], "no record"),
        (lambda values: values * np.nan, "no finite value"),
        (_spoilt, "is 1e.300 in record"),
    ],
    ids=["empty", "nan", "huge"],
)
def test_what_no_instrument_records_is_refused(room, change, said: str) -> None:
    one = room.simulate(room.Parameters(), np.random.default_rng(0))
    spoilt = replace(one, columns={name: change(values) for name, values in one.columns.items()})
    with pytest.raises(InputError, match=said):
        room.analyse(spoilt, room.Settings())
    room.analyse(one, room.Settings())


def test_columns_of_two_lengths_are_refused() -> None:
    one = Measurement(technique="x", columns={"a": np.ones(3), "b": np.ones(2), "c": np.ones(1)})
    with pytest.raises(InputError, match="differ in length: a 3, b 2"):
        sound(one, "a", "b")
    assert sound(one, "c") is one


def test_sizes_that_fall_and_shares_of_nothing_are_refused() -> None:
    one = particle_size.simulate(particle_size.Parameters(), np.random.default_rng(0))
    falling = replace(one, columns={name: values[::-1] for name, values in one.columns.items()})
    with pytest.raises(InputError, match="do not rise"):
        particle_size.analyse(falling, particle_size.Settings())
    nothing = replace(one, columns={**one.columns, "share_percent": np.zeros(len(one))})
    with pytest.raises(InputError, match="sum to zero"):
        particle_size.analyse(nothing, particle_size.Settings())


def test_a_few_records_are_no_run_of_a_balance() -> None:
    one = thermogravimetry.simulate(thermogravimetry.Parameters(), np.random.default_rng(0))
    few = replace(one, columns={name: values[:1] for name, values in one.columns.items()})
    with pytest.raises(InputError, match="1 records, at least 20"):
        thermogravimetry.analyse(few, thermogravimetry.Settings())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda values: values[:0], "no record"),
        (_spoilt, "is 1e.300 in record"),
        (lambda values: values[::-1], "do not rise after record 1 "),
        (lambda values: np.append(values, values[-1]), "do not rise after record"),
    ],
    ids=["empty", "huge", "reversed", "repeated"],
)
def test_a_pattern_that_no_diffractometer_records_is_refused(change, said: str) -> None:
    one = diffraction.simulate(diffraction.Parameters(), np.random.default_rng(0))
    spoilt = replace(one, columns={name: change(values) for name, values in one.columns.items()})
    with pytest.raises(InputError, match=said):
        diffraction.analyse(spoilt, diffraction.Settings())
