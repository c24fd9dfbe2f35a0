"""Hostile documents and data files: each is read or refused, within 500 MB and 20 s of computing.

The times are measured by `docs/make_hostile_documents.py`; a test that fails on a busy machine proves nothing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from hostile_documents import DATA, DOCUMENTS, outcome, written

ALL = [
    (verb, suffix, name)
    for verb, table in (("audit", DOCUMENTS), ("read", DATA))
    for suffix, kinds in table.items()
    for name in kinds
]
FORMER = {  # took more than 2 s, or more than 500 MB
    *("html rows in tfoot", "html statements", "html character references", "html one row", "docx empty runs"),
    *("xlsx a large sheet", "xlsx merged cells", "xlsx sheets", "pdf false streams", "pdf packed run lengths"),
    *("pdf columns of a predictor", "pdf rectangles in a grid", "pdf a map of letters", "pdf annotations"),
    *("tex verbatim", "md bars"),
}


def _answered(folder: Path, verb: str, suffix: str, name: str) -> None:
    path = written(folder / f"a.{suffix}", (DOCUMENTS if verb == "audit" else DATA)[suffix][name])
    found = outcome(verb, path)
    assert found.is_answer, found


@pytest.mark.slow
@pytest.mark.parametrize(("verb", "suffix", "name"), [one for one in ALL if f"{one[1]} {one[2]}" in FORMER])
def test_it_is_read_or_refused(tmp_path: Path, verb: str, suffix: str, name: str) -> None:
    _answered(tmp_path, verb, suffix, name)


@pytest.mark.long
@pytest.mark.parametrize(("verb", "suffix", "name"), ALL)
def test_all_kinds(tmp_path: Path, verb: str, suffix: str, name: str) -> None:
    _answered(tmp_path, verb, suffix, name)
