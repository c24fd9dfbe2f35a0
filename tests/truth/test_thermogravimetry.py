"""Thermogravimetry: simulated first-order steps come back within their stated uncertainty, with and without a blank."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques import thermogravimetry
from halfcell.techniques.thermogravimetry import Parameters, Settings, blank, blank_run, simulate, true_char

POLYMER = Parameters(mass_mg=2.0)
TRUE = {
    "step1.loss": POLYMER.losses[0],
    "step2.loss": POLYMER.losses[1],
    "step1.peak": POLYMER.peaks_degc[0],
    "step2.peak": POLYMER.peaks_degc[1],
    "residue": true_char(POLYMER),
    "char_yield": true_char(POLYMER),
}


def test_steps_residue_and_char_are_calibrated() -> None:
    pulls: dict[str, list[float]] = {name: [] for name in TRUE}
    for seed in range(40):
        rng = np.random.default_rng(seed)
        drifting = dataclasses.replace(POLYMER, drift_mg=float(rng.normal(0.0, Settings().drift_doubt_mg)))
        found = thermogravimetry.analyse(simulate(drifting, rng), Settings()).quantities
        for name, value in TRUE.items():
            pulls[name].append((found[name].value - value) / found[name].std)
    for name, values in pulls.items():
        assert abs(np.mean(values)) < 0.6, name
        assert 0.3 < np.std(values) < 1.4, name


def test_a_blank_takes_the_drift_off() -> None:
    rng = np.random.default_rng(1)
    drifting = dataclasses.replace(POLYMER, drift_mg=0.2)  # 10 % of the sample
    run, empty = simulate(drifting, rng), blank_run(drifting, rng)
    raw = thermogravimetry.analyse(run, Settings())
    assert raw["residue"].value > true_char(POLYMER) + 9.0
    assert "no_blank" in {note.code for note in raw.notes}
    clean = thermogravimetry.analyse(run, Settings(blank=blank(empty, Settings())))
    assert clean["residue"].value == pytest.approx(true_char(POLYMER), abs=0.25)  # noise: 0.1 wt% a record
    assert clean["step1.loss"].value == pytest.approx(POLYMER.losses[0], abs=0.3)
    assert "no_blank" not in {note.code for note in clean.notes}


def test_an_impossible_residue_is_refused() -> None:
    bare = dataclasses.replace(POLYMER, losses=(70.0, 29.0), drift_mg=-0.06)
    result = thermogravimetry.analyse(simulate(bare, np.random.default_rng(2)), Settings())
    assert "residue" not in result.quantities
    assert "unphysical_residue" in {note.code for note in result.notes if note.level == "refused"}
    assert result["char_yield"].value == pytest.approx(1.0, abs=0.3)


def test_losses_and_residue_sum_to_the_whole() -> None:
    result = thermogravimetry.analyse(simulate(POLYMER, np.random.default_rng(3)), Settings())
    assert sum(row["loss"] for row in result.rows) + result["residue"].value == pytest.approx(100.0, abs=0.2)


@settings(max_examples=15, deadline=None)
@given(scale=st.floats(0.01, 100.0), later=st.floats(0.0, 1e5))
def test_the_sample_s_mass_and_the_clock_do_not_matter(scale: float, later: float) -> None:
    run = simulate(POLYMER, np.random.default_rng(4))
    columns = dict(run.columns)
    columns["mass_milligram"] = columns["mass_milligram"] * scale
    columns["test_time_second"] = columns["test_time_second"] + later
    other = Measurement(technique="thermogravimetry", columns=columns, meta=run.meta)
    one, two = (thermogravimetry.analyse(m, Settings()) for m in (run, other))
    for name in TRUE:
        assert two[name].value == pytest.approx(one[name].value, rel=1e-9)


@pytest.mark.parametrize("every", [3, 10])
def test_fewer_records_hardly_change_the_losses(every: int) -> None:
    run = simulate(POLYMER, np.random.default_rng(5))
    columns = {name: column[::every] for name, column in run.columns.items()}
    thin = thermogravimetry.analyse(
        Measurement(technique="thermogravimetry", columns=columns, meta=run.meta), Settings()
    )
    full = thermogravimetry.analyse(run, Settings())
    assert thin["step1.loss"].value == pytest.approx(full["step1.loss"].value, abs=0.3)


def _run(mass: np.ndarray, records: int) -> Measurement:
    temperature = np.linspace(25.0, 800.0, records)
    columns = {
        "test_time_second": 6.0 * np.arange(float(records)),
        "temperature_degc": temperature,
        "mass_milligram": mass,
    }
    return Measurement(technique="thermogravimetry", columns=columns)


def test_a_loss_that_goes_on_at_the_end_is_no_step_and_is_said() -> None:
    """The rate rises to the end: no maximum, no step, and a residue that is not the end."""
    result = thermogravimetry.analyse(
        _run(10.0 - 3.0 * np.exp((np.linspace(25.0, 800.0, 400) - 800.0) / 100.0), 400), Settings()
    )
    assert not result.rows
    assert "no_step" in {note.code for note in result.notes}
    still = thermogravimetry.analyse(_run(np.full(400, 5.0), 400), Settings())
    assert "no_step" not in {note.code for note in still.notes}


@pytest.mark.parametrize("mass", [0.0, -10.0])
def test_a_mass_that_is_none_is_refused(mass: float) -> None:
    with pytest.raises(InputError, match="mass at the start"):
        thermogravimetry.analyse(_run(np.full(400, mass), 400), Settings())


def test_few_records() -> None:
    """A coarse record's first mass is 100 wt%, not a mean that the loss has reached; too coarse a one is refused."""
    coarse = thermogravimetry.analyse(_run(np.linspace(10.0, 9.0, 30), 30), Settings())
    assert coarse["residue"].value == pytest.approx(90.0, abs=0.1)
    with pytest.raises(InputError, match="6 records"):
        thermogravimetry.analyse(_run(np.linspace(10.0, 9.0, 6), 6), Settings())


def test_curves_begin_at_the_whole_and_steps_go_from_onset_over_peak_to_endset() -> None:
    result = thermogravimetry.analyse(simulate(POLYMER, np.random.default_rng(3)), Settings())
    assert np.median(result.mass_percent[:20]) == pytest.approx(100.0, abs=0.5)
    for row in result.rows:
        assert row["onset"] < row["peak"] < row["endset"]
    switch = result.gas_changes[-1]
    assert switch.gas == "Oxygen"
    assert 80.0 < switch.minute < result.time_minute[-1] < 140.0
