"""One report in all formats: an audit finds the same tables, the same checks and the same faults in each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from halfcell import report
from halfcell.audit import Report, audit_file
from halfcell.core.document import Document, Item, Section
from halfcell.core.table import Column, Entry, Table

FORMATS = ("docx", "html", "pdf", "latex")
LONG_CAPTION = (
    "Comparison of the electrochemical performance of a solid-state full cell with previously reported Si-based "
    "solid-state full cells."
)
RATES = ("0.15", "0.30", "0.75", "1.50", "3.00", "4.50", "6.00")
LONG = "Methods run over more than one page, so that running heads and a list of the contents are printed. " * 60


def first_cycles() -> Table:
    """Si/Sn-15 should be 91.5 %; the printed 95.1 % is turned round."""
    heads = (
        ("Materials", ""),
        ("Initial discharge capacity", "mAh g^{-1}"),
        ("Initial charge capacity", "mAh g^{-1}"),
        ("Initial Coulombic efficiency", "%"),
    )
    rows = (
        ("Si", "3916.2", "3275.4", "83.6"),
        ("Si/Sn-5", "3582.4", "3167.9", "88.4"),
        ("Si/Sn-15", "3332.6", "3049.8", "95.1"),
        ("Si/Sn-20", "3262.1", "2955.7", "90.6"),
    )
    return table(heads, rows, notes=("Capacities are per gram of active material, in cells against lithium.",))


def deformation() -> Table:
    """A cell over two columns; the total energy of CoSi2 should be 178."""
    heads = (
        ("Materials", ""),
        ("Plastic deformation energy", "10^{-10} J"),
        ("Elastic deformation energy", "10^{-10} J"),
        ("Total deformation energy", "10^{-10} J"),
    )
    rows = (
        (Entry(text="Si"), Entry(text="crush: no unloading", columns=2), None, Entry(text="30.3")),
        tuple(map(text, ("FeSi2", "118", "41", "159"))),
        tuple(map(text, ("CoSi2", "121", "57", "187"))),
        tuple(map(text, ("NiSi2", "98", "41", "139"))),
    )
    made = table(heads, ())
    return Table(columns=made.columns, rows=rows, notes=("No unloading branch: the work to fracture.",))


def long_comparison() -> Table:
    """Merged names over several rows, on two pages; a torque stands in the column of pressures."""
    heads = (
        ("Anode", ""),
        ("Cathode", ""),
        ("Solid electrolyte", ""),
        ("Stack pressure", "MPa"),
        ("Current density", "mA cm^{-2}"),
        ("Areal capacity", "mAh cm^{-2}"),
        ("Refs.", ""),
    )
    rows: list[tuple[Entry | None, ...]] = []
    for number in range(1, 9):
        pressure = "3 N·m" if number == 4 else str(10 * number)
        names = ("Si-" + "C" * number, "NCM811", "Li6PS5Cl", pressure)
        for index, rate in enumerate(RATES):
            first: list[Entry | None] = [Entry(text=name, rows=len(RATES)) if not index else None for name in names]
            last = Entry(text=f"[{number}]", rows=len(RATES)) if not index else None
            rows.append((*first, Entry(text=rate), Entry(text=f"{2.4 - 0.3 * index:.2f}"), last))
    return Table(columns=table(heads, ()).columns, rows=tuple(rows))


def text(printed: str) -> Entry:
    return Entry(text=printed)


def table(heads: tuple[tuple[str, str], ...], rows: tuple[tuple[str, ...], ...], notes: tuple[str, ...] = ()) -> Table:
    return Table(
        columns=tuple(Column(key=label, label=label, unit=unit) for label, unit in heads),
        rows=tuple(tuple(map(text, row)) for row in rows),
        notes=notes,
    )


@pytest.fixture(scope="module")
def audits(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """The audit of each format of one document with three planted faults."""
    captions = (
        (first_cycles(), "Electrochemical performance of pristine Si and Si/Sn composites with varying contents."),
        (deformation(), "Plastic and elastic deformation energies of Si and silicide particles from indentations."),
        (long_comparison(), LONG_CAPTION),
    )
    document = Document(
        title="An anode",
        methods=(Section(title="Cycling", text=LONG),),
        items=tuple(
            Item(id=f"S{n}", kind="table", name=f"Table S{n}", caption=caption, table=made)
            for n, (made, caption) in enumerate(captions, start=1)
        ),
    )
    folder: Path = tmp_path_factory.mktemp("formats")
    written = report.write(document, folder, FORMATS)
    return {name: audit_file(path) for name, path in zip(FORMATS, written, strict=True)}


def found(one: Report) -> Counter[tuple[str, str, str]]:
    """What was checked and seen, without the spaces that formats set differently."""
    return Counter((f.rule, f.what.replace(" ", ""), f.verdict) for f in one.findings if f.rule != "checklist")


@pytest.mark.parametrize("name", FORMATS)
def test_the_planted_faults_are_found(audits: dict[str, Report], name: str) -> None:
    alarms = {(finding.rule, finding.places[0].where) for finding in audits[name].alarms if finding.severity != "note"}
    assert alarms == {
        ("coulombic_efficiency", "Table S1"),
        ("sum_of_parts", "Table S2"),
        ("column_units", "Table S3"),
    }


@pytest.mark.parametrize("name", FORMATS[1:])
def test_every_format_gives_the_same_findings(audits: dict[str, Report], name: str) -> None:
    assert found(audits[name]) == found(audits["docx"])


@pytest.mark.parametrize("name", FORMATS[1:])
def test_every_format_gives_the_same_tables(audits: dict[str, Report], name: str) -> None:
    def cells(one: Report) -> dict[str, list[list[str]]]:
        tables = (table for table in one.facts.paper.tables if table.name.startswith("Table S"))
        return {t.name: [["".join(c.split()).replace("−", "-") for c in row] for row in t.texts()] for t in tables}

    assert cells(audits[name]) == cells(audits["docx"])
