"""The items of a drafted study: numbered apart, few series in a panel, kinds apart, what files tell of cells."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest

from halfcell.core.measurement import Measurement
from halfcell.study.draft.drafted_study import Draft, FileGroup
from halfcell.study.draft.stated_facts import CellFacts, cell_facts
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
    assert [len(panel["cells"]) for panel in figure["panels"]] == [5, 5, 2]
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
