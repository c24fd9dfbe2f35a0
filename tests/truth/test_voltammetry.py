"""Voltammetry: peaks, scan rate and charge that are put in come out; couples are assigned."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from halfcell.core.errors import Refused
from halfcell.techniques import voltammetry
from halfcell.techniques.voltammetry import Parameters, Settings, VoltammetryResult
from halfcell.techniques.voltammetry.methods import methods

TIN = Parameters(materials=(("Sn", 850.0),), cycles=2, broadening=0.6, shift_volt=0.04, noise_part=5e-3)
ANODIC = (0.44, 0.60, 0.71, 0.79)


def _analysed(parameters: Parameters, seed: int, **given: object) -> VoltammetryResult:
    test = voltammetry.simulate(parameters, np.random.default_rng(seed))
    return voltammetry.analyse(test, Settings(hosts=("Sn",), **given))  # type: ignore[arg-type]


def _peaks(result: VoltammetryResult, cycle: int, branch: str) -> list[tuple[float, float]]:
    rows = [row for row in result.rows if row["cycle"] == cycle and row["branch"] == branch]
    return [(float(row["peak_potential"]), float(row["peak_potential_std"])) for row in rows]  # type: ignore[arg-type]


def test_peaks_are_where_they_were_put_within_their_uncertainty() -> None:
    pulls = []
    for seed in range(60):
        found = _peaks(_analysed(TIN, seed), 2, "anodic")
        assert len(found) == 4
        pulls += [(place - true - 0.04) / std for (place, std), true in zip(found, ANODIC, strict=True)]
    spread = float(np.sqrt(np.mean(np.square(pulls))))
    assert 0.7 < spread < 1.3, spread
    assert np.max(np.abs(pulls)) < 4.5


@hypothesis_settings(max_examples=15, deadline=None)
@given(rate=st.floats(0.05, 100.0), mass=st.floats(0.1, 20.0))
def test_rate_and_mass_scale(rate: float, mass: float) -> None:
    cell = dataclasses.replace(TIN, scan_rate_mv_s=rate, active_mass_mg=mass)
    result = _analysed(cell, 0, active_mass_mg=mass)
    assert result["scan_rate"].value == pytest.approx(rate, rel=1e-6)
    assert result["anodic_charge"].value == pytest.approx(850.0 + 20.0 * 1.99, rel=5e-3)
    assert [place for place, _ in _peaks(result, 2, "anodic")] == pytest.approx([v + 0.04 for v in ANODIC], abs=2e-3)


def test_couples_of_tin() -> None:
    rows = [row for row in _analysed(TIN, 1).rows if row["cycle"] == 2]
    assert [row["couple"] for row in rows if row["branch"] == "anodic"] == [
        "Sn: Li17Sn4 .. Li7Sn2 -> LiSn",
        "Sn: Li7Sn3 -> LiSn",
        "Sn: LiSn -> Li2Sn5",
        "Sn: Li2Sn5 -> Sn",
    ]
    down = {round(float(row["peak_potential"] or 0), 2): row["couple"] for row in rows if row["branch"] == "cathodic"}
    assert down[0.62] == "Sn: Sn -> Li2Sn5"
    assert down[0.51] == "Sn: Li2Sn5 -> LiSn"
    assert down[0.18] == ""  # a solid solution below all steps of the table


def test_crystalline_silicon_and_the_sei_belong_to_the_first_sweep() -> None:
    silicon = Parameters(materials=(("Si", 3000.0),), shift_volt=0.03, broadening=1.0, cycles=2)
    test = voltammetry.simulate(silicon, np.random.default_rng(0))
    result = voltammetry.analyse(test, Settings(composition_wt_percent={"Si": 100.0}))
    couples = {(row["cycle"], row["couple"]) for row in result.rows if row["branch"] == "cathodic"}
    assert (1, "Si: c-Si -> a-LixSi") in couples
    assert {couple for cycle, couple in couples if cycle == 2} == {"Si: a-Si -> a-LixSi", "Si: a-LixSi -> a-Li3.5Si"}


def test_without_hosts_no_couple_and_that_is_said() -> None:
    test = voltammetry.simulate(TIN, np.random.default_rng(0))
    result = voltammetry.analyse(test, Settings())
    assert {row["couple"] for row in result.rows} == {""}
    assert "couples_not_assigned" in {note.code for note in result.notes if note.level == "refused"}


def test_a_reference_of_lithium_indium_is_shifted() -> None:
    test = voltammetry.simulate(TIN, np.random.default_rng(0))
    moved = dataclasses.replace(test, columns=dict(test.columns) | {"voltage_volt": test["voltage_volt"] - 0.62})
    one = voltammetry.analyse(test, Settings(hosts=("Sn",)))
    other = voltammetry.analyse(moved, Settings(hosts=("Sn",), reference_offset_volt=0.62))
    assert [p for p, _ in _peaks(other, 2, "anodic")] == pytest.approx(
        [p for p, _ in _peaks(one, 2, "anodic")], abs=1e-9
    )


def test_a_time_that_falls_is_refused_with_the_reason() -> None:
    """A record from its end to its beginning: sweeps up would be sweeps down, the charge none."""
    test = voltammetry.simulate(TIN, np.random.default_rng(0))
    turned = dataclasses.replace(test, columns={name: values[::-1] for name, values in test.columns.items()})
    with pytest.raises(Refused, match="no scan rate, no charge"):
        voltammetry.analyse(turned, Settings(hosts=("Sn",)))
    still = dataclasses.replace(test, columns={**test.columns, "test_time_second": np.zeros(len(test))})
    with pytest.raises(Refused, match="rises at 0"):
        voltammetry.analyse(still, Settings(hosts=("Sn",)))


@pytest.mark.parametrize(("step_mv", "said"), [(2.0, set()), (14.0, {"not_smoothed"}), (70.0, {"not_smoothed"})])
def test_the_smoothing_that_was_used_is_told(step_mv: float, said: set[str]) -> None:
    result = _analysed(dataclasses.replace(TIN, step_mv=step_mv, noise_part=0.0), 0)
    assert {note.code for note in result.notes} & {"not_smoothed"} == said
    assert (result["smoothing_width"].value == 0.0) == bool(said)
    text = methods([result.stamped(settings={"prominence_percent": 2.0})])
    assert ("smoothed over 22.5 mV" in text) != bool(said)
    assert ("in the recorded current" in text) == bool(said)


def test_a_peak_of_one_record_has_no_height() -> None:
    fine = _analysed(dataclasses.replace(TIN, noise_part=0.0), 0)
    high = max(float(row["peak_current"] or 0.0) for row in fine.rows)
    for step in (4.0, 10.0, 20.0, 30.0, 45.0, 70.0):
        coarse = _analysed(dataclasses.replace(TIN, step_mv=step, noise_part=0.0), 0)
        codes = {note.code for note in coarse.notes}
        known = [row for row in coarse.rows if row["peak_current"] is not None]
        assert len(known) == len(coarse.rows) or "peak_current_unknown" in codes
        best = max(known, key=lambda row: float(row["peak_current"] or 0.0), default=None)
        if best is not None and "peak_current_unknown" not in codes:
            assert (
                abs(float(best["peak_current"] or 0.0) - high)
                < 3.0 * float(best["peak_current_std"] or 0.0) + 0.01 * high
            )
