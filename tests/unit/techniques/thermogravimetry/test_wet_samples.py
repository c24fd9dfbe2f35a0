"""A sample that loses water at once is not called dry; one that was dried, or begins dry, is not doubted."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.techniques.thermogravimetry import Settings, ThermogravimetryResult, analyse
from halfcell.techniques.thermogravimetry.tables import TABLES


def _analysed(water: float, start: float = 25.0, **given: object) -> ThermogravimetryResult:
    """Water (wt%) that leaves at 60 degC, and 40 wt% of a polymer at 400 degC, heated from a temperature on."""
    temperature = np.linspace(start, 700.0, 3000)
    mass = 10.0 - 0.1 * water / (1.0 + np.exp(-(temperature - 60.0) / 8.0))
    mass -= 4.0 / (1.0 + np.exp(-(temperature - 400.0) / 15.0))
    columns = {"test_time_second": 6.0 * (temperature - start), "temperature_degc": temperature, "mass_milligram": mass}
    run = Measurement(technique="thermogravimetry", columns=columns)
    return analyse(run, Settings(**given))  # type: ignore[arg-type]


@pytest.mark.parametrize(("water", "start", "doubted"), [(17.6, 25.0, True), (2.0, 25.0, True), (0.0, 25.0, False)])
def test_water_is_doubted(water: float, start: float, doubted: bool) -> None:
    result = _analysed(water, start)
    assert ("not_dry" in {note.code for note in result.notes}) == doubted
    assert "dry mass" not in " ".join(note.text for note in result.notes if note.code == "basis")


def test_a_heating_that_begins_hot_or_from_the_initial_mass_is_not_doubted() -> None:
    assert "not_dry" not in {note.code for note in _analysed(0.0, start=110.0).notes}
    assert "not_dry" not in {note.code for note in _analysed(5.0, basis="initial").notes}


def test_the_lines_below_a_table_name_their_sample() -> None:
    both = [_analysed(17.6).stamped(label="wet"), _analysed(0.0).stamped(label="dry")]
    notes = TABLES["steps"](both).notes
    assert notes[0].startswith("wet: 100 wt% is the mass at the start of the heating")
    assert notes[1].startswith("wet: The sample loses 17 wt% between 25 and 120 degC")
    assert notes[2].startswith("dry: 100 wt%")
    assert TABLES["steps"](both[1:]).notes[0].startswith("100 wt%")
