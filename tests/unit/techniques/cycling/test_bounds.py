"""Ratios beyond what can be: they are refused, and what follows from them with them."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings

FULL = Settings(kind=CellKind.FULL)


def _test(*hours: float, ampere: float = 1.0) -> Measurement:
    """Cycles between 3.0 and 4.2 V, of so many hours for each half cycle."""
    voltage, current, time, at = [], [], [], 0.0
    for hour in hours:
        for low, high, sign in ((3.0, 4.2, 1.0), (4.1, 3.0, -1.0)):
            voltage.append(np.linspace(low, high, 61))
            current.append(np.full(61, sign * ampere))
            time.append(at + 60.0 * hour * np.arange(1, 62))
            at = float(time[-1][-1])
    columns = {"test_time_second": time, "current_ampere": current, "voltage_volt": voltage}
    joined = {name: np.concatenate(parts) for name, parts in columns.items()}
    return Measurement(technique="cycling", columns=joined)


def _codes(result: CyclingResult, level: str) -> set[str]:
    return {note.code for note in result.notes if note.level == level}


def test_an_impossible_retention_is_refused_with_all_that_follows() -> None:
    result = cycling.analyse(_test(0.1, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0), FULL)
    assert "retention_impossible" in _codes(result, "refused")
    assert not {"capacity_retention", "fade_rate", "cycles_to_limit"} & set(result.quantities)
    assert all(row["retention"] is None for row in result.rows)


def test_an_impossible_retention_of_one_cycle_is_left_out() -> None:
    result = cycling.analyse(_test(0.4, 1.0, 0.41), dataclasses.replace(FULL, blip_percent=0.1))
    assert result["capacity_retention"].value == pytest.approx(102.5, abs=1.0)
    assert result.rows[1]["retention"] is None


def test_an_unusual_retention_is_doubted() -> None:
    result = cycling.analyse(_test(1.0, 1.5), FULL)
    assert result["capacity_retention"].value == pytest.approx(150.0, abs=1.0)
    assert "retention_above_100" in _codes(result, "doubt")


def test_impossible_rates_are_refused() -> None:
    test = _test(1 / 3600.0, 1 / 3600.0)
    clock = {"unix_time_second": 1.7e9 + test["test_time_second"]}
    result = cycling.analyse(dataclasses.replace(test, columns={**test.columns, **clock}), FULL)
    assert "c_rate_impossible" in _codes(result, "refused")
    assert all(row["c_rate"] is None for row in result.rows)


def test_a_stated_rate_that_does_not_fit_the_capacity_is_doubted() -> None:
    result = cycling.analyse(_test(1.0, 1.0), dataclasses.replace(FULL, one_c_ma=1.0e6))
    assert "c_rate_unlikely" in _codes(result, "doubt")
    fits = cycling.analyse(_test(1.0, 1.0), dataclasses.replace(FULL, one_c_ma=1.1e3))
    assert not {"c_rate_unlikely", "retention_above_100"} & _codes(fits, "doubt")
