"""A doubt stands at the numbers that it is about, and at no others."""

from __future__ import annotations

import pytest

from halfcell.core.plugins import plugins
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result
from halfcell.core.table import entry
from halfcell.core.vocabulary import note_concerns, vocabulary

ENERGY = Note("doubt", "energy_counters_differ", "the counters of energy differ")
CHARGE = Note("doubt", "counters_differ", "the counters differ")


def test_a_doubt_about_energy_is_not_at_a_capacity() -> None:
    values = {"initial_charge_capacity": Quantity(300.0, "mAh/g"), "energy": Quantity(3.0, "mWh")}
    result = Result(technique="cycling", id="1", quantities=values, notes=(ENERGY, CHARGE))
    assert entry(result, "initial_charge_capacity").doubt == CHARGE.text
    assert entry(result, "energy").doubt == f"{ENERGY.text}; {CHARGE.text}"


def test_a_missing_number_has_a_reason() -> None:
    other = Note("refused", "retention_above_100", "no retention")
    result = Result(technique="cycling", id="1", notes=(Note("refused", "kind_missing", "no kind"), other))
    assert entry(result, "initial_coulombic_efficiency").doubt == "no kind"
    assert entry(result.stamped(notes=(other,)), "initial_coulombic_efficiency").doubt == "no retention"


@pytest.mark.parametrize("name", plugins("techniques"))
def test_what_notes_concern_exists(name: str) -> None:
    concerns = vocabulary()["concerns"].get(name, {})
    assert set(concerns) <= set(vocabulary()["note"][name])
    for code, patterns in concerns.items():
        assert any(note_concerns(name, code, quantity) for quantity in vocabulary()["quantity"][name]), (code, patterns)
