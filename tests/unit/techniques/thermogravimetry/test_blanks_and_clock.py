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
