"""What `halfcell check` and `halfcell run` allow in a column map of the study file is the same, over all keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.core.errors import HalfcellError
from halfcell.core.vocabulary import vocabulary
from halfcell.readers.common.column_map import read_columns
from halfcell.readers.common.column_targets import NEEDED
from halfcell.study.study import Study

ROWS = 40
RISING = np.linspace(1.0, 40.0, ROWS)
VALUES = {
    "voltage_volt": 3 + 0.001 * RISING,
    "relative_pressure": RISING / 50,
    "unix_time_second": 1.7e9 + RISING,
    "branch": RISING * 0,
    "temperature_degc": 300.0 + RISING,
    "T/K": 300.0 + RISING,
    "stage_count": RISING * 0 + 1,
}
COLUMNS = [(kind, name) for kind in vocabulary()["column"] for name in [*vocabulary()["column"][kind], "step_type"]]
FORMS = ["{} * 2", "{} / 1000 + 1", "{} - 273.15", "{} * 0", "{} / 0", "{} ** 2", "{} * x", "2 * {}", "{} +", "", "{}x"]


def _table(folder: Path, names: list[str]) -> Path:
    path = folder / "raw" / "A1.csv"
    path.parent.mkdir(exist_ok=True)
    rows = zip(*(VALUES.get(name, RISING) for name in names), strict=True)
    lines = [",".join(names), *(",".join(f"{value:.4f}" for value in row) for row in rows)]
    path.write_text("\n".join(lines) + "\n")
    return path


def _checked(folder: Path, kind: str, columns: dict[str, str]) -> str:
    """The mistakes that `halfcell check` finds in the map."""
    pairs = ", ".join(f'"{head}" = "{text}"' for head, text in columns.items())
    entry = f'{kind} = {{ pattern = "raw/{{cell}}.csv", columns = {{ {pairs} }} }}'
    (folder / "study.toml").write_text(f'title = "Maps"\n\n[raw]\n{entry}\n')
    (folder / "cells.csv").write_text("cell,sample\nA1,Si\n")
    found = [str(error) for error in Study.load(folder).check()]
    return "; ".join(text for text in found if "no figures and no tables" not in text)


def _read(path: Path, kind: str, columns: dict[str, str]) -> str:
    """Why `halfcell run` refuses the file; empty where it is read."""
    try:
        (made,) = read_columns(path, kind, columns)
    except HalfcellError as error:
        return str(error)
    return "" if len(made) == ROWS else f"{len(made)} records"


@pytest.mark.parametrize(("kind", "name"), COLUMNS)
def test_check_and_run_agree_on_every_key(tmp_path: Path, kind: str, name: str) -> None:
    groups = NEEDED.get(kind, ())
    names = list(dict.fromkeys([name, *(group[0] for group in groups if name not in group)]))
    columns = {f"c{number}": one for number, one in enumerate(names)}
    path = _table(tmp_path, names)
    path.write_text(path.read_text().replace(",".join(names), ",".join(columns), 1))
    assert bool(_checked(tmp_path, kind, columns)) == bool(_read(path, kind, columns))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", ["cycling", "thermogravimetry"])
def test_check_and_run_agree_on_the_form(tmp_path: Path, kind: str, form: str) -> None:
    names = [group[0] for group in NEEDED[kind]]
    path = _table(tmp_path, names)
    columns = {name: name for name in names} | {names[1]: form.format(names[1])}
    assert bool(_checked(tmp_path, kind, columns)) == bool(_read(path, kind, columns))


@pytest.mark.parametrize("kind", sorted(NEEDED))
def test_check_and_run_agree_on_what_is_missing_and_what_is_double(tmp_path: Path, kind: str) -> None:
    names = [group[0] for group in NEEDED[kind]]
    path = _table(tmp_path, names)
    without, double = {n: n for n in names[1:]}, {n: n for n in names} | {names[-1]: names[0]}
    for columns, words in ((without, "no column is"), (double, "given twice")):
        assert words in _checked(tmp_path, kind, columns)
        assert _read(path, kind, columns)


def test_temperatures_in_kelvin(tmp_path: Path) -> None:
    """301 K is 27.85 degC."""
    path = _table(tmp_path, ["t/s", "T/K", "m/mg"])
    columns = {"t/s": "test_time_second", "T/K": "temperature_degc - 273.15", "m/mg": "mass_milligram"}
    assert _checked(tmp_path, "thermogravimetry", columns) == ""
    (run,) = read_columns(path, "thermogravimetry", columns)
    assert run["temperature_degc"][0] == pytest.approx(27.85, abs=1e-9)
    assert run["temperature_degc"][-1] == pytest.approx(66.85, abs=1e-9)
