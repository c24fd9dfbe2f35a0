"""Real files of every reader, cut or delimited or encoded anew: the same numbers, a prefix, an error or a note.

The oracle is the whole file, see `mutants`; the seed is fixed. ``python docs/make_damaged_files.py`` makes ten times as
many and writes the outcomes to ``docs/damaged-files.md``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzzed_files import FILES, MADE, NAMES, WITHOUT, fuzzed, spoiled
from halfcell.core.plugins import plugins

MUTANTS = 2000
SPOILED = 500


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_mutant_of_a_real_file_is_read_wrong_without_a_word(data: Path, tmp_path: Path, name: str) -> None:
    if not name.startswith("made.") and not (data / name).is_file():
        pytest.skip(f"no file {name} in the data")
    found = fuzzed(data, name, tmp_path, round(MUTANTS / len(NAMES)))
    assert [one for one in found if one.verdict in {"silent", "unexpected"}] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_spoiled_copy_of_a_real_file_ends_in_a_traceback(data: Path, tmp_path: Path, name: str) -> None:
    """Nor takes more than 10 s of computing, or a gigabyte."""
    if not name.startswith("made.") and not (data / name).is_file():
        pytest.skip(f"no file {name} in the data")
    found = spoiled(data, name, tmp_path, round(SPOILED / len(NAMES)))
    assert [one for one in found if one.verdict == "unexpected" or one.megabytes > 1024] == []


def test_every_reader_is_fuzzed_or_says_why_not() -> None:
    ours = {name for name, plugin in plugins("readers").items() if not plugin.is_foreign}
    assert set(FILES) | set(MADE) | set(WITHOUT) == ours
    assert len(FILES) + len(MADE) + len(WITHOUT) == len(ours)
