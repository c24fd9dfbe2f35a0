"""A record whose time goes backwards: whether the current came to rest cannot be judged, and nothing is given."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.techniques.polarisation import Parameters, Settings, analyse, simulate

RECORD = simulate(Parameters(), np.random.default_rng(0))


def test_time_that_goes_backwards_is_refused() -> None:
    time = RECORD["test_time_second"].copy()
    time[len(time) // 2 :] -= 600.0
    with pytest.raises(Refused, match="the time goes backwards"):
        analyse(replace(RECORD, columns={**RECORD.columns, "test_time_second": time}), Settings())


def test_two_records_at_one_time_are_no_harm() -> None:
    time = RECORD["test_time_second"].copy()
    time[200] = time[199]
    result = analyse(replace(RECORD, columns={**RECORD.columns, "test_time_second": time}), Settings())
    assert result["resistance"].value == pytest.approx(analyse(RECORD, Settings())["resistance"].value, rel=1e-6)
