"""Formats: merges, raised and lowered text, captions, footnotes, tracked changes, what a format marks and what not."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from halfcell.audit.extract import extract
from halfcell.core.printed_document import Paper

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _p(*runs: str) -> str:
    return "<w:p>" + "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def _tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_p(text)}</w:tc>"


def _docx(tmp_path: Path, body: str, notes: str = "") -> Paper:
    path = tmp_path / "x.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        if notes:
            archive.writestr("word/footnotes.xml", f"<w:footnotes {W}>{notes}</w:footnotes>")
    return extract(path)


def test_docx_merges_both_ways(tmp_path: Path) -> None:
    start, on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = [
        _tc("Cell", start) + _tc("Masses (mg)", wide) + _tc("Energy (Wh)", start),
        _tc("", on) + _tc("anode") + _tc("cathode") + _tc("", on),
        _tc("A") + _tc("1.0") + _tc("2.0") + _tc("3.0"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    paper = _docx(tmp_path, _p("Table 1 Masses") + table)
    made = paper.tables[0]
    assert made.texts() == [
        ["Cell", "Masses (mg)", "", "Energy (Wh)"],
        ["", "anode", "cathode", ""],
        ["A", "1.0", "2.0", "3.0"],
    ]
    assert (made.at[0, 0].rows, made.at[0, 1].columns, made.at[0, 3].rows) == (2, 2, 2)
    assert (made.name, made.caption) == ("Table 1", "Masses")


def test_docx_raised_lowered_hidden_deleted(tmp_path: Path) -> None:
    def run(text: str, properties: str = "") -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"

    raised, lowered = ('<w:vertAlign w:val="superscript"/>', '<w:vertAlign w:val="subscript"/>')
    deleted, inserted = "<w:del><w:r><w:delText>99</w:delText></w:r></w:del>", f"<w:ins>{run('!')}</w:ins>"
    cell = (
        run("CoSi") + run("2", lowered) + run("83.6") + run("a", raised) + deleted + inserted + run("x", "<w:vanish/>")
    )  # fmt: skip
    table = f"<w:tbl><w:tr><w:tc>{_p(cell)}</w:tc></w:tr></w:tbl>"
    made = _docx(tmp_path, table + _p("a measured twice"), notes=f"<w:footnote>{_p('A footnote.')}</w:footnote>")
    assert made.tables[0].at[0, 0].text == "CoSi283.6a!"
    assert made.tables[0].at[0, 0].markup == "CoSi_{2}83.6^{a}!"
    assert made.tables[0].notes == ("a measured twice",)
    assert made.paragraphs == ("A footnote.",)


def test_caption_below(tmp_path: Path) -> None:
    table = f"<w:tbl><w:tr>{_tc('x')}{_tc('1')}</w:tr></w:tbl>"
    paper = _docx(
        tmp_path, table + _p("Table S3. Below its table") + _p("Table S3 shows that captions are no sentences.")
    )
    assert [(t.name, t.caption) for t in paper.tables] == [("Table S3", "Below its table")]
    assert len(paper.captions) == 1


def _write(tmp_path: Path, name: str, text: str) -> Paper:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return extract(path)


def test_html_spans_marks_and_digits(tmp_path: Path) -> None:
    paper = _write(tmp_path, "x.html", """<html><body><p>Table 2. Cells</p><table>
        <thead><tr><th rowspan="2">Cell</th><th colspan="2">Mass (mg cm<sup>&minus;2</sup>)</th></tr>
        <tr><th>anode</th><th>cathode</th></tr></thead>
        <tr><td>Si/CoSi<sub>2</sub></td><td>87.0</td><td>0.50<sup>a</sup></td></tr></table>
        <script>var x = "<table><tr><td>no</td></tr></table>";</script></body></html>""")  # fmt: skip
    table = paper.tables[0]
    assert len(paper.tables) == 1
    assert table.texts()[2] == ["Si/CoSi2", "87.0", "0.50a"]
    assert table.at[2, 2].markup == "0.50^{a}"
    assert (table.head_rows, table.at[0, 0].rows, table.at[0, 1].columns) == (2, 2, 2)


def test_html_entities_of_a_file_are_not_read(tmp_path: Path) -> None:
    paper = _write(
        tmp_path, "x.html", '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><p>Table 1 A&a;</p></html>'
    )
    assert "root:" not in str(paper)


def test_markdown(tmp_path: Path) -> None:
    paper = _write(
        tmp_path,
        "x.md",
        "**Table 1.** Cells\n\n| Cell \\| name | *E* (mWh) |\n|:--|--:|\n| A | 7.10 |\n| B | 1.2<sup>b</sup> |\n\ntext",
    )
    table = paper.tables[0]
    assert table.texts() == [["Cell | name", "E (mWh)"], ["A", "7.10"], ["B", "1.2b"]]
    assert (table.name, table.caption, table.at[2, 1].markup) == ("Table 1", "Cells", "1.2^{b}")


def test_latex(tmp_path: Path) -> None:
    paper = _write(tmp_path, "x.tex", r"""\documentclass{article}\begin{document}
        \begin{table}\caption{Cells at \SI{25}{\celsius}. % not this
        }\begin{tabular}{@{}l S c@{}}\toprule
        Anode & {Loading (\si{mg.cm^{-2}})} & Capacity (mAh\,g$^{-1}$)\\ \midrule
        \multirow{2}{*}{\ce{CoSi2}} & 15.30 & 1\,100 \\ \cmidrule(lr){2-3}
         & 12.70 & $1.2 \times 10^{3}$ \\ \multicolumn{2}{c}{both} & 5\% \\ \bottomrule
        \end{tabular}\end{table}\end{document}""")  # fmt: skip
    table = paper.tables[0]
    assert (table.name, table.caption) == ("Table 1", "Cells at 25 °C.")
    assert table.texts()[1:] == [["CoSi2", "15.30", "1 100"], ["", "12.70", "1.2 × 103"], ["both", "", "5%"]]
    assert table.at[0, 2].text == "Capacity (mAh g-1)"
    assert (table.at[1, 0].rows, table.at[3, 0].columns) == (2, 2)
    assert table.at[2, 2].markup == "1.2 × 10^{3}"


def test_csv_keeps_its_digits(tmp_path: Path) -> None:
    paper = _write(tmp_path, "cells.csv", 'Cell;Mass (mg);Note\nA;8.730500000000001;"x;y"\nB;1.50;z;more\n')
    table = paper.tables[0]
    assert table.texts()[1][:3] == ["A", "8.730500000000001", "x;y"]
    assert "4 cells" in table.at[2, 3].doubt


def test_sheets_of_data_beyond_the_cells_of_an_audit_are_left_out_and_named(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.title = "Table S1"
    for row in (("Sample", "Capacity (mAh/g)"), ("A", 612.5), ("B", 598.1)):
        book.active.append(row)
    for name in ("cell 1", "cell 2"):
        sheet = book.create_sheet(name)
        for cycle in range(1, 1900):
            sheet.append([cycle, *(600.0 - 0.1 * cycle - column for column in range(9))])
    book.save(tmp_path / "x.xlsx")
    paper = extract(tmp_path / "x.xlsx")
    assert [len(table.cells) > 6 for table in paper.tables] == [False, True]
    assert [note.text for note in paper.notes if note.code == "sheets_left_out"] == [
        "1 sheet with data, not printed tables, left out: cell 2"
    ]


def test_xlsx_prints_as_its_format_says(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Cell", "Mass (mg)", "Share"])
    sheet.append(["A", 15.3, 0.9245])
    sheet["B2"].number_format, sheet["C2"].number_format = "0.00", "0.0%"
    sheet.merge_cells("A2:A3")
    sheet.append([None, 0.3, 12])
    book.save(tmp_path / "x.xlsx")
    table = extract(tmp_path / "x.xlsx").tables[0]
    assert table.texts() == [
        ["Cell", "Mass (mg)", "Share"],
        ["A", "15.30", "92.5 %"],
        ["", "0.3", "12"],
    ]
    assert table.at[1, 0].rows == 2


@pytest.mark.parametrize(
    "text", ["Table S1 Cells\nA\t1\t2\nB\t3\t4\n", "Table S1 Cells\n\tA\n\t1\n\t2\n\n\tB\n\t3\n\t4\n"]
)
def test_text_by_cells_and_by_rows(tmp_path: Path, text: str) -> None:
    assert _write(tmp_path, "x.txt", text).tables[0].texts() == [["A", "1", "2"], ["B", "3", "4"]]


def test_leftovers_of_a_conversion(tmp_path: Path) -> None:
    paper = _write(tmp_path, "x.txt", "[image: ]\n[bookmark: _Hlk1]Fig. S10 Sizes: a one, b two\n")
    assert [(c.name, c.text) for c in paper.captions] == [("Fig. S10", "Sizes: a one, b two")]


def test_pdf_with_a_list_of_tables(tmp_path: Path) -> None:
    """Captions that follow each other directly, as in a table of contents, have no table between them."""
    import typst

    source = tmp_path / "x.typ"
    source.write_text("Table S1 Sizes 2\n\nTable S2 Masses 3\n\nTable S3 Areas 4\n", encoding="utf-8")
    typst.compile(str(source), output=str(tmp_path / "x.pdf"))
    paper = extract(tmp_path / "x.pdf")
    assert [caption.name for caption in paper.captions] == ["Table S1", "Table S2", "Table S3"]
    assert paper.tables == ()


M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def test_docx_mathematics_and_text_boxes(tmp_path: Path) -> None:
    sup = "<m:sup><m:r><m:t>−1</m:t></m:r></m:sup>"
    power = f"<m:sSup><m:e><m:r><m:t> </m:t></m:r></m:e>{sup}</m:sSup>"
    unit = f"<m:oMath {M}><m:r><m:t>mAh g</m:t></m:r>{power}</m:oMath>"
    box = f"<w:r><w:txbxContent>{_p('Table S3. In a text box')}</w:txbxContent></w:r>"
    head = _tc("Sample") + "<w:tc>" + _p("Capacity (", unit, ")") + "</w:tc>"
    table = f"<w:tbl><w:tr>{head}</w:tr><w:tr>{_tc('A')}{_tc('512.1')}</w:tr></w:tbl>"
    made = _docx(tmp_path, _p("Text", box) + table).tables[0]
    assert (made.name, made.caption) == ("Table S3", "In a text box")
    assert (made.at[0, 1].text, made.at[0, 1].markup) == ("Capacity (mAh g −1)", "Capacity (mAh g ^{−1})")


def test_docx_raised_after_lowered(tmp_path: Path) -> None:
    def run(text: str, place: str) -> str:
        return f'<w:r><w:rPr><w:vertAlign w:val="{place}"/></w:rPr><w:t>{text}</w:t></w:r>'

    cell = _p("CoSi", run("2", "subscript"), run("a", "superscript"), run(",b", "superscript"))
    made = _docx(tmp_path, f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>")
    assert made.tables[0].at[0, 0].markup == "CoSi_{2}^{a,b}"
