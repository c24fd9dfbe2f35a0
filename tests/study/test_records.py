"""The records of a run: numbers.csv with its settings and columns, study.lock with what it ran on."""

from __future__ import annotations

import csv
import hashlib
import json
import platform
import re
from importlib.metadata import version
from pathlib import Path

import polars as pl

from halfcell.study.items.numbers_file import COLUMNS
from study_runs import study_of


def rows_of(root: Path) -> list[dict[str, str]]:
    """The rows of numbers.csv."""
    with (root / "out" / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_units_stand_in_one_notation_beside_those_of_programs(small) -> None:
    assert study_of(small).run(workers=1).exit_status == 0
    rows = rows_of(small.root)
    weight = next(row for row in rows if row["id"] == "S1:Si (A1):mean_weight")
    assert (weight["unit"], weight["ucum"], weight["qudt"]) == ("mg", "mg", "https://qudt.org/vocab/unit/MilliGM")
    ratio = next(row for row in rows if row["id"] == "S1:Si (A1):weight_per_mass")
    assert (ratio["unit"], ratio["ucum"]) == ("", "1")


def test_excel_and_programs_read_the_numbers(small) -> None:
    assert study_of(small).run(workers=1).exit_status == 0
    path = small.root / "out" / "numbers.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfid,key,")
    frame = pl.read_csv(path, infer_schema_length=None)
    assert frame.columns == list(COLUMNS)
    assert frame["value"].dtype == pl.Float64


def test_a_key_does_not_hang_on_the_number_of_a_figure(small) -> None:
    assert study_of(small).run(workers=1).exit_status == 0
    before = {row["key"]: row["value"] for row in rows_of(small.root)}
    small.edit("study.toml", 'id = "S1"\ncaption', 'id = "S7"\ncaption')
    small.edit("study.toml", 'cells = ["A1"]', 'cells = ["A1"]\ncaption = "Another."')
    assert study_of(small).run(workers=1).exit_status == 0
    rows = rows_of(small.root)
    assert {row["key"]: row["value"] for row in rows} == before
    assert any(row["id"].startswith("Fig. S7:") for row in rows)
    # one number in a figure and in a table has one key; the doubled one of Fig. S2 has another
    of_weight = [row for row in rows if row["label"].startswith("Si (A1)") and row["quantity"] == "mean_weight"]
    assert {re.sub(r"@\w{8}$", "", row["key"]) for row in of_weight} == {"weighing:Si (A1):mean_weight"}
    by_key: dict[str, set[str]] = {}
    for row in rows:
        by_key.setdefault(row["key"], set()).add(row["value"])
    assert all(len(values) == 1 for values in by_key.values())


def test_settings_are_kept_once_and_referred_to(small) -> None:
    assert study_of(small).run(workers=1).exit_status == 0
    kept = json.loads((small.root / "out" / "settings.json").read_text(encoding="utf-8"))
    rows = rows_of(small.root)
    assert {row["settings"] for row in rows} == set(kept["settings"])
    row = next(row for row in rows if row["id"].startswith("Fig. S2:"))
    assert kept["settings"][row["settings"]]["factor"] == 2
    assert kept["format"] == 2


def test_the_data_package_describes_the_numbers(small) -> None:
    assert study_of(small).run(workers=1).exit_status == 0
    out = small.root / "out"
    package = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    numbers, settings = package["resources"]
    assert [field["name"] for field in numbers["schema"]["fields"]] == list(rows_of(small.root)[0])
    for resource in (numbers, settings):
        content = (out / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])


def test_the_lock_names_what_it_ran_on_and_the_numbers(small) -> None:
    assert study_of(small).run(workers=1).exit_status == 0
    lock = json.loads((small.root / "study.lock").read_text(encoding="utf-8"))
    content = (small.root / "out" / "numbers.csv").read_bytes()
    assert lock["numbers"] == hashlib.sha256(content).hexdigest()
    assert lock["environment"]["python"] == platform.python_version()
    assert lock["environment"]["numpy"] == version("numpy")
    assert {"platform", "scipy", "polars"} <= set(lock["environment"])
