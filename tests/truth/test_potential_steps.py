"""Diffusion coefficients from steps of the potential: planes and spheres with and without a resistance of the surface.

The truth is a finite-volume solution of Fick's second law whose surface is filled through a resistance, not the series
of the analysis; the series is compared with values that the literature prints.
"""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest

from halfcell.core.errors import Refused
from halfcell.core.measurement import Measurement
from halfcell.core.sample import CellKind
from halfcell.maths.potential_steps import series, transient_current
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings

DIFFUSION, LENGTH = 4e-15, 2e-6  # m2/s; m, volume over surface
HALF = Settings(kind=CellKind.CATHODE_HALF, diffusion_length_um=1e6 * LENGTH)


@cache
def _transient(form: str, ratio: float, lasts: float) -> tuple[np.ndarray, np.ndarray]:
    """Times (s) and the filling per second of a host at a step of its surface; `lasts` in units of size2 / D."""
    shells, size = 120, LENGTH if form == "plane" else 3.0 * LENGTH
    edge = size * (1.0 - (1.0 - np.linspace(0.0, 1.0, shells + 1)) ** 1.5)  # finer towards the surface
    power = 1 if form == "plane" else 3
    volume, area = np.diff(edge**power) / power, edge ** (power - 1)
    middle = 0.5 * (edge[1:] + edge[:-1])
    conduct = np.concatenate(([0.0], area[1:-1] / np.diff(middle), [0.0])) * DIFFUSION
    surface = area[-1] * DIFFUSION / ((edge[-1] - middle[-1]) + size / ratio)
    matrix = np.diag(-(conduct[1:] + conduct[:-1])) + np.diag(conduct[1:-1], 1) + np.diag(conduct[1:-1], -1)
    matrix[-1, -1] -= surface
    step = size**2 / DIFFUSION / 5000.0
    inverse = np.linalg.inv(np.eye(shells) - step * matrix / volume[:, None])
    source = np.zeros(shells)
    source[-1] = step * surface / volume[-1]
    filling, flow = np.zeros(shells), []
    for _ in range(round(5000 * lasts)):
        filling = inverse @ (filling + source)
        flow.append(surface * (1.0 - filling[-1]) / volume.sum())
    time = step * np.arange(1, len(flow) + 1)
    kept = np.unique(np.concatenate([np.arange(60), np.arange(60, len(flow), 12)]))
    return time[kept], np.array(flow)[kept]


def _titration(form: str = "plane", ratio: float = 1e6, *, lasts: float = 0.0, offset: float = 0.0) -> Measurement:
    """Five steps of 10 mV after a rest; 0.05 mV and 0.1 % of noise, and an offset as a part of the first current."""
    slowest = 1.0 + 2.5 / ratio if form == "plane" else 0.4 + 1.5 / ratio
    since, flow = _transient(form, ratio, lasts or 1.6 * slowest)
    rng, charge = np.random.default_rng(0), 0.36  # As
    time, amps, volts = [np.arange(0.0, 600.0, 10.0)], [np.zeros(60)], [np.full(60, 3.80)]
    begin = 600.0
    for number in range(1, 6):
        time.append(begin + since)
        amps.append(charge * flow * (1.0 + rng.normal(0.0, 1e-3, len(flow))) + offset * charge * flow[0])
        volts.append(np.full(len(since), 3.80 + 0.01 * number))
        begin = time[-1][-1]
    voltage = np.concatenate(volts)
    columns = {
        "test_time_second": np.concatenate(time),
        "current_ampere": np.concatenate(amps),
        "voltage_volt": voltage + rng.normal(0.0, 5e-5, len(voltage)),
    }
    return Measurement(technique="cycling", columns=columns)


def _analysed(form: str, ratio: float, **given: float) -> CyclingResult:
    return cycling.analyse(_titration(form, ratio, **given), dataclasses.replace(HALF, diffusion_geometry=form))


@pytest.mark.parametrize("form", ["plane", "sphere"])
@pytest.mark.parametrize("ratio", [1e6, 30.0, 10.0, 4.0, 2.5])
def test_the_diffusion_coefficient_is_found_with_any_resistance_of_the_surface(form: str, ratio: float) -> None:
    result = _analysed(form, ratio)
    assert result["step_diffusion_coefficient"].value == pytest.approx(1e4 * DIFFUSION, rel=0.08)
    assert result["potential_step_count"].value == 5
    (row, *_) = result.potential_steps
    assert row["step_charge"] == pytest.approx(0.1, rel=0.02)
    if ratio <= 10.0:
        assert row["resistance_ratio"] == pytest.approx(ratio, rel=0.15)


def test_the_plain_formulas_agree_on_a_value_that_is_too_small() -> None:
    """With a resistance of a third of that to diffusion both give less than 65 %: that they agree proves nothing."""
    result = _analysed("plane", 3.0)
    (row, *_) = result.potential_steps
    for name in ("cottrell_coefficient", "late_coefficient"):
        assert 0.5 * 1e4 * DIFFUSION < row[name] < 0.66 * 1e4 * DIFFUSION
    assert "step_surface_resistance" in {note.code for note in result.notes}


def test_without_a_resistance_all_three_agree() -> None:
    (row, *_) = _analysed("plane", 1e6).potential_steps
    for name in ("step_diffusion_coefficient", "cottrell_coefficient", "late_coefficient"):
        assert row[name] == pytest.approx(1e4 * DIFFUSION, rel=0.08)
    assert row["resistance_ratio"] is None


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"ratio": 0.7}, "resistance of the surface governs"),
        ({"ratio": 1e6, "lasts": 0.25}, "ends before its current"),
        ({"ratio": 1e6, "offset": 0.001}, "bent at its end"),
    ],
)
def test_a_transient_that_does_not_tell_gives_none(given: dict[str, float], why: str) -> None:
    result = _analysed("plane", **given)
    assert "step_diffusion_coefficient" not in result.quantities
    refused = [note.text for note in result.notes if note.code == "step_diffusion_refused"]
    assert len(refused) == 1
    assert why in refused[0]


def test_a_beginning_that_disagrees_with_the_end_is_refused() -> None:
    """A second, quicker process (a double layer, smaller particles) takes part of the charge at the beginning."""
    slow = _titration()
    time, current = slow["test_time_second"], slow["current_ampere"].copy()
    live = np.flatnonzero(np.abs(np.diff(slow["voltage_volt"], prepend=slow["voltage_volt"][0])) > 2e-3)
    tau = LENGTH**2 / DIFFUSION
    for first in live:
        since = time - time[first - 1]
        current += np.where(since > 0, 0.36 * 1.2 / (0.06 * tau) * np.exp(-since / (0.06 * tau)), 0.0)
    mixed = dataclasses.replace(slow, columns={**slow.columns, "current_ampere": current})
    result = cycling.analyse(mixed, HALF)
    assert "step_diffusion_coefficient" not in result.quantities


@pytest.mark.parametrize(("form", "taken_for"), [("sphere", "plane"), ("plane", "sphere")])
def test_another_form_than_the_true_one_is_refused(form: str, taken_for: str) -> None:
    """A sphere that is taken for a plane would give half the coefficient, a plane for a sphere 2.8 times as much."""
    result = cycling.analyse(_titration(form, 1e6), dataclasses.replace(HALF, diffusion_geometry=taken_for))
    assert "step_diffusion_coefficient" not in result.quantities


def test_without_the_length_there_are_no_steps() -> None:
    assert not cycling.analyse(_titration(), Settings(kind=CellKind.CATHODE_HALF)).potential_steps


def test_ordinary_cycling_with_holds_has_no_steps() -> None:
    test = cycling.simulate(cycling.Parameters(cycles=3), np.random.default_rng(0))
    result = cycling.analyse(test, Settings(kind=CellKind.HALF, diffusion_length_um=1.0))
    assert "potential_step_count" not in result.quantities


def test_the_series_has_the_roots_of_the_literature() -> None:
    """J. Crank, The Mathematics of Diffusion (1975), tables 4.2 and 6.2: b tan b = h, and b cot b + h - 1 = 0."""
    assert series(1.0, "plane").roots[:3] == pytest.approx([0.8603, 3.4256, 6.4373], abs=1e-4)
    assert series(10.0, "plane").roots[:3] == pytest.approx([1.4289, 4.3058, 7.2281], abs=1e-4)
    assert series(2.0, "sphere").roots[:3] == pytest.approx([2.0288, 4.9132, 7.9787], abs=1e-4)


def test_the_series_begins_with_cottrell() -> None:
    x = np.array([1e-4, 1e-3, 1e-2])
    assert transient_current(x, 1e7, "plane") == pytest.approx(1.0 / np.sqrt(np.pi * x), rel=1e-3)


def test_the_table_and_the_figure_show_the_steps() -> None:
    result = dataclasses.replace(_analysed("plane", 4.0), label="LCO film")
    table = cycling.TABLES["potential steps"]([result])
    assert len(table.rows) == 5
    assert [column.label for column in table.columns][-1] == "Diffusion over surface"
    (panel,) = cycling.FIGURES["potential steps"]([result]).panels
    assert [layer.label for layer in panel.layers] == ["end alone", "beginning alone", "LCO film"]  # dots over rings
    empty = dataclasses.replace(result, potential_steps=())
    for shows in (cycling.TABLES, cycling.FIGURES):
        with pytest.raises(Refused, match="no step"):
            shows["potential steps"]([empty])
