"""Rates are those of both half cycles; fade and end of life use all cycles at the reference's pair of currents."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
from tests.unit.techniques.cycling.schedules import Step, full_cell, half_cell, recorded

from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.techniques.cycling import CyclingResult, Settings
from halfcell.techniques.cycling.cycles import Cycle, same_pair
from halfcell.techniques.cycling.fade import fade
from halfcell.techniques.cycling.figures import FIGURES
from halfcell.techniques.cycling.half_cycles import find_halves
from halfcell.techniques.cycling.tables import TABLES

HALF = Settings(kind=CellKind.HALF, one_c_ma=1.0)
FULL = Settings(kind=CellKind.FULL, one_c_ma=1.0)


def _codes(result: CyclingResult) -> dict[str, str]:
    return {note.code: note.level for note in result.notes}


def _asymmetric() -> CyclingResult:
    """Lithiation at 0.2, 1, 3 and 0.2 C, delithiation always at 0.2 C; the capacity falls to 40 % at 3 C."""
    held = [(1.0, 0.2), (0.7, 1.0), (0.4, 3.0), (0.98, 0.2)]
    steps = [step for q, rate in held for _ in range(5) for step in half_cell(q * 1.005, q, rate, 0.2)]
    return cycling.analyse(recorded(steps), HALF)


def test_charge_and_discharge_rates_label_a_stretch_together() -> None:
    result = _asymmetric()
    assert [round(float(b["discharge_c_rate"] or 0), 2) for b in result.blocks] == [0.2, 1.0, 3.0, 0.2]
    assert [round(float(b["charge_c_rate"] or 0), 2) for b in result.blocks] == [0.2] * 4
    recovery = [block["charge_recovery"] for block in result.blocks]
    assert recovery[:3] == [None] * 3
    assert recovery[3] == pytest.approx(98.0, abs=0.1)
    words = [layer.text for layer in FIGURES["rate capability"]([result]).panels[0].layers if hasattr(layer, "text")]
    assert words == ["0.2 C / 0.2 C", "1 C / 0.2 C", "3 C / 0.2 C", "0.2 C / 0.2 C"]
    heads = [column.label for column in TABLES["rate capability"]([result]).columns]
    assert {"Discharge rate", "Charge rate"} <= set(heads)


def test_recovery_is_against_the_first_stretch_at_the_same_pair() -> None:
    """Formation at 0.1 C, then 0.5, 2, 0.5 C: the last is 95 % of the first at 0.5 C, not of formation."""
    held = [(1.1, 0.1, 2), (1.0, 0.5, 5), (0.6, 2.0, 5), (0.95, 0.5, 5)]
    steps = [step for q, rate, count in held for _ in range(count) for step in full_cell(q, q * 0.999, rate, rate)]
    result = cycling.analyse(recorded(steps), FULL)
    assert [block["role"] for block in result.blocks] == ["formation", "cycling", "cycling", "cycling"]
    assert result.blocks[3]["discharge_recovery"] == pytest.approx(95.0, abs=0.1)


def test_retention_across_other_partner_rates_is_not_made() -> None:
    """Discharge at C/2 throughout, but charge at C/2, later at 4C: 62 % is the effect of the charging rate."""
    steps = [step for _ in range(10) for step in full_cell(1.0, 0.999, 0.5, 0.5)]
    steps += [step for _ in range(10) for step in full_cell(0.62, 0.6194, 4.0, 0.5)]
    result = cycling.analyse(recorded(steps), FULL)
    assert result["reference_cycle"].value == 11
    assert result["capacity_retention"].value == pytest.approx(100.0, abs=0.1)
    assert all(row["retention"] is None for row in result.rows[:10])
    wanted = cycling.analyse(recorded(steps), dataclasses.replace(FULL, reference_cycle=5))
    assert wanted["capacity_retention"].value == pytest.approx(62.0, abs=0.1)
    assert _codes(wanted)["retention_other_partner"] == "doubt"


@pytest.mark.parametrize("formation", [1, 3, 8, 20])
def test_formation_may_be_of_any_length(formation: int) -> None:
    steps = [step for _ in range(formation) for step in full_cell(1.1, 1.09, 0.1, 0.1)]
    steps += [step for _ in range(40) for step in full_cell(1.0, 0.999, 0.5, 0.5)]
    result = cycling.analyse(recorded(steps), FULL)
    assert result["reference_cycle"].value == formation + 1
    assert result.blocks[0]["role"] == "formation"


def _checked(fade_percent: float, count: int, every: int, dip: int = 0) -> CyclingResult:
    """Cycles at 1 C with a slow check every so many cycles; `dip` is a cycle with a single low capacity."""
    steps = []
    for cycle in range(1, count + 1):
        slow = every and cycle % every == 0
        left = 1.0 - fade_percent / 100.0 * (cycle - 1)
        left *= 0.6 if cycle == dip else 1.0
        more, rate = (1.15, 0.1) if slow else (1.0, 1.0)
        steps += full_cell(left * more, left * more * 0.999, rate, rate)
    return cycling.analyse(recorded(steps, points=30), FULL)


def test_slow_checks_do_not_hide_the_end_of_life() -> None:
    """0.225 % per cycle at 1 C pass 80 % at cycle 90, however often a slow check interrupts the series."""
    result = _checked(0.225, 120, 25)
    assert result["fade_rate"].value == pytest.approx(0.225, abs=0.002)
    assert result["cycles_to_limit"].value == pytest.approx(90, abs=1)
    assert _checked(0.225, 125, 25)["fade_rate"].value == pytest.approx(0.225, abs=0.002)  # ends with a check


def test_a_single_dip_is_no_end_of_life() -> None:
    assert "cycles_to_limit" not in _checked(0.05, 100, 0, dip=40).quantities
    ends_low = _checked(0.05, 100, 0, dip=100)
    assert "cycles_to_limit" not in ends_low.quantities
    assert _codes(ends_low)["end_of_life_open"] == "doubt"


def test_a_knee_is_told() -> None:
    steps = []
    for cycle in range(1, 201):
        left = 1.0 - 0.0002 * cycle - 0.003 * max(cycle - 150, 0)
        steps += full_cell(left, left * 0.999, 1.0, 1.0)
    result = cycling.analyse(recorded(steps, points=20), FULL)
    (note,) = [note for note in result.notes if note.code == "fade_not_linear"]
    assert note.level == "doubt"
    assert "before cycle 15" in note.text or "before cycle 14" in note.text
    line = _checked(0.1, 100, 0)
    assert "fade_not_linear" not in _codes(line)


@pytest.mark.parametrize("count", [99, 100])
def test_a_fade_rate_has_an_error_from_a_hundred_cycles_on(count: int) -> None:
    """Sixty cycles with a correlation of 0.9 held 66 and 87 % for 68 and 95."""
    rng = np.random.default_rng(3)
    rows = [
        {"cycle": n, "retention": 100.0 - 0.05 * n + 0.3 * rng.normal(), "role": "pair"} for n in range(1, count + 1)
    ]
    found = fade(rows, None, 80.0)
    codes = {note.code for note in found.notes}
    assert (found.quantities["fade_rate"].std is not None) == (count == 100)
    assert ("fade_without_error" in codes) == (count == 99)


def test_a_charge_that_is_held_throughout_has_no_rate() -> None:
    """The constant-current part of charging shrinks to nothing as a cell ages; its current is no rate of the charge."""
    held = _held_cycles()
    assert all(same_pair(held[0], other) for other in held[1:])


def _held_cycles() -> list[Cycle]:
    found = find_halves(recorded([s for _ in range(2) for s in full_cell(1.0, 0.99)]), FULL).halves
    charge, discharge = found[0], found[1]
    return [
        Cycle(1, charge._replace(cv_ah=0.99 * charge.charge_ah, current_a=amps), discharge, True)
        for amps in (1e-3, 5e-4, 2e-4)
    ]


def test_a_cutoff_that_was_changed_is_told() -> None:
    """Ten cycles to 4.2 V, ten to 4.4 V: 119 % of the first capacity are no activation."""
    steps = []
    for top, q in ((4.2, 1.0), (4.4, 1.2)):
        steps += [step for _ in range(10) for step in (Step(1, q, 0.5, 3.0, top), Step(-1, 0.99 * q, 0.5, 4.1, 2.8))]
    result = cycling.analyse(recorded(steps), Settings(kind=CellKind.FULL))
    assert result["capacity_retention"].value == pytest.approx(120.0, abs=0.3)
    (note,) = [note for note in result.notes if note.code == "retention_other_window"]
    assert "4.400 V" in note.text
    late = cycling.analyse(recorded(steps), Settings(kind=CellKind.FULL, reference_cycle=11))
    assert "retention_other_window" not in {note.code for note in late.notes}
