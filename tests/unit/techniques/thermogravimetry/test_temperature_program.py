"""The analysed heating of a run, and what follows it."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.thermogravimetry.temperature_program import program


def _run(*ends: tuple[float, float], gas: str = "nitrogen") -> Measurement:
    """Stretches of (minutes, temperature at their end) from 25 degC on, one record every six seconds."""
    minutes, degc = [0.0], [25.0]
    for lasts, end in ends:
        minutes.append(minutes[-1] + lasts)
        degc.append(end)
    time = np.arange(0.0, minutes[-1], 0.1)
    columns = {
        "test_time_second": 60.0 * time,
        "temperature_degc": np.interp(time, minutes, degc),
        "mass_milligram": np.full(len(time), 10.0),
    }
    return Measurement(technique="thermogravimetry", columns=columns, meta={"gases": [(1, gas)]})


def test_the_heating_over_the_widest_range_is_analysed() -> None:
    run = _run((10.0, 125.0), (20.0, 120.0), (60.0, 800.0))
    found = program(run)
    temperature = run["temperature_degc"]
    assert temperature[found.heating.last] == pytest.approx(800.0, abs=10.0)
    assert temperature[found.heating.first] == pytest.approx(120.0, abs=15.0)


def test_a_hold_at_its_end_is_told() -> None:
    assert program(_run((60.0, 800.0), (30.0, 800.0))).hold is not None
    assert program(_run((60.0, 800.0))).hold is None


@pytest.mark.parametrize(
    ("gas", "oxidises"), [("air", True), ("oxygen", True), ("nitrogen", False), ("oxygen-free Ar", False)]
)
def test_the_gas_tells_whether_the_heating_oxidises(gas: str, oxidises: bool) -> None:
    assert program(_run((60.0, 800.0), gas=gas)).is_oxidising is oxidises


def test_a_run_without_a_heating_is_an_error() -> None:
    with pytest.raises(InputError, match="no heating by more than 50"):
        program(_run((60.0, 60.0)))
