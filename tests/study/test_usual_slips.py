"""Slips of newcomers in study.toml and in the tables: each answer says what, where, and what to write."""

from __future__ import annotations

import pytest

from study_runs import study_of

FIGURE = 'id = "S2"\n'
TITLE = "[raw]\n"


@pytest.mark.parametrize(
    ("old", "new", "what", "hint"),
    [
        (TITLE, 'authors = ["A. Person"]\n[raw]\n', "unknown key 'authors'", "write [[author]] on a line of its own"),
        (TITLE, 'author = ["A. Person"]\n[raw]\n', "author: 'A. Person' is not a table", "write [[author]]"),
        (TITLE, 'author = "A. Person"\n[raw]\n', "author: 'A. Person' is not a list", "write [[author]]"),
        (TITLE, 'references = "refs.bib"\n[raw]\n', "references: 'refs.bib' is not a table", "write [references]"),
        (TITLE, "[settings]\nfactor = 2\n[raw]\n", "settings.factor: 2 is not a table", "write [settings.cycling]"),
        (TITLE, '[[accept]]\ncode = "mass_missing"\n[raw]\n', "accept.reason is missing", 'write reason = "..."'),
        (FIGURE, "", "id is missing", 'write id = "S1"'),
        (FIGURE, f"{FIGURE}settings = {{ factor = 3 }}\n", "unknown key 'settings'", "write set = { name = value }"),
        (FIGURE, f"{FIGURE}factor = 3\n", "unknown key 'factor'", "it is a setting: write set = { factor = ... }"),
        (FIGURE, f"{FIGURE}xlim = [0, 1]\n", "unknown key 'xlim'", "write axes = { x = { limits = [0, 1] } }"),
        (FIGURE, f"{FIGURE}columns = [2]\n", "columns: [2] is not a whole number", ""),
        (FIGURE, f'{FIGURE}width_mm = "90 mm"\n', "width_mm: '90 mm' is not a number", "write width_mm = 90"),
        (FIGURE, f"{FIGURE}axes = {{ x = {{ limits = [0] }} }}\n", "limits: [0] has 1 part, not 2", ""),
        (FIGURE, f'{FIGURE}axes = {{ x = {{ unit = "mVolts" }} }}\n', "unit: 'mVolts' is no unit", ""),
        (
            'technique = "weighing"\ncells',
            'technique = ["weighing"]\ncells',
            "technique: ['weighing'] is not a text in quotes",
            'write technique = "weighing"',
        ),
        ('cells = ["A1"]', 'cells = "A1, A2"', "unknown cell 'A1, A2'", 'cells = ["A1", "A2"]'),
        ('cells = ["A1"]', 'cells = ["Si"]', "unknown cell 'Si'", 'it is a sample: write samples = ["Si"]'),
        ('cells = ["A1"]', 'samples = ["A1"]', "unknown sample 'A1'", 'it is a cell: write cells = ["A1"]'),
        ("factor = 2", 'factor = "2 %"', "factor: '2 %' is not a number; write 2 without %", ""),
        ("raw/{cell}.wgt", "raww/{cell}.wgt", "matches no file", "there are no files in raww; did you mean 'raw'?"),
    ],
)
def test_in_the_study_file(small, old: str, new: str, what: str, hint: str) -> None:
    small.edit("study.toml", old, new)
    problems = study_of(small).check()
    (problem,) = [one for one in problems if what in one.what]
    assert problem.where.startswith("study.toml:")
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("85 %", "write 85 without %"),
        ("n/a", "leave the cell empty where the value is not known"),
        ("1. Aug", "has the spreadsheet made a date of it?"),
        ("~1.2", "write the number alone: 1.2"),
        ("1.2±0.1", "write 1.2, without its uncertainty"),
    ],
)
def test_in_a_cell_of_the_table(small, written: str, hint: str) -> None:
    small.edit("cells.csv", "A1,Si,half,1.1", f"A1,Si,half,{written}")
    (problem,) = study_of(small).check()
    assert problem.where == "cells.csv:2 (active_mass_mg)"
    assert problem.what.startswith(f"{written!r} is not a number; ")
    assert hint in problem.what


def test_a_table_of_cells_under_another_name_is_asked_about(small) -> None:
    (small.root / "cells.csv").rename(small.root / "cell.csv")
    small.edit("study.toml", 'cells = ["A1"]\n', "")
    remarks = study_of(small).remarks()
    assert any(
        text.startswith("no cells.csv: kinds and masses") and "did you mean 'cell.csv'?" in text for text in remarks
    )


def test_of_two_tables_of_cells_one_is_not_read(small) -> None:
    (small.root / "cells.xlsx").write_bytes(b"")
    assert "cells.xlsx is not read, because cells.csv is there: remove one" in study_of(small).remarks()


def test_a_workbook_under_the_name_of_a_text_file(small) -> None:
    (small.root / "cells.csv").write_bytes(b"PK\x03\x04 and more")
    problem = study_of(small).check()[0]
    assert problem.what == "this is a workbook (.xlsx), not CSV"
    assert problem.where == "cells.csv"


def test_a_column_of_masses_without_its_whole_name(small) -> None:
    small.edit("cells.csv", "active_mass_mg", "mass")
    assert any(
        "column 'mass' is not used; did you mean 'active_mass_mg'?" in text for text in study_of(small).remarks()
    )


@pytest.mark.parametrize(
    ("line", "what", "hint"),
    [
        ("legend = false", 'legend: False is not a table { key = value }; write legend = "none"', ""),
        ("axes = { x = [0, 100] }", "x: [0, 100] is not a table { key = value }; write x = { limits = [0, 100] }", ""),
        ("inset = [0, 1]", "inset: [0, 1] is not a table { key = value }; write inset = { x = [0, 1]", ""),
        ('type = "bars"', "unknown key 'type'", "write show"),
        ("limits = [0, 1]", "unknown key 'limits'", "write axes = { x = { limits = [0, 1] } }"),
        ('axes = { x = { title = "Q" } }', "unknown key 'title'", "write label"),
    ],
)
def test_in_the_look_of_a_figure(small, line: str, what: str, hint: str) -> None:
    small.edit("study.toml", FIGURE, f"{FIGURE}{line}\n")
    (problem,) = study_of(small).check()
    assert problem.what.startswith(what)
    assert problem.hint.startswith(hint)


def test_a_picture_in_a_table_and_a_cell_named_twice(small) -> None:
    small.edit("study.toml", 'cells = ["A1"]', 'cells = ["A1", "A1"]')
    small.edit("study.toml", "[[table]]\n", '[[table]]\nimage = "photo.jpg"\n')
    found = {problem.what: problem.hint for problem in study_of(small).check()}
    assert found == {
        "unknown key 'image'": "it belongs to a [[figure]], not to a table",
        "cell 'A1' is named twice": "name each once",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Si 80 Sn 40", True),
        ("Si 80, Sn 40", True),
        ("80 % Si", True),
        ("Si 80, Sn 20", False),
        ("LiNi0.8Mn0.1Co0.1O2", False),
    ],
)
def test_a_composition_that_is_none_is_told(small, text: str, told: bool) -> None:
    (small.root / "samples.csv").write_text(f'name,composition\nSi,"{text}"\nSi/Sn-10,\n', encoding="utf-8")
    remarks = [one for one in study_of(small).remarks() if "is not read as a composition" in one]
    assert [one.split(": ")[0] for one in remarks] == (["samples.csv:2 (composition)"] if told else [])
