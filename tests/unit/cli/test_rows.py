"""What `analyse` prints for people: the columns that matter, their units, what was left out; sizes of uncertainties."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.cli import main
from halfcell.cli.common import result_rows
from halfcell.core.result import Result
from halfcell.readers.cycling import biologic_mpt
from halfcell.techniques import cycling


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A simulated test of five cycles, as BioLogic's text."""
    path = tmp_path / "cell.mpt"
    made = cycling.simulate(cycling.Parameters(points=20, cycles=5), np.random.default_rng(1))
    path.write_bytes(biologic_mpt.write(made))
    return path


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_table_fits_the_terminal(
    run: Path, width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert main(["analyse", str(run), "--set", "kind=half", "--set", "active_mass_mg=1.2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    units = next(i for i, line in enumerate(lines) if "(mAh/g)" in line)
    table = lines[units - 2 : units + 6]
    assert max(map(len, table)) <= width
    assert lines[units - 1].split()[0] == "cycle"
    assert lines[units + 1].split()[:3] == ["1", "yes", "cycling"]
    assert "more columns: --all-columns or --json" in lines[units + 6]


def test_all_columns_are_printed_where_they_are_asked_for(
    run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["analyse", str(run), "--all-columns"]) == 0
    out = capsys.readouterr().out
    assert "more column" not in out
    heads = next(line for line in out.splitlines() if "(Wh/kg)" in line)
    assert "(mAh)" in heads  # no mass was given
    assert "(mAh/g)" not in heads


def test_hidden_uncertainty_is_printed(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    limits = ("--set", "current_accuracy_percent=0.1", "--set", "current_offset_a=1e-7")
    assert main(["analyse", str(run), "--set", "kind=half", *limits]) == 0
    line = next(line for line in capsys.readouterr().out.splitlines() if "initial_coulombic_efficiency" in line)
    assert "[limits of error ± 0." in line
    assert " %]" in line


def test_rows_of_any_technique_without_a_choice() -> None:
    rows = ({"name": "a", "value": 1.25, "nothing": None}, {"name": "b", "value": None, "other_key": True})
    lines = list(result_rows.lines(Result(technique="none", rows=rows), width=40))
    assert lines == [
        "               other",
        "  name  value    key",
        "     a   1.25      -",
        "     b      -    yes",
        "  1 more column: --all-columns or --json",
    ]


def test_no_rows_no_table_and_many_rows_are_counted() -> None:
    assert list(result_rows.lines(Result(technique="none"))) == []
    many = Result(technique="none", rows=tuple({"name": i} for i in range(50)))
    assert list(result_rows.lines(many))[-1] == "  ... 10 more rows (--json prints all)"
