"""Two blanks are a doubt; a clock that was set back divides no heating."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.techniques.thermogravimetry import Parameters, Settings, analyse, blank, blank_run, simulate

RUN = simulate(Parameters(drift_mg=0.08), np.random.default_rng(0))
BLANK = blank(blank_run(Parameters(drift_mg=0.08), np.random.default_rng(1)), Settings())


@pytest.mark.parametrize(
    ("by_instrument", "is_set", "code"),
    [(False, False, "no_blank"), (True, False, ""), (False, True, ""), (True, True, "two_blanks")],
)
def test_a_blank_is_taken_off_once(by_instrument: bool, is_set: bool, code: str) -> None:
    run = replace(RUN, meta={**RUN.meta, "blank_subtracted": by_instrument})
    notes = analyse(run, Settings(blank=BLANK if is_set else ())).notes
    assert [note.code for note in notes if "blank" in note.code] == ([code] if code else [])
    assert all(note.level == "doubt" for note in notes if "blank" in note.code)


def test_a_clock_that_was_set_back_does_not_move_the_heating() -> None:
    """Without the stages of the program the heatings are found from the temperature alone."""
    run = simulate(Parameters(burn_to_degc=0.0), np.random.default_rng(0))
    columns = {name: values for name, values in run.columns.items() if name != "stage_count"}
    plain = analyse(replace(run, columns=columns), Settings())
    time, late = columns["test_time_second"], np.arange(len(run)) > len(run) // 2
    back = {**columns, "test_time_second": np.where(late, time - 900.0, time)}
    result = analyse(replace(run, columns=back), Settings())
    for name in ("step1.peak", "step2.peak", "residue"):
        assert result[name].value == pytest.approx(plain[name].value, abs=0.2)


def test_a_blank_is_taken_off_the_basis_too() -> None:
    """A balance that drifts before the heating: basis and heating lose the same blank."""
    drifted = replace(RUN, columns={**RUN.columns, "mass_milligram": RUN["mass_milligram"] + 0.4})
    start = RUN["temperature_degc"].min()
    shifted = tuple((at, change + 0.4) for at, change in BLANK if at > start)
    plain, moved = analyse(RUN, Settings(blank=BLANK)), analyse(drifted, Settings(blank=shifted))
    for name in ("basis_mass", "residue", "step1.loss"):
        assert moved[name].value == pytest.approx(plain[name].value, rel=1e-6)


def test_a_blank_that_ends_early_is_doubted() -> None:
    short = tuple((at, change) for at, change in BLANK if at < 500.0)
    assert "blank_too_short" in {note.code for note in analyse(RUN, Settings(blank=short)).notes}


def test_a_loss_above_the_whole_sample_is_refused() -> None:
    lost = replace(RUN, columns={**RUN.columns, "mass_milligram": RUN["mass_milligram"] - 4.0})
    one = analyse(
        simulate(
            Parameters(losses=(95.0,), peaks_degc=(400.0,), energies_kj_per_mol=(200.0,)), np.random.default_rng(0)
        ),
        Settings(),
    )
    assert 0.0 <= one["step1.loss"].value <= 100.0
    result = analyse(lost, Settings())
    assert "residue" not in result.quantities
    assert "step1.loss" not in result.quantities
    assert {"unphysical_residue", "unphysical_loss"} <= {note.code for note in result.notes}


@pytest.mark.parametrize("moisture", [1.0, 6.0])
def test_what_leaves_on_drying_is_in_the_mass_as_loaded_only(moisture: float) -> None:
    run = simulate(Parameters(moisture=moisture, mass_mg=8.0), np.random.default_rng(2))
    dry, loaded = (analyse(run, Settings(basis=basis))["basis_mass"].value for basis in ("dry", "initial"))
    assert dry == pytest.approx(8.0, abs=0.02)
    assert loaded == pytest.approx(8.0 * (1.0 + moisture / 100.0), abs=0.02)


def test_a_balance_that_took_its_blank_off_has_no_doubt_about_drift() -> None:
    taken = replace(RUN, meta={**RUN.meta, "blank_subtracted": True})
    without, own = analyse(RUN, Settings(drift_doubt_mg=0.5)), analyse(taken, Settings(drift_doubt_mg=0.5))
    assert (without["residue"].std or 0.0) > 3.0 * (own["residue"].std or np.inf)
    assert own["residue"].value == pytest.approx(without["residue"].value)


def test_the_curve_is_over_minutes() -> None:
    result = analyse(RUN, Settings())
    assert result.time_minute[-1] == pytest.approx(RUN["test_time_second"][-1] / 60.0)
    assert [change.minute for change in result.gas_changes] == sorted(change.minute for change in result.gas_changes)
