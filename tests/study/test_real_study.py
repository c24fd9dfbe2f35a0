"""A study of public raw files in at most 80 lines: its submission looks like a published supplement.

Three cells of one material, two materials, XRD, impedance, thermogravimetry, a photograph, a micrograph, a table of the
author's own and ten references. The pages are looked at by people; the test looks at what can be told from them.
"""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from pathlib import Path

import pdfplumber
import pytest

import halfcell
from halfcell.cli import main
from halfcell.core.citations import bibtex_keys
from real_study import CELLS, REFERENCES, STUDY, write_study

SIDE = 30  # points; the margins are 43
FIGURES = tuple(f"Fig. S{n}" for n in range(1, 6))
TABLES = tuple(f"Table S{n}" for n in range(1, 4))


@pytest.fixture(scope="module")
def folder(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study of real files, run and written in all formats."""
    folder = tmp_path_factory.mktemp("real")
    outcome = halfcell.Study.load(write_study(folder, data)).run(workers=1)
    assert [item.failure for item in outcome.failed] == []
    assert main(["report", str(folder), "--format", "docx", "pdf", "latex", "xlsx"]) in {0, 1}
    return folder


def test_the_study_file_is_short() -> None:
    assert len(STUDY.splitlines()) <= 80
    assert len(bibtex_keys(REFERENCES)) == 10
    assert CELLS.count(",Si,half,") == 3


def _word_as_pdf(folder: Path) -> Path:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice: install Debian's libreoffice-writer")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder / "word"), "si.docx"]
    subprocess.run(command, cwd=folder / "out", check=True, capture_output=True, timeout=300)
    return folder / "word" / "si.pdf"


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_the_pages_of_the_submission(folder: Path, kind: str) -> None:
    path = folder / "out" / "si.pdf" if kind == "pdf" else _word_as_pdf(folder)
    with pdfplumber.open(path) as pdf:
        assert 4 <= len(pdf.pages) <= 8
        texts = [page.extract_text() or "" for page in pdf.pages]
        for page, text in zip(pdf.pages, texts, strict=True):
            assert all(word["x0"] >= SIDE and word["x1"] <= page.width - SIDE for word in page.extract_words())
            assert len(text) > 200, f"page {page.page_number} is nearly empty"
        for name in FIGURES:
            at = [at for at, text in enumerate(texts[1:], 1) if re.search(rf"^{re.escape(name)} ", text, re.MULTILINE)]
            assert len(at) == 1, name
            assert pdf.pages[at[0]].images or len(pdf.pages[at[0]].curves) > 5
    whole = "\n".join(texts)
    for name in TABLES:
        assert len(re.findall(rf"^{name} ", "\n".join(texts[1:]), re.MULTILINE)) == 1
    assert "Composition" in whole
    assert whole.count("Composition") == 1, "a merged head stands once above its columns"
    for word in ("halfcell run", "set current", "open doubt", ".halfcell", "numbers.csv"):
        assert word not in whole
    assert "through a microscope" in whole
    listed = [int(number) for number in re.findall(r"^\((\d+)\) [A-Z]", whole, re.MULTILINE)]
    assert listed == list(range(1, len(listed) + 1))
    assert whole.count("Boukamp, B. A.") == 1, "a work that halfcell cites too is listed once"


@pytest.mark.slow
def test_the_numbers_of_replicates_and_of_single_cells(folder: Path) -> None:
    """Three blocks of about 1470 ohm are averaged; Si cells at unlike currents are shown singly, which is said."""
    with (folder / "out" / "numbers.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    (mean,) = [row for row in rows if row["id"].startswith("S2:") and row["quantity"] == "resistance"]
    assert float(mean["value"]) == pytest.approx(1470.0, abs=2.0)
    assert mean["members"].count("P") >= 3
    (first,) = [row for row in rows if row["id"].startswith("S1:Si (Si-1):") and row["id"].endswith("efficiency")]
    assert float(first["value"]) == pytest.approx(92.6108, abs=0.01)  # Arbin's counters, see the data's MANIFEST
    table = (folder / "out" / "tables" / "S1.csv").read_text(encoding="utf-8")
    assert "Si (Si-3)" in table
