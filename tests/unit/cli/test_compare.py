"""``halfcell compare``: results from CSV, BibTeX, documents and ``audit --to-records``; references; own rows once."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from halfcell.cli import main

PRINTED = "Electrode material;ICE (%);Current density (A g-1);Capacity after 100 cycles (mAh g-1);Refs.\n"
SODIUM = """<p>Table 1. Comparison of hard carbon anodes in sodium-ion half cells with the literature</p><table>
<tr><th>Anode</th><th>ICE (%)</th><th>Current density (mA g<sup>-1</sup>)</th>
<th>Reversible capacity after n cycles (mAh g<sup>-1</sup>)</th><th>Cycle number</th><th>Refs.</th></tr>
<tr><td>HC-1200</td><td>85.2</td><td>30</td><td>301</td><td>100</td><td>[[12]]</td></tr>
<tr><td>HC-1400</td><td>88.0</td><td>30</td><td>312.50</td><td>200</td><td>This work</td></tr></table>"""
SOLID = """<p>Table 2. Comparison of all-solid-state cells with reported ones</p><table>
<tr><th>Anode</th><th>Solid electrolyte</th><th>Cathode</th><th>Stack pressure (MPa)</th>
<th>Areal capacity (mAh cm<sup>-2</sup>)</th><th>Current density (mA cm<sup>-2</sup>)</th><th>Refs.</th></tr>
<tr><td>Si</td><td>LPSC</td><td>NCM811</td><td>50</td><td>3.5</td><td>0.5</td><td>8</td></tr></table>"""


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_records_from_documents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paper.html").write_text(SODIUM + SOLID, encoding="utf-8")
    made = tmp_path / "reported.csv"
    main(["audit", str(tmp_path / "paper.html"), "--checklist", "none", "--to-records", str(made)])
    one, two, three = _rows(made)
    assert (one["comparison"], one["carrier"], one["anode"], one["ice_percent"]) == ("anodes", "Na", "HC-1200", "85.2")
    assert (one["cycle"], one["reference"], two["capacity_mah_per_g"], two["reference"]) == (
        "100",
        "12",
        "312.50",
        "paper",
    )
    assert (three["comparison"], three["solid_electrolyte"], three["stack_pressure_mpa"]) == (
        "solid_state",
        "LPSC",
        "50",
    )
    capsys.readouterr()
    assert main(["compare", "solid_state", "--only", "--add", str(made)]) == 0
    assert "3.5" in capsys.readouterr().out
    assert main(["compare", "anodes", "--only", "--add", str(made)]) == 0
    assert "301 (X=100)" in capsys.readouterr().out


def test_a_document_is_added_directly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "paper.html").write_text(SODIUM, encoding="utf-8")
    assert main(["compare", "anodes", "--only", "--add", str(tmp_path / "paper.html")]) == 0
    out = capsys.readouterr().out
    assert "HC-1200" in out
    assert "[12]" in out
    assert main(["compare", "full_cells", "--add", str(tmp_path / "paper.html")]) == 2
    assert "no row of its tables" in capsys.readouterr().err


def test_printed_heads_with_another_unit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{PRINTED}Si/Ni;81,2;0,25;1201,5;[[100]]\n", encoding="utf-8")
    assert main(["compare", "anodes", "--only", "--add", str(path)]) == 0
    row = capsys.readouterr().out.splitlines()[1].split("  ")
    assert [cell.strip() for cell in row if cell.strip()] == [
        "Si/Ni",
        "81.2",
        "250",
        "1201.5 (X=100)",
        "-",
        "-",
        "[100]",
    ]


@pytest.mark.parametrize("text", ["10.1000/x\nhttps://doi.org/10.1021/abc.1\n", "doi\n10.1000/x\n"])
@pytest.mark.parametrize("suffix", ["txt", "csv"])
def test_a_list_of_dois_says_what_is_missing(
    text: str, suffix: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / f"dois.{suffix}"
    path.write_text(text, encoding="utf-8")
    assert main(["compare", "anodes", "--add", str(path)]) == 2
    assert "a list of DOIs holds no results" in capsys.readouterr().err


def test_references_of_bibtex_are_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@article{kim2020, author={Kim, A. and Lee, B.}, title={{Si} anodes}, journal={J. Anodes}, year={2020}, "
        "volume={3}, pages={1--9}, doi={10.1000/x}, anode={Si/Zr}, ice_percent={80.1}}\n"
        "@article{lee2021, author={Lee, B.}, title={Other}, year={2021}}\n",
        encoding="utf-8",
    )
    assert main(["compare", "anodes", "--only", "--add", str(path)]) == 0
    said = capsys.readouterr()
    assert "[kim2020] Kim, A.; Lee, B., Si anodes, J. Anodes 3 (2020) 1–9, https://doi.org/10.1000/x" in said.out
    assert "1 entries without results left out" in said.err


def test_the_own_row_is_not_doubled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("anode,ice_percent\nSi/Ni,81.2\n", encoding="utf-8")
    assert main(["compare", "anodes", "--only", "--add", str(path), "--own", str(path)]) == 0
    out = capsys.readouterr().out
    assert out.count("Si/Ni") == 1
    assert "This work" in out
