"""How long an audit takes: an article of 15 pages as HTML, a thesis of 200 pages as PDF, and twice of each.

Run by hand: ``python benchmarks/audit_speed.py``. It prints CPU seconds of ``halfcell audit`` in a process of its own,
start included, and the ratio for twice the document. The goals are 2 s for the article and 60 s for the thesis.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from printed_documents import Document, Table, pdf
from publisher_pages import publisher_page

WORDS = [
    "the",
    "electrode",
    "was",
    "tested",
    "in",
    "a",
    "cell",
    "with",
    "lithium",
    "metal",
    "and",
    "gave",
    "a",
    "stable",
    "capacity",
    "over",
    "many",
    "cycles",
    "while",
    "silicon",
    "particles",
    "stayed",
    "intact",
    "in",
    "the",
    "matrix",
    "of",
    "tin",
    "and",
    "cobalt",
    "silicide",
    "which",
    "conducts",
    "electrons",
]
HEADS = ["Material", "Initial discharge capacity (mAh g^{−1})", "Initial charge capacity (mAh g^{−1})", "ICE (%)"]
WORDS_A_PAGE = 450


def document(pages: int, tables: int) -> Document:
    """Running text of so many pages, and tables of 12 rows."""
    chosen = random.Random(1)
    texts = [
        " ".join(chosen.choice(WORDS) for _ in range(90)).capitalize() + f". S{n % 12} delivered 3916.2 mAh g^{{−1}}."
        for n in range(pages * WORDS_A_PAGE // 100)
    ]
    rows = [[f"S{i}", f"39{i:02d}.2", f"32{i:02d}.4", "83.1"] for i in range(12)]
    made = [Table(f"First cycles of the anodes in half cells, batch {n}", [HEADS, *rows]) for n in range(tables)]
    return Document(made, abstract="The anodes were tested in half cells.", before=texts)


def seconds(path: Path) -> float:
    """CPU seconds of one audit in a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "halfcell", "audit", str(path)], capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _page(made: Document, path: Path) -> None:
    path.write_text(publisher_page(made, "arxiv"), encoding="utf-8")


def main() -> None:
    """Measure."""
    cases: tuple[tuple[str, str, int, int, Callable[[Document, Path], None]], ...] = (
        ("article", "html", 15, 6, _page),
        ("thesis", "pdf", 200, 30, pdf),
    )
    with tempfile.TemporaryDirectory() as folder:
        for name, suffix, pages, tables, write in cases:
            found = []
            for times in (1, 2):
                path = Path(folder) / f"{name}{times}.{suffix}"
                write(document(times * pages, times * tables), path)
                found.append(seconds(path))
            print(f"{name} of {pages} pages ({suffix}): {found[0]:.1f} s; twice as long: x {found[1] / found[0]:.2f}")


if __name__ == "__main__":
    main()
