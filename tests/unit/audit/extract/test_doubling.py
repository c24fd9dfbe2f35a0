"""The work of an audit grows in proportion to its document: twice the document, twice the calls, in each format."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import printed_documents as written
from halfcell.audit import Settings, audit_file
from printed_documents import Document, Table

MOST = 2.35  # calls for twice the document; quadratic work would be 4
HEADS = ["Material", "Initial discharge capacity (mAh/g)", "Initial charge capacity (mAh/g)", "ICE (%)"]


def _document(size: int) -> Document:
    """Paragraphs, statements and tables, `size` of each; names of their own, so that nothing was kept before."""
    names = [f"S{size}x{n}" for n in range(size)]
    tables = [
        Table(
            f"First cycles of the anodes {name} in half cells",
            [HEADS, *([f"{name}-{i}", f"39{i}6.2", f"32{i}5.4", "83.6"] for i in range(4))],
        )
        for name in names
    ]
    texts = [
        f"Table {n} lists the anodes. {name}-1 delivered an initial discharge capacity of 3916.2 mAh/g."
        for n, name in enumerate(names, start=1)
    ]
    return Document(tables, before=texts, after=["The cells were made in the same way, and measured at 25 °C."] * size)


def _text(make: Callable[[Document], str]) -> Callable[[Document, Path], None]:
    return lambda document, path: (path.write_text(make(document), encoding="utf-8"), None)[1]


FORMATS: dict[str, Callable[[Document, Path], None]] = {
    "html": _text(written.html),
    "xml": _text(written.jats),
    "md": _text(written.markdown),
    "tex": _text(written.latex),
    "docx": written.docx,
    "xlsx": written.xlsx,
    "pdf": lambda document, path: written.pdf(document, path, columns=2),
}


def _calls(path: Path) -> int:
    """How many functions an audit calls."""
    count = 0

    def on(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(on)
    try:
        audit_file(path, Settings(checklist="none", joint=False))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("suffix", FORMATS)
def test_twice_the_document_is_twice_the_work(suffix: str, tmp_path: Path) -> None:
    counts = []
    for size in (2, 8, 16):  # the first one fills what is kept
        path = tmp_path / f"{size}.{suffix}"
        FORMATS[suffix](_document(size), path)
        counts.append(_calls(path))
    assert counts[2] / counts[1] < MOST
