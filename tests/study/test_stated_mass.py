"""`check` holds the masses of the table against those that raw files state, and against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

import halfcell

STUDY = """title = "Masses"

[raw]
cycling = "raw/{cell}.csv"

[[figure]]
id = "S1"
technique = "cycling"
show = "cycling performance"
caption = "Cycling."
"""


def _study(root: Path, cases: Path, mass: str) -> tuple[str, ...]:
    (root / "raw").mkdir()
    content = (cases / "03-neware-spec-cap/only_specific.csv").read_bytes()
    for cell in ("A1", "A2"):
        (root / f"raw/{cell}.csv").write_bytes(content + b"\n" * (cell == "A2"))
    (root / "study.toml").write_text(STUDY)
    (root / "cells.csv").write_text(f"cell,kind,active_mass_mg\nA1,half,1.25\nA2,half,{mass}\n")
    study = halfcell.Study.load(root)
    assert study.check() == ()
    return study.remarks()


def test_a_mass_that_is_not_the_files_is_remarked(tmp_path: Path, cases: Path) -> None:
    (remark,) = _study(tmp_path, cases, "2.5")
    assert remark.startswith("cells.csv:3")
    assert "2.5 mg was set, and the raw file states 1.25 mg (raw/A2.csv)" in remark


@pytest.mark.parametrize("mass", ["0.00125", "1250"])
def test_a_mass_in_another_unit_is_remarked_from_both_sides(tmp_path: Path, cases: Path, mass: str) -> None:
    remarks = _study(tmp_path, cases, mass)
    assert any("raw file states 1.25 mg, 1000 times" in remark for remark in remarks)
    assert any("the other cell" in remark for remark in remarks)


def test_a_column_that_is_a_setting_is_used(tmp_path: Path, cases: Path) -> None:
    """The carrier of a cell may stand in the table; a column of no meaning is still asked about."""
    assert _study(tmp_path, cases, "1.25") == ()
    (tmp_path / "cells.csv").write_text(
        "cell,kind,active_mass_mg,carrier,operator\nA1,half,1.25,Na,Ada\nA2,half,1.25,Na,B\n"
    )
    (remark,) = halfcell.Study.load(tmp_path).remarks()
    assert "'operator' is not a known column" in remark
    (tmp_path / "cells.csv").write_text("cell,kind,active_mass_mg,carrier\nA1,half,1.25,Mg\nA2,half,1.25,Na\n")
    assert any("Mg" in problem.what for problem in halfcell.Study.load(tmp_path).check())


def test_the_right_mass_is_not(tmp_path: Path, cases: Path) -> None:
    assert _study(tmp_path, cases, "1.25") == ()
