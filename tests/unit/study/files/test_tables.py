"""Tables that people keep: dialects, heads, units, compositions."""

from __future__ import annotations

import pytest

from halfcell.core.errors import InputError
from halfcell.core.sample import CellKind
from halfcell.study.files.sheets import read_sheet
from halfcell.study.files.subjects import read_subjects
from halfcell.study.files.unit_heads import accepted, split_field, split_head, unit_named


def _cells(tmp_path, text, name="cells.csv", encoding="utf-8"):
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return read_subjects(None, read_sheet(path))


@pytest.mark.parametrize(
    ("head", "value", "field", "expected"),
    [
        ("active_mass_mg", "1.2", "active_mass_mg", 1.2),
        ("Active mass (mg)", "1.2", "active_mass_mg", 1.2),
        ("active mass [g]", "0.0012", "active_mass_mg", 1.2),
        ("Active mass / µg", "1200", "active_mass_mg", 1.2),
        ("active_mass_g", "0.0012", "active_mass_mg", 1.2),
        ("area (mm²)", "113", "area_cm2", 1.13),
        ("Area (cm^2)", "1.13", "area_cm2", 1.13),
        ("diameter (cm)", "1.2", "diameter_mm", 12.0),
        ("thickness (mm)", "0.085", "thickness_um", 85.0),
        ("temperature (K)", "298.15", "temperature_degc", 25.0),
        ("temperature (°C)", "60", "temperature_degc", 60.0),
        ("pressure (kPa)", "75000", "pressure_mpa", 75.0),
        ("1C (mA g-1)", "180", "one_c_ma_per_g", 180.0),
        ("1C (A g⁻¹)", "0.18", "one_c_ma_per_g", 180.0),
        ("one_c_ma", "2.5", "one_c_ma", 2.5),
        ("anode_capacity_mah_per_cm2", "2.4", "anode_capacity_mah_per_cm2", 2.4),
        ("Anode capacity (mAh cm-2)", "2.4", "anode_capacity_mah_per_cm2", 2.4),
        ("Cathode capacity (mAh cm⁻²)", "2.4", "cathode_capacity_mah_per_cm2", 2.4),
        ("cathode capacity (Ah/m²)", "24", "cathode_capacity_mah_per_cm2", 2.4),
        ("one_c (mA/g)", "180", "one_c_ma_per_g", 180.0),
    ],
)
def test_heads_and_units(tmp_path, head, value, field, expected) -> None:
    subjects, problems = _cells(tmp_path, f'cell,"{head}"\nA,{value}\n')
    assert problems == []
    assert getattr(subjects.cells["A"], field) == expected  # exactly


@pytest.mark.parametrize(
    ("head", "hint"),
    [
        ("active mass", "active_mass_mg"),
        ("active mass (mm)", "mg"),
        ("active mass (at%)", "mg"),
        ("activ_mass_mg", "active_mass_mg"),
        ("area", "area_cm2"),
        ("temperatur_degc", "temperature_degc"),
    ],
)
def test_heads_that_do_not_fit(tmp_path, head, hint) -> None:
    _, problems = _cells(tmp_path, f"cell,{head}\nA,1\n")
    assert len(problems) == 1
    assert problems[0].where == f"cells.csv:1 ({head})"
    assert hint in problems[0].hint


@pytest.mark.parametrize("value", ["-1", "0", "nan", "inf", "1e999x", "one", "1,5"])
def test_an_impossible_mass_is_told_with_its_line(tmp_path, value) -> None:
    _, problems = _cells(tmp_path, f'cell,active_mass_mg\nA,"{value}"\n')
    assert [problem.where for problem in problems] == ["cells.csv:2 (active_mass_mg)"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_are_read_in_every_encoding_and_separator(tmp_path, encoding, separator) -> None:
    mass = '"1,5"' if separator != "," else "1.5"
    text = separator.join(["cell", "sample", "Masse é", "active mass (mg)"]) + "\r\n"
    text += '# a remark, with a quote "\r\n\r\n' + separator.join(["A", "Si", "x", mass]) + "\r\n"
    subjects, problems = _cells(tmp_path, text, encoding=encoding)
    assert problems == []
    assert subjects.cells["A"].active_mass_mg == 1.5
    assert subjects.place("cell", "A", "active_mass_mg") == "cells.csv:4 (active mass (mg))"


def test_workbook(tmp_path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    for row in (["cell", "sample", "kind", "active mass (mg)"], ["A", "Si", "Half", 1.5], ["B", "Si", "hlf", -2]):
        sheet.append(row)
    book.save(tmp_path / "cells.xlsx")
    subjects, problems = read_subjects(None, read_sheet(tmp_path / "cells.xlsx"))
    assert subjects.cells["A"].kind is CellKind.HALF
    assert subjects.cells["A"].active_mass_mg == 1.5
    assert [problem.where for problem in problems] == ["cells.xlsx: C3", "cells.xlsx: D3"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("cells.csv", b"", "the table is empty"),
        ("cells.csv", b"\n\n", "the table is empty"),
        ("cells.xlsx", b"", "not a readable workbook"),
        ("cells.xlsx", b"PK\x03\x04 no workbook", "not a readable workbook"),
    ],
)
def test_what_is_no_table(tmp_path, name, content, words) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=words):
        read_sheet(tmp_path / name)


def test_ragged_and_doubled(tmp_path) -> None:
    (tmp_path / "a.csv").write_text("cell,sample\nA,Si,more\n")
    (problem,) = read_sheet(tmp_path / "a.csv").problems
    assert str(problem).startswith("a.csv:2: 3 cells in a table of 2 columns")
    (tmp_path / "c.csv").write_text("cell,active_mass_mg,sample,note\nA,1,5,Si,\n")
    (problem,) = read_sheet(tmp_path / "c.csv").problems
    assert str(problem).startswith("c.csv:2: 5 cells in a table of 4 columns")
    assert "write 1.5, not 1,5" in str(problem)
    (tmp_path / "b.csv").write_text("cell,cell\nA,Si\n")
    with pytest.raises(InputError, match="appears twice"):
        read_sheet(tmp_path / "b.csv")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name,Si_wt_percent,a-Sn wt%\nX,90,10\n", {"Si": 90.0, "a-Sn": 10.0}),
        ('name,composition\nX,"Si 80, Sn 10; CoSi2 10"\n', {"Si": 80.0, "Sn": 10.0, "CoSi2": 10.0}),
        ("name,composition\nX,80% Si + 20 % Sn\n", {"Si": 80.0, "Sn": 20.0}),
        ("name,composition\nX,silicon with a little tin\n", {}),
    ],
)
def test_a_composition_is_read_however_it_is_written(tmp_path, text, expected) -> None:
    (tmp_path / "samples.csv").write_text(text)
    subjects, problems = read_subjects(read_sheet(tmp_path / "samples.csv"), None)
    assert problems == []
    assert subjects.samples["X"].composition_wt_percent == expected


def test_names_that_file_names_would_mix_up(tmp_path) -> None:
    _, problems = _cells(tmp_path, "cell\nSi/Sn-10\nSi_Sn_10\n")
    assert "differs from 'Si/Sn-10' only in punctuation" in problems[0].what


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("µg", "ug"),
        ("mA g-1", "mA/g"),
        ("mA g^{-1}", "mA/g"),
        ("mA_per_g", "mA/g"),
        ("mAh cm−2", "mAh/cm2"),
        ("cm^2", "cm2"),
        ("°C", "degC"),
        ("deg_C", "degC"),
        ("C", "degC"),
        ("mpa", "MPa"),
        ("MG", "mg"),
        ("at%", None),
        ("parsec", None),
        ("", None),
    ],
)
def test_units_that_people_write(text, unit) -> None:
    assert unit_named(text) == unit


def test_heads_and_fields_are_split_at_their_unit() -> None:
    assert split_head("1C (mA g-1)") == ("1c", "mA g-1")
    assert split_field("one_c_ma_per_g") == ("one_c", "mA/g")
    assert accepted("MPa") == "GPa, MPa, kPa, bar"
    assert accepted("mA/g") == "A/g, mA/g"
