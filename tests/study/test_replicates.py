"""Replicates in a study: grouped by sample and kind or by a column, single on request; `why` and numbers.csv "
"name cells."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from study_runs import study_of

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "show-replicates.md"


def _labels(small, item: str) -> list[str]:
    return [row[0].text for row in study_of(small).table(item).rows]


def test_cells_of_one_sample_and_kind_are_replicates(small) -> None:
    small.edit("study.toml", 'samples = ["Si", "Si/Sn-10"]\nreplicates = "single"', 'samples = ["Si", "Si/Sn-10"]')
    assert study_of(small).run(workers=1).exit_status == 0
    assert _labels(small, "S1") == ["Si (n = 2)", "Si/Sn-10 (n = 2)"]
    why = study_of(small).why("S1:Si:mean_weight")
    assert "value       3.0 ± 1.4142135623730951 (spread over 2 cells)" in str(why)
    assert "  member      Si (A1) = 2.00(10)" in str(why)
    assert [member["label"] for member in why.as_json()["members"]] == ["Si (A1)", "Si (A3)"]
    with (small.root / "out" / "numbers.csv").open(encoding="utf-8-sig") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert rows["S1:Si:mean_weight"]["members"] == "Si (A1)=2.00(10);Si (A3)=4.00(10)"
    assert rows["S1:Si:mean_weight"]["kind"] == "spread over cells"


def test_the_example_of_the_page(small) -> None:
    table, study = re.findall(r"```(?:csv|toml)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    study = study.replace('technique = "cycling"\nshow = "first cycle"', 'technique = "weighing"')  # the small study's
    (small.root / "cells.csv").write_text(table, encoding="utf-8")
    text = (small.root / "study.toml").read_text(encoding="utf-8")
    (small.root / "study.toml").write_text(text[: text.index("[[figure]]")] + study, encoding="utf-8")
    assert study_of(small).check() == ()
    assert _labels(small, "S1") == ["first batch (n = 2)", "second batch (n = 2)"]
    assert _labels(small, "S2") == ["Si (A1)", "Si (A2)", "Si (A3)", "Si (A4)"]


def test_a_group_of_different_kinds_is_a_mistake(small) -> None:
    rows = "cell,sample,kind,active_mass_mg,group\nA1,Si,half,1,x\nA2,Si,full,1,x\nA3,Si,half,1,\nA4,Si/Sn-10,half,1,\n"
    (small.root / "cells.csv").write_text(rows, encoding="utf-8")
    problems = [str(problem) for problem in study_of(small).check()]
    assert any("the group 'x' has cells of different kinds: half, full" in problem for problem in problems)
