"""Simulated cell: what a protocol gives in a study is what physics asks of it; a card that is no cell is refused."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError, Refused
from halfcell.core.measurement import Measurement
from halfcell.twin.techniques import simulated_cell

DIODES = ("diodes=3", "wired=parallel", "rated_volt=3.0", "rated_ma=2", "series_ohm=0", "ideality=2")


def _found(name: str = "composite-lpsc-ncm811", **settings: object) -> simulated_cell.SimulatedCellResult:
    scan = simulated_cell.simulate(simulated_cell.Parameters(name=name), np.random.default_rng(0))
    return simulated_cell.analyse(scan, simulated_cell.Settings(**settings)).stamped(id="abc", label="S")


def _values(found: simulated_cell.SimulatedCellResult, name: str) -> list[float]:
    return [float(row["value"] or 0.0) for row in found.rows if row["name"] == name]


def test_three_diodes_obey_their_equation_all_the_time() -> None:
    """Shockley: I / I_rated = exp((V - V_rated) / (n k T / e)) where both are far above the dark current; 60 degC."""
    found = _found(protocol="load", given=DIODES)
    volt, each = (np.array(_values(found, name)) for name in ("voltage", "each diode"))
    thermal = 2 * 8.617333262e-5 * 333.15
    assert each == pytest.approx(2.0 * np.exp((volt - 3.0) / thermal), rel=0.02)
    charge, minutes = _values(found, "charge"), _values(found, "at")
    assert charge[1] == pytest.approx(charge[2] / 2, rel=0.01)
    assert minutes == sorted(minutes)
    assert [row["place"] for row in found.rows if row["name"] == "charge"] == list(range(1, len(charge) + 1))
    assert found.simulated


def test_what_a_simulated_cell_rests_on_is_said() -> None:
    """The values that the card assumes, and the diodes of which no curve is given."""
    said = [note.text for note in _found(protocol="load", given=DIODES).notes if note.code == "rests_on"]
    assert any(text.startswith("assumed: ") and "cathode.capacity_mah_per_g" in text for text in said)
    assert any("the diodes are assumed: 3 V at 2 mA" in text for text in said)


def test_figure_and_table_say_that_they_are_simulated() -> None:
    found = _found(protocol="load", given=DIODES)
    figure = simulated_cell.FIGURES["protocol"]([found])
    assert figure.simulated
    assert len(figure.panels) == 2
    assert "Simulated" in figure.caption
    table = simulated_cell.TABLES["protocol"]([found])
    assert table.simulated
    assert [column.key for column in table.columns][:3] == ["at", "voltage", "current"]
    assert table.rows[0][1] is not None
    assert table.rows[0][1].origin == "abc:value"


def test_rates_are_those_of_the_twin_and_a_change_of_the_card_counts() -> None:
    slow = _values(_found(protocol="rates", given=("current_ma_per_g=18, 540",)), "capacity")
    other = _found(protocol="rates", given=("current_ma_per_g=18, 540",), changes=("cell.resistance_ohm=60",))
    worse = _values(other, "capacity")
    assert slow[0] > slow[1] > 0
    assert worse[1] < slow[1] - 2


def test_what_is_no_cell_or_no_setting() -> None:
    refused = _found(changes=("cell.lower_volt=4.5",))
    assert [(note.code, note.level) for note in refused.notes] == [("no_cell", "refused")]
    with pytest.raises(Refused, match="not below"):
        simulated_cell.FIGURES["protocol"]([refused])
    with pytest.raises(InputError, match="is no setting"):
        _found(given=("cycles",))
    with pytest.raises(InputError, match="is no number"):
        _found(changes=("cell.resistance_ohm=much",))
    with pytest.raises(InputError, match="no cell card"):
        simulated_cell.analyse(Measurement(technique="cycling", columns={}), simulated_cell.Settings())
