"""Promises of the audit: cold start, import cost, a long PDF, the fraction of typing errors that it finds."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from halfcell.audit.extract import extract

ROOT = Path(__file__).resolve().parents[3]


def _run(*words: str) -> tuple[subprocess.CompletedProcess[str], float]:
    """Run another interpreter; returns its outcome and the processor time it took (other work does not count)."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_whole_document_from_a_cold_start(document: Path) -> None:
    done, seconds = _run("-m", "halfcell", "audit", str(document))
    assert done.returncode == 1
    assert seconds < 2


def test_a_text_loads_no_pdf_reader_and_nothing_that_draws(document: Path) -> None:
    call = f"audit_file({str(document)!r}, Settings(joint=False))"
    code = f"import sys\nfrom halfcell.audit import audit_file, Settings\n{call}\nprint(*sys.modules)"
    done, _ = _run("-c", code)
    loaded = {name.split(".")[0] for name in done.stdout.split()}
    heavy = {"pdfplumber", "pdfminer", "matplotlib", "plotly", "scipy", "numpy", "bs4", "docx", "openpyxl", "pint"}
    assert loaded.isdisjoint(heavy)


def _study() -> ModuleType:
    spec = spec_from_file_location("audit_mutations", ROOT / "benchmarks" / "audit_mutations.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_typing_errors_are_found(document: Path) -> None:
    """Of 150 typing errors, at least 80 % by intervals and 93 % with strict checks (see docs/audit-mutations.md)."""
    found = _study().study(extract(document), sample=150)
    tried, intervals, strict = (sum(row[i] for row in found.kinds.values()) for i in range(3))
    assert (tried, found.cells >= 100, found.population >= 4000) == (150, True, True)
    assert intervals / tried >= 0.80
    assert strict / tried >= 0.93


@pytest.mark.slow
def test_two_hundred_pages(tmp_path: Path) -> None:
    """A PDF of 200 full pages with one table each, half of them ruled: under a minute of processor time."""
    import typst

    rows = ",".join(f"[Si/Sn-{i}],[{3000 + i}.5],[{2700 + i}.5],[90.0]" for i in range(18))
    head = "[Materials],[Initial discharge capacity (mAh g-1)],[Initial charge capacity (mAh g-1)],[ICE (%)]"
    text = "The powders were milled under argon and the electrodes dried in vacuum overnight before use. " * 34
    table = f"columns: 4, {head}, {rows}"
    pages = (
        f"*Table S{n}* First cycle of anodes, set {n}\n\n#table(stroke: {'0.5pt' if n % 2 else 'none'}, {table})\n\n"
        f"{text}\n#pagebreak()\n"
        for n in range(1, 201)
    )
    source = tmp_path / "long.typ"
    source.write_text('#set page(paper: "a4")\n#set text(size: 10pt)\n' + "".join(pages), encoding="utf-8")
    typst.compile(str(source), output=str(tmp_path / "long.pdf"))
    seen: list[tuple[int, int, str]] = []
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    paper = extract(tmp_path / "long.pdf", lambda *step: seen.append(step))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_utime - before < 60
    assert seen == [(n, len(seen), "page") for n in range(1, len(seen) + 1)]
    assert len(seen) >= 200
    assert {(t.height, t.width) for t in paper.tables} == {(19, 4)}
    assert len(paper.tables) == 200
