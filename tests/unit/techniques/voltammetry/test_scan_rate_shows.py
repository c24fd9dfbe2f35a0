"""Series of scan rates as figures and a table: exponents with lines, shares with errors, one row per rate."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.figure import Line, Points
from halfcell.core.measurement import Measurement
from halfcell.techniques import voltammetry
from halfcell.techniques.voltammetry import Settings, VoltammetryResult

RATES = (1.0, 0.1, 0.3, 3.0)  # mV/s, not in order


def _peaks(rate: float, surface: float) -> Measurement:
    """Sweeps whose current is ``k1 v + k2 v^(1/2)`` at each potential, with a peak in either branch; `rate` in mV/s."""
    down = np.linspace(2.0, 0.0, 600)
    potential = np.concatenate((down, down[::-1][1:]))
    sign = np.concatenate((-np.ones(600), np.ones(599)))
    shape = np.exp(-(((potential - np.where(sign < 0, 0.8, 1.2)) / 0.1) ** 2)) + 0.02
    current = 1e-3 * sign * shape * (surface * rate + (1.0 - surface) * np.sqrt(rate))
    time = 2.0 / (1e-3 * rate) / 599.0 * np.arange(len(potential))
    columns = {"test_time_second": time, "voltage_volt": potential, "current_ampere": current}
    return Measurement(technique="voltammetry", columns=columns)


def _series(name: str, surface: float, rates: tuple[float, ...] = RATES) -> list[VoltammetryResult]:
    assert voltammetry.TECHNIQUE.series is not None
    found = voltammetry.TECHNIQUE.series([_peaks(rate, surface) for rate in rates], Settings())
    made = []
    for result, rate in zip(found, rates, strict=True):
        assert isinstance(result, VoltammetryResult)
        made.append(result.stamped(label=f"{name}, rate {rate:g}".lstrip(", "), id=f"{name}{rate:g}"))
    return made


def test_peak_currents_have_the_line_of_their_exponent() -> None:
    """i = a v for what is stored at surfaces, i = a v^(1/2) where diffusion limits (Lindstroem et al. 1997)."""
    for surface, exponent in ((1.0, 1.0), (0.0, 0.5)):
        (panel,) = voltammetry.FIGURES["peak currents"](_series("A", surface)).panels
        points = [layer for layer in panel.layers if isinstance(layer, Points)]
        lines = [layer for layer in panel.layers if isinstance(layer, Line)]
        assert [layer.label.split(",")[0] for layer in points] == ["anodic", "cathodic"]
        assert points[0].x == pytest.approx(sorted(RATES))
        for line in lines:
            assert np.diff(np.log(line.y))[0] / np.diff(np.log(line.x))[0] == pytest.approx(exponent, abs=0.01)
        assert panel.x.log
        assert panel.y.log


def test_two_electrodes_are_told_apart() -> None:
    results = _series("A", 1.0) + _series("B", 0.3)
    (panel,) = voltammetry.FIGURES["peak currents"](results).panels
    labels = [layer.label for layer in panel.layers if isinstance(layer, Points)]
    assert [label.split(", b")[0] for label in labels] == ["A, anodic", "A, cathodic", "B, anodic", "B, cathodic"]
    (shares,) = voltammetry.FIGURES["capacitive share"](results).panels
    first, second = (layer for layer in shares.layers if isinstance(layer, Points))
    assert first.label == "A"
    assert first.y == pytest.approx(100.0, abs=0.1)
    expected = [100.0 * 0.3 * rate / (0.3 * rate + 0.7 * rate**0.5) for rate in sorted(RATES)]
    assert second.y == pytest.approx(expected, abs=0.1)


def test_one_row_per_rate_and_the_exponents_once() -> None:
    table = voltammetry.TABLES["scan rates"](_series("A", 0.0))
    assert [float(row[1].text) for row in table.rows if row[1] is not None] == sorted(RATES)
    heads = [column.label for column in table.columns]
    anodic = heads.index("b, anodic")
    merged = table.rows[0][anodic]
    assert merged is not None
    assert merged.rows == len(RATES)
    assert merged.quantity is not None
    assert merged.quantity.value == pytest.approx(0.5, abs=0.01)
    assert all(row[anodic] is None for row in table.rows[1:])


def test_two_rates_are_refused_with_what_is_needed() -> None:
    results = _series("A", 1.0, (0.1, 0.2))
    for show in ("peak currents", "capacitive share"):
        with pytest.raises(Refused) as told:
            voltammetry.FIGURES[show](results)
        assert "three files of one electrode or more" in told.value.hint
