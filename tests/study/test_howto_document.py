"""The how-to page on the document: its example is part of a study that runs, and its submission has what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import docx
import pytest

from halfcell.cli import main

PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "write-the-document.md"


def _with_the_example(root: Path) -> None:
    """Put the page's example before the study's own tables."""
    example = re.search(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert example
    study = (root / "study.toml").read_text(encoding="utf-8").replace('title = "Weights"', "")
    (root / "study.toml").write_text(example.group(1) + study.replace("of all.", "of all [@tool]."), encoding="utf-8")
    entries = "@book{bard2001, title = {Methods}, year = {2001}}\n@misc{tool, title = {A tool}, year = {2026}}\n"
    (root / "references.bib").write_text(entries, encoding="utf-8")


def test_the_example_of_the_page(drawn, capsys) -> None:
    pytest.importorskip("citeproc", reason="citeproc-py is not installed")
    _with_the_example(drawn.root)
    assert main(["report", str(drawn.root), "--format", "docx", "latex", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["failed"] == {}
    text = "\n".join(one.text for one in docx.Document(str(drawn.root / "out" / "si.docx")).paragraphs)
    assert "Ada Lovelace1,*, Charles Babbage1,2" in text
    assert "General. Powders were milled as reported before1." in text
    assert "Weighing. Cells were weighed in a glove box." in text
    assert "Weights of all3." in text  # the second is that of the program
    assert "(1) Methods; 2001." in text or "(1) Methods. 2001." in text
    latex = (drawn.root / "out" / "si.tex").read_text(encoding="utf-8")
    assert r"\textbf{Fig. S1} Weights of all\textsuperscript{3}." in latex


def test_strict_refuses_while_doubts_are_open(drawn, shell) -> None:
    (drawn.root / "raw" / "A1.wgt").write_text("weights\nx\n")
    done = shell("report", "--strict", "--format", "html", "docx", "--json", cwd=drawn.root)
    assert done.returncode == 1
    assert [Path(path).name for path in json.loads(done.stdout)["written"]] == ["review.html"]
    assert not (drawn.root / "out" / "si.docx").exists()
    assert "the submission was not written (--strict)" in done.stderr
