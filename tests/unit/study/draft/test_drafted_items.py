"""The items of a drafted study: numbered apart, few series in a panel, kinds apart, what files tell of cells."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.study.draft.drafted_study import Draft, FileGroup
from halfcell.study.draft.stated_facts import CellFacts, cell_facts, of_one_size
from halfcell.study.draft.study_texts import study_texts


def _draft(count: int, facts: dict[str, CellFacts] | None = None) -> dict[str, str]:
    names = tuple(f"C{n}" for n in range(1, count + 1))
    paths = tuple(f"raw/{name}.mpr" for name in names)
    group = FileGroup(technique="cycling", subject="cell", pattern="raw/{cell}.mpr", names=names, paths=paths)
    return study_texts("batch", Draft(groups=(group,), left=(), facts=facts or {}))


def test_figures_and_tables_are_numbered_apart() -> None:
    study = tomllib.loads(_draft(3)["study.toml"])
    assert [item["id"] for item in study["figure"]] == ["S1"]
    assert [item["id"] for item in study["table"]] == ["S1"]
    assert study["figure"][0]["caption"] == "Galvanostatic voltage profiles in the first cycle of C1, C2 and C3."
    assert study["figure"][0]["cells"] == ["C1", "C2", "C3"]


def test_at_most_five_series_in_a_panel() -> None:
    (figure,) = tomllib.loads(_draft(12)["study.toml"])["figure"]
    assert [len(panel["cells"]) for panel in figure["panels"]] == [4, 4, 4]
    assert "cells" not in figure


def test_kinds_stand_apart_and_the_table_of_cells_says_what_was_seen() -> None:
    half = CellFacts("half", ("most records between 0.01 and 1.99 V: kind half?",))
    full = CellFacts("full", ("most records between 2.80 and 4.20 V: kind full, or cathode half?",))
    texts = _draft(4, {"C1": half, "C2": full, "C3": half, "C4": full})
    study = tomllib.loads(texts["study.toml"])
    assert [item["cells"] for item in study["figure"]] == [["C1", "C3"], ["C2", "C4"]]
    assert "# C2: most records between 2.80 and 4.20 V: kind full, or cathode half?\n" in texts["cells.csv"]
    assert "C1,,," in texts["cells.csv"]  # nothing is filled in


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [(0.01, 2.0, "half"), (0.05, 1.5, "half"), (2.5, 4.2, "full"), (0.0, 4.2, ""), (1.0, 2.5, "")],
)
def test_the_kind_that_voltages_point_to(low: float, high: float, kind: str) -> None:
    voltage = np.r_[2.9, np.tile(np.linspace(low, high, 200), 3)]
    columns = {"voltage_volt": voltage, "current_ampere": np.ones(len(voltage))}
    facts = cell_facts([Measurement(technique="cycling", columns=columns, meta={"active_mass_mg": 1.25})])
    assert facts.kind == kind
    assert facts.texts[1] == "the file states a mass of 1.25 mg"


def test_a_mass_in_words_and_none() -> None:
    columns = {"voltage_volt": np.linspace(0.01, 2.0, 50)}
    told = [
        cell_facts([Measurement(technique="cycling", columns=columns, meta={"mass": mass})]).texts[1:]
        for mass in ("1.234 mg", "0.000 mg", "unknown")
    ]
    assert told == [("the file states a mass of 1.234 mg",), (), ()]
    assert cell_facts([Measurement(technique="impedance", columns={}, meta={})]) == CellFacts()


def test_subjects_with_a_panel_each_share_no_declared_panel() -> None:
    names = tuple(f"Z{n}" for n in range(1, 9))
    paths = tuple(f"raw/{name}.z" for name in names)
    group = FileGroup(technique="impedance", subject="cell", pattern="raw/{cell}.z", names=names, paths=paths)
    study = tomllib.loads(study_texts("batch", Draft(groups=(group,), left=()))["study.toml"])
    assert [item["cells"] for item in study["figure"]] == [["Z1", "Z2", "Z3", "Z4"], ["Z5", "Z6", "Z7", "Z8"]]
    assert all("panels" not in item for item in study["figure"])
    assert study["figure"][1]["caption"] == "Nyquist plots of Z5, Z6, Z7 and Z8 with the fitted circuits."
    assert [len(item["cells"]) for item in study["table"]] == [8]


def test_cells_of_other_sizes_stand_apart_and_those_never_cycled_in_no_figure() -> None:
    coin, pouch, rest = (CellFacts("full", ("?",), capacity_mah=capacity) for capacity in (2.0, 900.0, 1e-4))
    texts = _draft(4, {"C1": coin, "C2": pouch, "C3": rest, "C4": CellFacts("full", capacity_mah=9.0)})
    study = tomllib.loads(texts["study.toml"])
    assert [item["cells"] for item in study["figure"]] == [["C1", "C4"], ["C2"]]
    assert "C3,,," in texts["cells.csv"]


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ({"a": 2.0, "b": 3.0}, [{"a", "b"}]),
        ({"a": 2.0, "b": None}, [{"a", "b"}]),
        ({"a": None}, [{"a"}]),
        ({"a": 1e-5}, []),
        ({"a": 50.0, "b": 5.0, "c": 1.0}, [{"c", "b"}, {"a"}]),
    ],
)
def test_capacities_of_one_panel(sizes: dict[str, float | None], groups: list[set[str]]) -> None:
    assert of_one_size(sizes) == groups


def _cycled(low: float, high: float, ampere: float) -> CellFacts:
    """The facts of a cell that is charged and discharged in an hour each."""
    time = np.linspace(0.0, 7200.0, 400)
    voltage = np.where(time < 3600.0, low + (high - low) * time / 3600.0, high - (high - low) * (time / 3600.0 - 1.0))
    current = np.where(time < 3600.0, ampere, -ampere)
    columns = {"voltage_volt": voltage, "current_ampere": current, "test_time_second": time}
    return cell_facts([Measurement(technique="cycling", columns=columns, meta={})])


@pytest.mark.parametrize(
    ("low", "high", "ampere", "kind"),
    [
        (0.0, 0.0, 1e-3, ""),
        (0.13, 0.13, 0.0, ""),
        (0.01, 1.5, 1e-3, "half"),
        (-0.1, 0.1, 1e-3, "symmetric"),
        (-0.1, -0.09, 1e-3, ""),
        (2.8, 4.2, 1e-3, "full"),
        (3.5, 3.51, 1e-9, ""),
    ],
)
def test_the_kind_of_a_record(low: float, high: float, ampere: float, kind: str) -> None:
    facts = _cycled(low, high, ampere)
    assert facts.kind == kind
    assert facts.capacity_mah == pytest.approx(1000.0 * ampere, rel=0.02)
    assert ("hardly any charge flows" in facts.texts[-1]) is (ampere < 1e-6)


def test_pulses_within_a_half_cycle_are_no_half_cycles() -> None:
    """A discharge of ten hours with a second of charging every hour, then a charge: two half cycles."""
    time = np.arange(0.0, 72000.0, 1.0)
    current = np.where(time < 36000.0, -1e-3, 1e-3)
    current[3600:36000:3600] = 1e-3
    columns = {"voltage_volt": np.full(len(time), 3.7), "current_ampere": current, "test_time_second": time}
    assert cell_facts([Measurement(technique="cycling", columns=columns, meta={})]).half_cycles == 2
    assert _cycled(2.8, 4.2, 1e-3).half_cycles == 2
