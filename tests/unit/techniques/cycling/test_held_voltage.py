"""The part at constant voltage, as the file states it, and records of the next step."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import Settings
from halfcell.techniques.cycling.held_voltage import stated_mode

FULL = Settings(kind=CellKind.FULL)


def _test(noise: float = 0.0) -> Measurement:
    """1 A for one hour to 4.2 V, a hold of half an hour (share 30.7 %), a rest, and 1 A back."""
    decay = np.exp(-np.arange(1, 31) / 30.0)
    current = np.concatenate((np.ones(61), decay, np.zeros(5), -np.ones(61), np.zeros(2)))
    voltage = np.concatenate(
        (np.linspace(3.0, 4.2, 61), np.full(30, 4.2), np.full(5, 4.15), np.linspace(4.1, 3.0, 61), np.full(2, 3.2))
    )
    voltage += noise * np.random.default_rng(3).standard_normal(len(voltage))
    mode = np.repeat([1.0, 2.0, 3.0, 1.0, 3.0], [61, 30, 5, 61, 2])
    time = 60.0 * np.arange(len(current))
    columns = {"test_time_second": time, "current_ampere": current, "voltage_volt": voltage, "step_type_code": mode}
    return Measurement(technique="cycling", columns=columns)


def _with(test: Measurement, *words: str) -> Measurement:
    return dataclasses.replace(test, meta={"step_types": {str(i): word for i, word in enumerate(words, 1)}})


def _share(test: Measurement) -> float:
    return float(cycling.analyse(test, FULL).rows[0]["charge_cv_share"] or 0.0)


STATED = ("galvanostatic", "potentiostatic", "open circuit")
SHARE = 100.0 * 19.0 / 79.0  # about: integral of the decay over 30 min of 60 min + that


@pytest.mark.parametrize("words", [STATED, ("CC_Chg", "CV_Chg", "Rest"), ("恒流充电", "恒压充电", "静置")])
def test_the_share_is_that_of_the_stated_steps_however_noisy(words: tuple[str, ...]) -> None:
    assert _share(_with(_test(noise=0.02), *words)) == pytest.approx(SHARE, abs=1.0)


def test_a_step_that_holds_both_is_told_by_the_voltage() -> None:
    assert _share(_with(_test(), "CCCV_Chg", "CCCV_Chg", "Rest")) == pytest.approx(SHARE, abs=1.0)
    assert _share(_with(_test(), "C", "C", "R")) == pytest.approx(SHARE, abs=1.0)


def test_a_stated_constant_current_has_no_share() -> None:
    assert _share(_with(_test(), "CC_Chg", "CC_Chg", "Rest")) == 0.0


def test_words_that_tell_nothing() -> None:
    assert stated_mode(_with(_test(), "C", "D", "S")) is None
    assert stated_mode(_test()) is None


@pytest.mark.parametrize(
    ("word", "mode"),
    [("CV_Chg", 1.0), ("charge CV", 1.0), ("CC_DChg", 0.0), ("Constant current charge", 0.0), ("OCV", -1.0)]
    + [(word, np.nan) for word in ("CCCV_Chg", "charge CC-CV", "恒流恒压充电", "Decrease", "Charge", "")],
)
def test_words_of_steps(word: str, mode: float) -> None:
    found = stated_mode(_with(_test(), word, "Rest", "Rest"))
    assert found is not None
    assert found[0] == pytest.approx(mode, nan_ok=True)


@pytest.mark.parametrize("words", [STATED, ("C", "C", "D")])
def test_a_record_of_the_next_step_is_no_part_of_the_half_cycle(words: tuple[str, ...]) -> None:
    test = _with(_test(), *words)
    current = test["current_ampere"].copy()
    current[91] = current[90]  # the first record of the rest still names the current
    current[157] = -1.0
    given = dataclasses.replace(test, columns={**test.columns, "current_ampere": current})
    result = cycling.analyse(given, FULL)
    assert float(result.rows[0]["charge_cv_share"] or 0.0) == pytest.approx(SHARE, abs=1.0)
    charge, discharge = (next(c for c in result.curves if c.charging is way) for way in (True, False))
    assert charge.voltage[-1] == pytest.approx(4.2)
    assert discharge.voltage[-1] == pytest.approx(3.0)
