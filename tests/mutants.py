"""Damaged and re-encoded copies of an instrument's file, and the oracle that judges what is read from one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import HalfcellError
from halfcell.core.measurement import Measurement
from halfcell.core.time_limit import time_limit
from halfcell.readers import read_all
from halfcell.readers.common import text_tail
from measured import measured
from spoiled_bytes import spoiled_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_BLANKS = re.compile(rb"(?<=\S)[ \t]{1,}(?=\S)")
SECONDS = 10.0
"""Of computing, for one mutant."""


@dataclass(frozen=True)
class Outcome:
    """What came of reading a mutant, and what it cost.

    `verdict` is "same", "prefix", "refused", "told", "silent", "unexpected" (a traceback or no end), or "other" where
    the bytes themselves were changed, and other numbers are what the file says.
    """

    number: int
    kind: str
    verdict: str
    detail: str = ""
    seconds: float = 0.0  # of computing
    megabytes: float = 0.0


def mutant(content: bytes, chance: random.Random) -> tuple[str, bytes]:
    """What was done, and the mutant: cut, or (texts) a row without a field, other line ends, encoding or delimiter."""
    if not _is_text(content):
        return "cut", content[: _place(content, chance)]
    kind = chance.choice(["cut", "cut", "cut", "field", "line ends", "encoding", "delimiter"])
    return kind, {
        "cut": lambda: content[: _place(content, chance)],
        "field": lambda: _without_field(content, chance),
        "line ends": lambda: _line_ends(content, chance),
        "encoding": lambda: _encoded(content, chance),
        "delimiter": lambda: _delimited(content, chance),
    }[kind]()


def _is_text(content: bytes) -> bool:
    return b"\0" not in content and content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] not in {b"<", b"{"}


def _place(content: bytes, chance: random.Random) -> int:
    """Where a file is cut: anywhere, or (one in three) within the last 200 bytes."""
    first = max(len(content) - 200, 1) if chance.randrange(3) == 0 else 1
    return chance.randrange(first, len(content))


def _without_field(content: bytes, chance: random.Random) -> bytes:
    """One row of the table without one of its fields; the row is one among rows of as many fields."""
    lines = content.split(b"\n")
    for _ in range(50):
        place = chance.randrange(len(lines))
        around = lines[max(place - 2, 0) : place + 3]
        mark = next((mark for mark in (b"\t", b";", b",") if mark in lines[place]), b" ")
        counts = {len(_fields(line, mark)) for line in around}
        if len(around) == 5 and len(counts) == 1 and counts != {1} and _is_row(lines[place]):
            cells = _fields(lines[place], mark)
            del cells[chance.randrange(len(cells))]
            lines[place] = mark.join(cells)
            return b"\n".join(lines)
    return content


def _fields(line: bytes, mark: bytes) -> list[bytes]:
    return line.split() if mark == b" " else line.split(mark)


def _is_row(line: bytes) -> bool:
    return sum(character in b"0123456789" for character in line) > 0.4 * len(line.strip())


def _line_ends(content: bytes, chance: random.Random) -> bytes:
    plain = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return plain.replace(b"\n", chance.choice([b"\n", b"\r\n", b"\r", b"\r\r\n"]))


def _encoded(content: bytes, chance: random.Random) -> bytes:
    """The text in UTF-16 or in UTF-8 with a byte-order mark."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return text.encode(chance.choice(["utf-16", "utf-8-sig"]))


def _delimited(content: bytes, chance: random.Random) -> bytes:
    """The text with other marks between its fields, and with decimal commas where they cannot be taken for a mark."""
    mark = max((b"\t", b";", b","), key=content.count)
    if content.count(mark) < content.count(b"\n"):
        return _BLANKS.sub(chance.choice([b"\t", b"  "]), content)
    others = [b";", b"\t"] if mark == b"," else [other for other in (b";", b"\t") if other != mark]
    made = content.replace(mark, chance.choice(others))
    return re.sub(rb"(?<=\d)\.(?=\d)", b",", made) if chance.randrange(3) == 0 else made


def judged(path: Path, whole: Sequence[Measurement], told: set[str]) -> tuple[str, str]:
    """The verdict on the mutant at a path; the whole file gave `whole` and the notes `told`.

    A note on the last row says what is amiss with a mutant also where the whole file has it.
    """
    try:
        with time_limit(SECONDS, "FUZZING", path.name, ""):
            made = read_all(path)
    except HalfcellError as error:
        text = str(error)
        return ("unexpected", text) if " failed: " in text or "FUZZING" in text else ("refused", text)
    if {note.code for m in made for note in m.notes} - (told - text_tail.CODES):
        return "told", ""
    return _compared(whole, made)


def _compared(whole: Sequence[Measurement], made: Sequence[Measurement]) -> tuple[str, str]:
    """Whether the numbers are those of the whole file or its beginning (its end where the axis was turned round)."""
    if len(made) > len(whole):
        return "silent", f"{len(made)} measurements for {len(whole)}"
    for one, other in zip(made, whole, strict=False):
        if one.technique != other.technique:
            return "silent", f"{one.technique} for {other.technique}"
        wrong = _differing(one, other)
        if wrong:
            return "silent", f"{wrong} of {len(one)} rows for {len(other)}"
    is_same = len(made) == len(whole) and all(len(a) == len(b) for a, b in zip(made, whole, strict=True))
    return ("same" if is_same else "prefix"), ""


def _differing(one: Measurement, other: Measurement) -> str:
    """Names of columns that are neither the beginning nor, all of them, the end of those of the whole file."""
    names = sorted(set(one.columns) & set(other.columns))
    count = len(one)
    first = [name for name in names if not _equal(name, one[name], other[name][:count])]
    last = [name for name in names if not _equal(name, one[name], other[name][-count:])]
    return ", ".join(first) if first and last else ""


def _equal(name: str, one: Array, other: Array) -> bool:
    """Equal numbers; shares are divided by their sum, and the sum may miss what the file's rounding hides."""
    if name == "share_percent" and len(one) == len(other):
        return np.allclose(one, other, rtol=2e-4)
    return np.array_equal(one, other, equal_nan=True)


def outcomes(path: Path, content: bytes, count: int, chance: random.Random, make: Mutate = mutant) -> list[Outcome]:
    """What comes of `count` mutants of a file, each written to `path` and read."""
    path.write_bytes(content)
    whole = read_all(path)
    told = {note.code for m in whole for note in m.notes}
    found = []
    for number in range(count):
        kind, made = make(content, chance)
        path.write_bytes(made)
        cost = measured(lambda: judged(path, whole, told))
        found.append(Outcome(number, kind, *cost.found, cost.seconds, cost.megabytes))
    return found


def spoiled_outcomes(path: Path, content: bytes, count: int, chance: random.Random) -> list[Outcome]:
    """The same with copies whose bytes were changed: no oracle knows their numbers, but reading them must end well."""
    found = outcomes(path, content, count, chance, lambda whole, how: ("spoiled", spoiled_file(whole, how)[1]))
    return [replace(one, verdict="other", detail="") if one.verdict == "silent" else one for one in found]


Mutate = Callable[[bytes, random.Random], tuple[str, bytes]]
