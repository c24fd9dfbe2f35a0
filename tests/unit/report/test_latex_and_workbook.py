"""LaTeX and the workbook of the submission: every item, texts escaped, numbers as numbers, equal bytes."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from gallery.document import REASON, document
from halfcell import report
from halfcell.report.latex.text import escaped, rich


@pytest.fixture(scope="module")
def folder(written: Path) -> Path:
    """The document written as LaTeX and as a workbook."""
    report.write(report.gather(document(), written), written, ("latex", "xlsx"))
    return written


def test_latex_has_every_item_and_its_figures(folder: Path) -> None:
    text = (folder / "si.tex").read_text(encoding="utf-8")
    for name in ("Fig. S1", "Fig. S7", "Table S1"):
        assert rf"\textbf{{{name}}}" in text
    paths = re.findall(r"\\includegraphics\[.*?\]\{\\detokenize\{(.*?)\}\}", text)
    assert [path.rsplit("/", 1)[-1] for path in paths] == ["S1.pdf", "S3.pdf", "S7.pdf", "S28.pdf"]
    assert all((folder / path).is_file() for path in paths)
    assert r"\multirow{2}{=}{Si/\allowbreak{}a-Sn/\allowbreak{}CoSi\textsubscript{2}}" in text
    assert text.count(r"\endfirsthead") == text.count(r"\caption[")  # a caption is never alone at the end of a page
    assert r"\multicolumn{2}{c}{crush \textless{}no\textgreater{} unloading}" in text
    assert r"$-$3.07(12) $\times$ 10\textsuperscript{$-$9}" in text
    assert rf"\note{{\textsuperscript{{a}}~{REASON}}}" in text
    assert text.count("{") == text.count("}")
    for opened in set(re.findall(r"\\begin\{(\w+)\}", text)):
        assert text.count(rf"\begin{{{opened}}}") == text.count(rf"\end{{{opened}}}")


def test_latex_escapes_what_is_special() -> None:
    assert escaped("50 % of A_B & C {x} \\ ~") == r"50 \% of A\_B \& C \{x\} \textbackslash{} \textasciitilde{}"
    assert rich("CoSi_{2} at 5 µm, −1 ± 2 Ω") == r"CoSi\textsubscript{2} at 5 \textmu{}m, $-$1 $\pm$ 2 $\Omega$"


def test_the_workbook_has_a_sheet_per_table_and_per_figures_data(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "si.xlsx")
    assert book.sheetnames == ["Contents", "Fig. S1", "Fig. S3", "Fig. S7", "Fig. S28", "Fig. S29", "Table S1"]
    rows = [list(row) for row in book["Table S1"].iter_rows(values_only=True)]
    heads = next(at for at, row in enumerate(rows) if row[0] == "Materials")
    assert rows[heads][1:3] == ["Initial Coulombic efficiency (%)", "± Initial Coulombic efficiency (%)"]
    assert rows[heads + 1][1:3] == [83.6371, 0.2]  # all digits
    assert ["file", "raw/cycling/Si.mpt", f"sha256 {'0f' * 32}"] in [row[:3] for row in rows]
    data = [cell for row in book["Fig. S7"].iter_rows(values_only=True) for cell in row]
    assert sum(isinstance(cell, float | int) for cell in data) > 100
    assert "technique" in [row[0] for row in book["Fig. S7"].iter_rows(values_only=True)]


def test_a_workbook_written_again_has_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    report.write(report.gather(document(), folder), tmp_path, ("xlsx",))
    assert (tmp_path / "si.xlsx").read_bytes() == (folder / "si.xlsx").read_bytes()


def test_latex_keeps_the_order_of_items_and_breaks_long_words(folder: Path) -> None:
    """Typeset by pdfTeX (TeX Live 2022): floats put tables before figures, addresses ran over the margin."""
    text = (folder / "si.tex").read_text(encoding="utf-8")
    assert r"\begin{figure}" not in text
    assert r"\captionof{figure}" in text
    assert "listformat=empty" in text
    assert rich("see https://doi.org/10.1107/S0108767301021298.") == (
        r"see \url{https://doi.org/10.1107/S0108767301021298}."
    )
    assert rich("(EC/DMC/EMC+5vol%FEC)") == (r"(EC/\allowbreak{}DMC/\allowbreak{}EMC+\allowbreak{}5vol\%FEC)")
    assert rich("Si/C") == "Si/C"
