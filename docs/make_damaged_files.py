"""Read 20,000 damaged copies of real files and write docs/damaged-files.md: ``python docs/make_damaged_files.py``.

Takes about six minutes and needs the real instrument files (`HALFCELL_DATA`). Ends with status 1 if a copy was read
wrong without a word, or ended in an exception that is not ours.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "damaged-files.md"
MUTANTS = 20_000
KINDS = ("cut", "field", "line ends", "encoding", "delimiter")
VERDICTS = ("same", "prefix", "told", "refused", "silent", "unexpected")


def main() -> int:
    """Make, read and count the mutants; write the page."""
    sys.path.insert(0, str(ROOT / "tests"))
    from fuzzed_files import FILES, MADE, fuzzed

    data = Path(os.environ.get("HALFCELL_DATA", ROOT.parent / "shared" / "data"))
    names = [name for files in (*FILES.values(), *MADE.values()) for name in files]
    counts: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(None):
        for name in names:
            found = fuzzed(data, name, Path(folder), round(MUTANTS / len(names)), "by hand ")
            counts.update((one.kind, one.verdict) for one in found)
    PAGE.write_text(page(counts, len(names), len(FILES) + len(MADE)), encoding="utf-8")
    return 1 if any(verdict in VERDICTS[4:] for _, verdict in counts) else 0


def page(counts: Counter[tuple[str, str]], files: int, readers: int) -> str:
    """The page with one row per kind of damage."""
    rows = [
        f"| {kind} | {sum(counts[kind, v] for v in VERDICTS):,} | "
        + " | ".join(f"{counts[kind, verdict]:,}" for verdict in VERDICTS)
        + " |"
        for kind in KINDS
    ]
    total = [sum(counts[kind, verdict] for kind in KINDS) for verdict in VERDICTS]
    last = f"| **all** | {sum(total):,} | " + " | ".join(f"{value:,}" for value in total) + " |"
    return TEXT.format(files=files, readers=readers, rows="\n".join([*rows, last]))


TEXT = """# Damaged files

Made by `python docs/make_damaged_files.py` from {files} files of {readers} readers (real ones; a few formats of
microscopes were written after their descriptions): copies that were cut at a
random byte, lost one field of one row, or got other line ends, another encoding (UTF-16, UTF-8 with a byte-order mark)
or other marks between their fields (also with decimal commas). Binary files, XML and JSON were only cut. A test reads
2,000 such copies, with another seed, in each run of `.ci/run`.

What is read from a copy is held against what is read from the whole file:

| damage | copies | same numbers | first part of them | a note tells it | refused | wrong, no word | exception |
|---|---:|---:|---:|---:|---:|---:|---:|
{rows}

"Same numbers" includes files that were cut behind their data. "First part of them" is a file that was cut between two
rows and whose format does not state how many there are. A changed digit is not among the damages: no reader can see it.
"""


if __name__ == "__main__":
    sys.exit(main())
