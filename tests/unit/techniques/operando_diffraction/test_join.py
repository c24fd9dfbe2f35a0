"""Scans of an operando experiment in the order of their start, on the angles that they share."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.operando_diffraction.join import join


def _scan(level: float, low: float = 20.0, started: float | None = None) -> Measurement:
    angle = np.arange(low, low + 10.0, 0.1)
    columns = {"two_theta_degree": angle, "intensity_count": np.full(len(angle), level)}
    meta = {} if started is None else {"started_unix_second": started, "started": started}
    return Measurement(technique="diffraction", columns=columns, meta=meta)


def test_scans_that_do_not_tell_their_start_keep_the_order_of_their_files() -> None:
    found = join([_scan(2.0), _scan(1.0)])
    assert "scan_order" in [note.code for note in found.notes]


def test_scans_are_joined_on_the_angles_that_they_share() -> None:
    found = join([_scan(2.0), _scan(1.0, low=22.0)])
    assert found["two_theta_degree"].min() == pytest.approx(22.0)
    assert found["two_theta_degree"].max() <= 30.0


def test_scans_without_angles_in_common_are_an_error() -> None:
    with pytest.raises(InputError, match="no angles in common"):
        join([_scan(1.0), _scan(1.0, low=60.0)])


def test_nothing_to_join_is_an_error() -> None:
    with pytest.raises(InputError, match="no scan"):
        join([])
