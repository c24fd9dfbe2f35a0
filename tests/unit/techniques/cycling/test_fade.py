"""The fade rate and the end of life of a series of retentions."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.cycling.fade import fade


def _rows(retention: np.ndarray, roles: tuple[str, ...] = ()) -> list[dict[str, object]]:
    """One row per cycle with its retention (%)."""
    return [
        {"cycle": number, "retention": float(value), "role": roles[number - 1] if roles else "cycling"}
        for number, value in enumerate(retention, start=1)
    ]


def test_the_fade_rate_is_the_slope_of_the_retention() -> None:
    found = fade(_rows(100.0 - 0.02 * np.arange(200)), 1, 80.0).quantities
    assert found["fade_rate"].value == pytest.approx(0.02)


def test_four_cycles_have_no_rate() -> None:
    assert "fade_rate" not in fade(_rows(100.0 - np.arange(4.0)), 1, 80.0).quantities


def test_the_end_of_life_is_the_first_cycle_from_which_all_are_below() -> None:
    retention = 100.0 - 0.5 * np.arange(60)  # below 80 % from cycle 42 on
    assert fade(_rows(retention), 1, 80.0).quantities["cycles_to_limit"].value == 42


def test_two_low_cycles_at_the_end_leave_the_end_of_life_open() -> None:
    retention = np.append(np.full(50, 90.0), [79.0, 78.0])
    found = fade(_rows(retention), 1, 80.0)
    assert "cycles_to_limit" not in found.quantities
    assert "end_of_life_open" in [note.code for note in found.notes]


def test_formation_does_not_count() -> None:
    retention = np.append([130.0, 120.0], 100.0 - 0.1 * np.arange(20))
    roles = ("formation", "formation", *["cycling"] * 20)
    assert abs(fade(_rows(retention, roles), None, 80.0).quantities["fade_rate"].value) == pytest.approx(0.1)
