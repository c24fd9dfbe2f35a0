"""Read and audit 20,000 damaged copies of files and write docs/damaged-files.md: ``python docs/make_damaged_files.py``.

Takes about ten minutes of computing and needs the real instrument files (`HALFCELL_DATA`). With a word behind it other
copies are made. Ends with status 1 if a copy was read wrong without a word, ended in an exception that is not ours, or
took more than 10 s or 1 GiB.
"""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from mutants import Outcome

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "damaged-files.md"
DAMAGED, SPOILED, DOCUMENTS = 10_200, 7_700, 2_250
"""Copies of raw files with a known truth, copies of them with changed bytes, and copies of documents."""
KINDS = ("cut", "field", "line ends", "encoding", "delimiter")
VERDICTS = ("same", "prefix", "told", "refused", "silent", "unexpected")
USUAL, FEWEST, MOST = 50_000, 0.2, 2.0
"""Bytes of a file of which there is the usual number of copies; the least and the most parts of it."""
MOST_SECONDS, MOST_MEGABYTES = 10.0, 1024.0


class Part(NamedTuple):
    """What came of the copies of one part of the page."""

    files: int
    found: list[tuple[str, Outcome]]

    def bad(self) -> list[tuple[str, Outcome]]:
        """Those that should not be, with the file that they are copies of."""
        return [(name, one) for name, one in self.found if one.verdict in VERDICTS[4:] or _is_dear(one)]


def _is_dear(one: Outcome) -> bool:
    return one.seconds > MOST_SECONDS or one.megabytes > MOST_MEGABYTES


def main(words: Sequence[str] = ()) -> int:
    """Make, read and count the copies; write the page."""
    sys.path.insert(0, str(ROOT / "tests"))
    from fuzzed_documents import FORMATS, fuzzed_documents
    from fuzzed_files import FILES, MADE, NAMES, fuzzed, spoiled, whole_file

    salt = f"{words[0] if words else 'by hand'} "
    data = Path(os.environ.get("HALFCELL_DATA", ROOT.parent / "shared" / "data"))
    with tempfile.TemporaryDirectory() as place, contextlib.redirect_stderr(None):
        folder = Path(place)
        sizes = {name: len(whole_file(data, name)[1]) for name in NAMES}
        damaged = _part(sizes, DAMAGED, lambda name, count: fuzzed(data, name, folder, count, salt))
        changed = _part(sizes, SPOILED, lambda name, count: spoiled(data, name, folder, count, salt))
        equal = dict.fromkeys(FORMATS, USUAL)
        documents = _part(equal, DOCUMENTS, lambda name, count: fuzzed_documents(name, folder, count, salt))
    parts = (damaged, changed, documents)
    PAGE.write_text(page(parts, salt.strip(), len(FILES) + len(MADE)), encoding="utf-8")
    for name, one in (bad for part in parts for bad in part.bad()):
        sys.stderr.write(f"{name}: {one}\n")
    return 1 if any(part.bad() for part in parts) else 0


def _part(sizes: Mapping[str, int], copies: int, make: Callable[[str, int], list[Outcome]]) -> Part:
    """What comes of so many copies of files; of large ones there are fewer, since they take longer."""
    weights = {name: min(max((USUAL / size) ** 0.5, FEWEST), MOST) for name, size in sizes.items()}
    share = copies / sum(weights.values())
    return Part(
        len(sizes), [(name, one) for name, weight in weights.items() for one in make(name, round(share * weight))]
    )


def page(parts: tuple[Part, Part, Part], salt: str, readers: int) -> str:
    """The page with one row per kind of damage."""
    damaged, changed, documents = parts
    found = [one for part in parts for _, one in part.found]
    return TEXT.format(
        all=len(found),
        seed=salt,
        files=damaged.files,
        readers=readers,
        rows="\n".join(_damaged_rows([one for _, one in damaged.found])),
        spoiled="\n".join([_row("raw files", changed), _row("documents", documents)]),
        seconds=max(one.seconds for one in found),
        megabytes=max(one.megabytes for one in found),
        dear=sum(map(_is_dear, found)),
        slowest="\n".join(_slowest(parts)),
    )


def _damaged_rows(found: Sequence[Outcome]) -> Iterator[str]:
    for kind in (*KINDS, ""):
        alike = [one for one in found if not kind or one.kind == kind]
        counts = (sum(one.verdict == verdict for one in alike) for verdict in VERDICTS)
        cells = " | ".join(f"{count:,}" for count in counts)
        yield f"| {kind or '**all**'} | {len(alike):,} | {cells} |"


def _row(what: str, part: Part) -> str:
    verdicts = [one.verdict for _, one in part.found]
    refused, unexpected = verdicts.count("refused"), verdicts.count("unexpected")
    read = len(verdicts) - refused - unexpected
    dear = sum(_is_dear(one) for _, one in part.found)
    return f"| {what} | {len(verdicts):,} | {read:,} | {refused:,} | {unexpected} | {dear} |"


def _slowest(parts: Sequence[Part]) -> Iterator[str]:
    """The file whose copies took most: by time, and by memory."""
    found = [both for part in parts for both in part.found]
    for key in ("seconds", "megabytes"):
        name, one = max(found, key=lambda both: getattr(both[1], key))
        yield f"| {name} | {one.kind} | {one.verdict} | {one.seconds:.1f} | {one.megabytes:.0f} |"


TEXT = """# Damaged files

Made by `python docs/make_damaged_files.py {seed}`: {all:,} copies of files that were damaged, each read or audited by
itself. {dear} took more than 10 s of computing or 1 GiB; the most were {seconds:.1f} s and {megabytes:.0f} MB.

## Cut and converted

From {files} files of {readers} readers (real ones; a few formats of microscopes were written after their
descriptions): copies that were cut at a random byte, lost one field of one row, or got other line ends, another
encoding (UTF-16, UTF-8 with a byte-order mark) or other marks between their fields (also with decimal commas). Binary
files, XML and JSON were only cut. What is read from a copy is held against what is read from the whole file:

| damage | copies | same numbers | first part of them | a note tells it | refused | wrong, no word | exception |
|---|---:|---:|---:|---:|---:|---:|---:|
{rows}

"Same numbers" includes files that were cut behind their data. "First part of them" is a file that was cut between two
rows and whose format does not state how many there are.

## Changed bytes

Copies with bytes changed (in binary files often those of the head, where counts and places stand), pieces left out or
repeated up to 2,000 times, marks repeated up to 20,000 times, numbers made monstrous; in archives also within a
part that is packed again. What such a file says is not known, and a changed digit cannot be seen; reading it must end
with numbers or with a refusal. Documents are audited.

| copies of | number | read | refused | exception | more than 10 s or 1 GiB |
|---|---:|---:|---:|---:|---:|
{spoiled}

The copies that took the most time and the most memory:

| copy of | damage | end | s | MB |
|---|---|---|---:|---:|
{slowest}

A test reads 2,000 copies of the first kind and 500 of the second, with another seed, in each run of `.ci/run`.
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
