"""Refined cells as CIF, read back with gemmi; tables for siunitx, read back by the audit's reader of LaTeX."""

from __future__ import annotations

from pathlib import Path

import gemmi
import pytest

from halfcell.audit.extract import extract
from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Result
from halfcell.core.table import Column, Entry, Table
from halfcell.exports import siunitx
from halfcell.exports.refined_cells import cif

CELLS = {
    "Si.lattice_a": Quantity(5.43102, "angstrom", 0.00021),
    "beta-Sn.lattice_a": Quantity(5.8315, "angstrom", 0.0004),
    "beta-Sn.lattice_c": Quantity(3.1814, "angstrom", 0.0003),
    "Si.fraction": Quantity(50.0, "wt%"),
}


@pytest.mark.parametrize("simulated", [True, False])
def test_cells_are_read_back(simulated: bool) -> None:
    text = cif([Result(technique="diffraction", quantities=CELLS, label="S1 a", simulated=simulated)])
    silicon, tin = gemmi.cif.read_string(text)
    assert silicon.name == "Si_S1_a"
    assert silicon.find_value("_cell_length_b") == "5.4310(2)"
    small = gemmi.make_small_structure_from_block(tin)
    assert small.cell.parameters == pytest.approx((5.8315, 5.8315, 3.1814, 90, 90, 90))
    assert small.spacegroup.hm == "I 41/a m d"
    assert ("simulated by halfcell" in text) is simulated


def test_without_a_refined_cell_there_is_no_cif() -> None:
    with pytest.raises(InputError, match="no refined cell"):
        cif([Result(technique="diffraction", quantities={"Si.fraction": Quantity(50.0, "wt%")})])


def shown() -> Table:
    columns = (
        Column(key="label", label="Sample"),
        Column(key="q", label="Q_{dis}", unit="mAh g^{−1}"),
        Column(key="s", label="σ", unit="S cm^{−1}"),
        Column(key="w", label="Sn & Si", unit="wt%"),
    )
    rows = (
        (Entry(text="Si/Sn-10_a"), Entry(text="1234(5)"), Entry(text="2.8371(4)e-8"), Entry(text="−3.2")),
        (Entry(text="50 % CoSi_{2}"), Entry(text="-"), Entry(text="1e-3"), Entry(text="n/a")),
    )
    return Table(columns=columns, rows=rows, notes=("± is one standard uncertainty.",), simulated=True)


def test_numbers_are_aligned_and_the_rest_stands_in_braces() -> None:
    text = siunitx.table(shown())
    assert r"\begin{tabular}{lSSS}" in text
    assert r"{Q\textsubscript{dis} (\unit{\milli\ampere\hour\per\gram})}" in text
    assert r"{$\sigma$ (\unit{\siemens\per\centi\metre})}" in text
    assert r"{Sn \& Si (wt\%)}" in text
    assert r"Si/Sn-10\_a & 1234(5) & 2.8371(4)e-8 & -3.2 \\" in text
    assert r"50 \% CoSi\textsubscript{2} & {-} & 1e-3 & {n/a} \\" in text
    assert "SIMULATED" in text


def test_the_audit_reads_the_table_back(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(siunitx.table(shown()), encoding="utf-8")
    (found,) = extract(path).tables
    assert [found.at[1, place].text for place in range(4)] == ["Si/Sn-10_a", "1234(5)", "2.8371(4)e-8", "-3.2"]
    assert "mAh g-1" in found.at[0, 1].text
