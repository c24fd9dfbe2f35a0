"""Notes of sorption: each reason once, and the file's temperature counts whatever cross-section is set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from halfcell.techniques.sorption import Parameters, Settings, SorptionResult, analyse, simulate

POWDER = simulate(Parameters(), np.random.default_rng(0))


def codes(result: SorptionResult) -> list[str]:
    return [note.code for note in result.notes]


@pytest.mark.parametrize("section", [None, 0.162])
@pytest.mark.parametrize(("kelvin", "odd"), [(77.35, False), (79.0, False), (87.3, True), (273.0, True)])
def test_the_temperature_of_the_file_is_a_doubt(section: float | None, kelvin: float, odd: bool) -> None:
    powder = replace(POWDER, meta={**POWDER.meta, "temperature_kelvin": kelvin})
    assert ("odd_temperature" in codes(analyse(powder, Settings(cross_section_nm2=section)))) is odd


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (Settings(bet_window=(0.051, 0.0515)), "no_bet_window"),
        (Settings(bet_method="instrument"), "no_instrument_window"),
        (Settings(least_r2=1.1), "no_bet_window"),
    ],
    ids=["too few points", "no window in the file", "no valid window"],
)
def test_an_area_that_cannot_be_has_one_reason(settings: Settings, code: str) -> None:
    result = analyse(POWDER, settings)
    assert "bet_area" not in result.quantities
    refused = [note.code for note in result.notes if note.level == "refused"]
    assert refused == [code]
