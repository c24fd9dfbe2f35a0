"""Linear algebra runs on one thread during an analysis, and on as many as before after it."""

from __future__ import annotations

import dataclasses
import os

import numpy as np
import pytest
import scipy.linalg  # its own BLAS
from threadpoolctl import threadpool_info, threadpool_limits

from halfcell.core.measurement import Measurement
from halfcell.core.result import Result
from halfcell.techniques.load import load_technique
from halfcell.techniques.one_thread import VARIABLES, one_thread
from halfcell.techniques.run import run


def _threads() -> list[int]:
    assert scipy.linalg.norm(np.ones(4)) == 2.0
    return [library["num_threads"] for library in threadpool_info()]


def test_libraries_that_are_loaded_are_limited_and_released() -> None:
    with threadpool_limits(2):
        before = _threads()
        with one_thread():
            assert set(_threads()) == {1}
        assert _threads() == before


def test_libraries_that_are_loaded_meanwhile_read_one_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLES[0], "7")
    monkeypatch.delenv(VARIABLES[1], raising=False)
    with one_thread():
        assert {os.environ[name] for name in VARIABLES} == {"1"}
    assert os.environ[VARIABLES[0]] == "7"
    assert VARIABLES[1] not in os.environ


def test_every_analysis_runs_on_one_thread() -> None:
    seen: list[int] = []

    def analyse(_measurement: Measurement, _settings: object) -> Result:
        seen.extend(_threads())
        return Result(technique="impedance")

    technique = dataclasses.replace(load_technique("impedance"), analyse=analyse)
    with threadpool_limits(2):
        run(technique, [Measurement(technique="impedance", columns={})], technique.settings())
    assert set(seen) == {1}
