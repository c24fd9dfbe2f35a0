"""Tests at another load than the others are no tests of their batch."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from halfcell.core.quantity import Quantity
from halfcell.techniques.indentation.batch_family import in_family


def _tests(*loads: float) -> list[SimpleNamespace]:
    return [SimpleNamespace(quantities={"peak_load": Quantity(load, "mN")}) for load in loads]


@pytest.mark.parametrize(
    ("loads", "kept"),
    [
        ((10.0, 10.1, 9.9, 10.0, 1.0), 4),  # a stray record
        ((10.0, 10.1, 9.9, 10.0, 25.0), 4),
        ((10.0, 10.1, 9.9, 10.0, 14.0), 5),  # not far enough to be another program
        ((1.0, 2.0, 5.0, 10.0, 20.0), 5),  # a load series has no family
        ((10.0, 10.0, 1.0), 3),  # three tests tell nothing
    ],
)
def test_a_stray_test_is_left_out_and_a_series_of_loads_is_kept(loads: tuple[float, ...], kept: int) -> None:
    found = in_family(_tests(*loads))  # type: ignore[arg-type]
    assert len(found.tests) == kept
    assert bool(found.notes) is (kept < len(loads))
