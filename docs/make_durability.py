"""Let each operation of a run fail and change each stored byte, and write docs/durability.md.

By hand: ``python docs/make_durability.py``, on Linux; writes many small files, which is quick with ``TMPDIR=/dev/shm``.
Ends with status 1 if a fault was neither told nor without effect, was not mended by the next run, or if a changed byte
was used.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from durability import Fault, Flipped

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "durability.md"
RUNS = 40
"""How often a run is made with one changed byte of a kind of stored file."""


WORDS = {
    "folder": "make a folder",
    "open": "open a file to write",
    "write": "write (half of it is written)",
    "sync": "sync a file",
    "rename": "rename a file",
    "remove": "remove a file",
}
TEXT = """# Durability

Made by `python docs/make_durability.py` with a small study of four cells, two figures, a table and the review document;
drawing is replaced by a stand-in that writes its files as the renderer does.

## Each operation of a run fails once

The {tried:,} runs of this table are first runs of the study. In each, one operation on its files fails: the disk is
full, the disk gives an error, or the process is killed at that moment. "Told" is a run that says what the system said;
"same bytes" is one that needed nothing of it, all outputs as they should be. In all of them the next run ended with
status 0, every file in `out/` and `study.lock` had the bytes of an undisturbed run, and `halfcell store verify` found
nothing; the last column counts those where anything of this was otherwise.

| operation | fault | runs | told | same bytes | killed | otherwise |
|---|---|---:|---:|---:|---:|---:|
{faults}

## Each stored byte is changed

One bit of each of the {all:,} bytes that the study keeps is changed, one byte at a time. "Found" is by what `halfcell
store verify` compares, "not used" is by what a run reads the file with: it then makes anew what the file held, and says
so. The last columns are whole runs with one byte changed, and those after which all outputs had the bytes of before.

| files | number | bytes | found | not used | runs | equal outputs |
|---|---:|---:|---:|---:|---:|---:|
{bytes}

Figures and tables in `out/` and raw files are compared by `store verify`, too. A run without a report believes their
size and time, and reads those again that were written within the tick of the clock of the file system (two seconds
where it keeps whole seconds).

## Other file systems

[test_network_folders.py](../tests/study/test_network_folders.py) lets the system answer as network folders, full and
read-only disks do:

- **No locks** (`ENOLCK`, `ENOSYS`, `EOPNOTSUPP`): a file names machine and process in place of the lock. A second run
  is refused and names both; after a kill the next run on that machine goes on.
- **No fsync** (`EINVAL`): a run goes on as always. A full disk that only fsync tells of is told, and no file of that
  name appears.
- **`out/` on another disk** (`EXDEV`): files are copied beside their place, then renamed.
- **A lost handle** (`ESTALE`), on reading or writing: it is told, with what to do; the next run completes the study.
- **Times of whole seconds, or of every second one**: a file that was written again within the tick is noticed, also by
  the quick look whether anything has changed.
- **A raw file from the future, a clock that went back**: its content decides each time.
- **A read-only folder**: `check`, `read` and `why` work; `run` says that the folder cannot be written, and to copy it.
"""


def main() -> int:
    """Make all runs and write the page."""
    sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "study" / "plugin")]
    import durability
    from small_study import small_study

    with tempfile.TemporaryDirectory() as folder, durability.undrawn():
        os.environ["FAKE_LOG"] = str(Path(folder) / "analyses.log")
        root = small_study(Path(folder))
        step = int(sys.argv[1]) if len(sys.argv) > 1 else 1
        found = list(durability.faulty(root, step))
        durability.run(root)
        flipped = durability.flipped(root, RUNS)
    wrong = [one for one in found if one.verdict not in {"told", "same bytes", "killed"}]
    for one in wrong:
        sys.stderr.write(f"{one}\n")
    PAGE.write_text(_page(found, flipped), encoding="utf-8")
    lost = [kind for kind, one in flipped.items() if not one.bytes == one.found == one.unused or one.runs != one.equal]
    return 1 if wrong or lost else 0


def _page(found: Sequence[Fault], flipped: Mapping[str, Flipped]) -> str:
    """The page with a row for each kind of operation, and one for each kind of stored file."""
    faults = dict.fromkeys(one.fault for one in found)
    rows = []
    for kind in dict.fromkeys(one.kind for one in found):
        for fault in faults:
            counts = Counter(one.verdict for one in found if (one.kind, one.fault) == (kind, fault))
            told, same, killed = (counts.pop(name, 0) for name in ("told", "same bytes", "killed"))
            tried = told + same + killed + counts.total()
            rows.append(f"| {WORDS[kind]} | {fault} | {tried} | {told} | {same} | {killed} | {counts.total()} |")
    bytes_ = [
        f"| {kind} | {one.files} | {one.bytes:,} | {one.found:,} | {one.unused:,} | {one.runs} | {one.equal} |"
        for kind, one in flipped.items()
    ]
    return TEXT.format(
        faults="\n".join(rows),
        tried=len(found),
        bytes="\n".join(bytes_),
        all=sum(one.bytes for one in flipped.values()),
    )


if __name__ == "__main__":
    sys.exit(main())
