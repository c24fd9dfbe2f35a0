"""The uncertainty of a weighed mass stands in the tables of its capacities."""

from __future__ import annotations

import numpy as np

from halfcell.techniques.cycling import CyclingResult, Parameters, Settings, analyse, simulate
from halfcell.techniques.cycling.tables import cycles, first_cycle


def _analysed(std_mg: float | None) -> CyclingResult:
    test = simulate(Parameters(), np.random.default_rng(0))
    settings = Settings(kind="half", active_mass_mg=1.0, active_mass_std_mg=std_mg)  # type: ignore[arg-type]
    given = {"active_mass_mg": 1.0, "active_mass_std_mg": std_mg}
    return analyse(test, settings).stamped(label="Si", id="1", settings=given)


def test_capacities_of_the_first_cycle_have_it() -> None:
    table = first_cycle([_analysed(0.02)])
    capacity = table.rows[0][1]
    assert capacity is not None
    assert capacity.text.endswith(")")
    assert "The active mass is 1.00(2) mg, an uncertainty of 2 % of all its capacities per gram." in table.notes


def test_the_table_of_cycles_tells_it() -> None:
    assert any("an uncertainty of 2 %" in note for note in cycles([_analysed(0.02)]).notes)
    assert any(note.startswith("Si: the active mass") for note in cycles([_analysed(0.02), _analysed(None)]).notes)


def test_nothing_is_said_without() -> None:
    table = first_cycle([_analysed(None)])
    assert not any("active mass is" in note for note in table.notes)
    capacity = table.rows[0][1]
    assert capacity is not None
    assert "(" not in capacity.text
