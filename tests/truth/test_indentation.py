"""Indentation: simulated tests give back their energies within the stated uncertainty, and it is calibrated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.core.measurement import Measurement
from halfcell.techniques import indentation
from halfcell.techniques.indentation import Parameters, Settings, true_energies

RESTED = Parameters(load_zero_un=300.0, drift_nm_per_s=0.3)
UNRESTED = Parameters(rest_s=0.0)  # the drift is drawn anew for each test: nobody measures it
CASES = {
    "rested": (RESTED, 0.0),
    "unknown drift": (UNRESTED, 0.05),
    "truncated": (replace(UNRESTED, stop_at=0.15), 0.05),
    "noisy": (replace(RESTED, load_noise_un=30.0, depth_noise_nm=3.0), 0.0),
    "soft frame": (replace(RESTED, frame_nm_per_mn=0.01), 0.0),
    "pop-in": (replace(RESTED, popin_nm=30.0), 0.0),
    "crush": (Parameters(elastic_energy_nj=0.0, total_energy_nj=3.0, peak_load_mn=15.0), 0.05),
}


def _pulls(parameters: Parameters, drift: float, count: int) -> dict[str, list[float]]:
    pulls: dict[str, list[float]] = {}
    for seed in range(count):
        rng = np.random.default_rng(seed)
        one = replace(parameters, drift_nm_per_s=rng.normal(0.0, drift)) if drift else parameters
        found = indentation.analyse(indentation.simulate(one, rng), Settings()).quantities
        for name, value in true_energies(one).items():
            pulls.setdefault(name, []).append((found[name].value - value) / found[name].std)
    return pulls


@pytest.mark.parametrize("case", CASES)
def test_energies_come_back_and_their_uncertainty_is_calibrated(case: str) -> None:
    parameters, drift = CASES[case]
    for name, values in _pulls(parameters, drift, 60).items():
        assert abs(np.mean(values)) < 0.6, name
        assert 0.5 < np.std(values) < 1.35, name
        assert np.max(np.abs(values)) < 4.5, name


def test_exact_data_give_exact_energies() -> None:
    exact = Parameters(load_noise_un=0.0, depth_noise_nm=0.0, approach_s=0.0, rate_hz=200.0)
    found = indentation.analyse(indentation.simulate(exact, np.random.default_rng(0)), Settings()).quantities
    for name, value in true_energies(exact).items():
        assert found[name].value == pytest.approx(value, rel=2e-4)


def test_crush_has_no_plastic_energy() -> None:
    result = indentation.analyse(indentation.simulate(CASES["crush"][0], np.random.default_rng(1)), Settings())
    assert result.mode == "crush"
    assert {"plastic_energy", "elastic_energy", "hardness"}.isdisjoint(result.quantities)
    assert "crush" in {note.code for note in result.notes if note.level == "refused"}
    table = indentation.TECHNIQUE.tables["deformation energies"]([result])
    assert table.rows[0][1].columns == 2
    assert table.rows[0][2] is None
    assert "not a plastic energy" in table.notes[0]


@settings(max_examples=25, deadline=None)
@given(load=st.floats(0.05, 20.0), depth=st.floats(0.1, 10.0), shift=st.floats(-1e3, 1e3), later=st.floats(0.0, 1e4))
def test_scaling_load_and_depth_scales_the_energies(load: float, depth: float, shift: float, later: float) -> None:
    measured = indentation.simulate(RESTED, np.random.default_rng(3))
    columns = {
        "test_time_second": measured["test_time_second"] + later,
        "load_newton": measured["load_newton"] * load,
        "depth_metre": measured["depth_metre"] * depth + shift * 1e-9,
    }
    scaled = indentation.analyse(Measurement(technique="indentation", columns=columns), Settings())
    plain = indentation.analyse(measured, Settings())
    for name in ("plastic_energy", "elastic_energy", "total_energy"):
        assert scaled[name].value == pytest.approx(plain[name].value * load * depth, rel=1e-6)
    assert scaled["elastic_ratio"].value == pytest.approx(plain["elastic_ratio"].value, rel=1e-6)


def test_a_batch_gives_mean_and_standard_deviation() -> None:
    rng = np.random.default_rng(5)
    tests = [indentation.simulate(replace(RESTED, total_energy_nj=total), rng) for total in (15.0, 16.0, 17.0)]
    batch = indentation.analyse(indentation.join(tests), Settings())
    assert batch["total_energy"].value == pytest.approx(16.0, rel=1e-3)
    assert batch["total_energy"].std == pytest.approx(1.0, rel=0.02)
    assert batch["total_energy"].kind == "spread over samples"
    assert batch["test_count"].value == 3
    assert [row["test"] for row in batch.rows] == [1, 2, 3]
    assert batch.simulated


@pytest.mark.parametrize("crushed", [1, 2])
def test_a_crushed_particle_is_left_out_of_the_mean_of_indents(crushed: int) -> None:
    rng = np.random.default_rng(5)
    indents = [indentation.simulate(replace(RESTED, total_energy_nj=total), rng) for total in (15.0, 16.0, 17.0)]
    broken = Parameters(elastic_energy_nj=0.0, total_energy_nj=3.0, peak_load_mn=15.0)
    others = [indentation.simulate(broken, rng) for _ in range(crushed)]
    batch = indentation.analyse(indentation.join([*others, *indents]), Settings())
    assert batch.mode == "indent"
    assert batch["total_energy"].value == pytest.approx(16.0, rel=1e-3)
    assert batch["total_energy"].std == pytest.approx(1.0, rel=0.02)
    assert len(batch.rows) == 3 + crushed
    assert {"mixed_modes", "test_out_of_family"} & {note.code for note in batch.notes if note.level == "doubt"}


def test_a_test_whose_load_never_rises_is_left_out_with_a_word() -> None:
    rng = np.random.default_rng(5)
    good = [indentation.simulate(replace(RESTED, total_energy_nj=total), rng) for total in (15.0, 17.0)]
    dead = replace(good[0], columns={**good[0].columns, "load_newton": np.zeros(len(good[0]))})
    batch = indentation.analyse(indentation.join([good[0], dead, good[1]]), Settings())
    assert batch["total_energy"].value == pytest.approx(16.0, rel=1e-3)
    (note,) = [note for note in batch.notes if note.code == "test_left_out"]
    assert note.level == "doubt"
    assert "Test 2 was left out" in note.text
