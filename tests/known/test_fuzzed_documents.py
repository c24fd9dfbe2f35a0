"""Documents that were cut, spoiled or made monstrous, of each format that is audited: read or refused, no more.

No traceback, no hang of more than 10 s of computing, no more than 1 GiB; the seed is fixed. By hand, ten thousand
mutants: ``pytest -m long tests/known/test_fuzzed_documents.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from fuzzed_documents import FORMATS, fuzzed_documents

MOST_MEMORY = 2**30  # bytes more than before


def _peak() -> int:
    """The most memory that this process has had, in bytes."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _fuzz(suffix: str, folder: Path, count: int, salt: str) -> None:
    before = _peak()
    found = fuzzed_documents(suffix, folder, count, salt)
    assert [one for one in found if one.verdict == "unexpected"] == []
    assert _peak() - before < MOST_MEMORY


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_few_mutants_of_each_format(suffix: str, tmp_path: Path) -> None:
    _fuzz(suffix, tmp_path, 12, "")


@pytest.mark.long
@pytest.mark.parametrize("suffix", FORMATS)
def test_many_mutants_of_each_format(suffix: str, tmp_path: Path) -> None:
    _fuzz(suffix, tmp_path, 60, "many ")


@pytest.mark.long
@pytest.mark.parametrize("suffix", FORMATS)
def test_ten_thousand_mutants(suffix: str, tmp_path: Path) -> None:
    _fuzz(suffix, tmp_path, 10_000 // len(FORMATS), "by hand ")


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_document_itself_is_read(suffix: str, tmp_path: Path) -> None:
    from halfcell.audit.extract import extract

    FORMATS[suffix](tmp_path / f"a.{suffix}")
    assert extract(tmp_path / f"a.{suffix}").tables
