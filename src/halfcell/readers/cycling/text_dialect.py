"""Text exports of cyclers (Maccor, Arbin, Neware, Landt, PEC, Novonix, Basytec, Digatron ...), one dialect each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.readers.common import cycler_dialect, cycler_languages, cycler_records, cycler_times, text_files
from halfcell.readers.common.cycler_text_writers import MARK

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.raw import RawFile

VERSION = "7"
SUFFIXES = ()

_SNIFFED = 16384  # bytes at the start by which a dialect is recognised
_ENCODINGS = ("utf-8", "gb18030", "latin-1")
_USUAL = ("utf-8", "latin-1", "cp1252")
_NUMBER_WITH_COMMA = re.compile(rb"(?:^|[\t;])\s*-?\d+,\d+\s*(?=[\t;\n]|$)", re.MULTILINE)


def recognises(raw: RawFile) -> bool:
    """Whether the file starts with the column headers of a dialect in ``readers/common/dialects``."""
    if b"\0" in raw.head[:4096] and not raw.head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return _known(raw.head) is not None


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read the records by the dialect that the file matches.

    Raises
    ------
    InputError
        If the file is truncated in its header, lacks a required column, or an entry is not a number.
    """
    known = _known(raw.head)
    if known is None:
        raise InputError("unknown columns", hint="name them in the study file")
    dialect, encoding = known
    if dialect.refuse:
        raise InputError(dialect.refuse, hint=f"it was recognised as {dialect.summary}")
    content = text_files.lines_as_lf(raw.read())
    head, heads, body, line = _split(dialect, content, encoding)
    notes = [Note("info", "encoding", f"read with encoding {encoding}")] if encoding not in _USUAL else []
    if encoding != "utf-8" and not body.isascii():
        body = body.decode(encoding, errors="replace").encode()
    separator = _separator(heads)
    if separator != "," and _NUMBER_WITH_COMMA.search(body[:4000]):
        body = body.replace(b",", b".")
        notes.append(Note("info", "decimal_comma", "numbers have a decimal comma"))
    names = heads.split(separator)
    if dialect.layout == "levels":
        names, body = _flat(head, body, names)
    body, cut = text_files.whole_rows(body, separator, line)
    places = cycler_dialect.assign(dialect, names)
    unique = [f"{place}: {name.strip()}" for place, name in enumerate(names)]
    frame = text_files.frame(body, unique, sorted({place for place, _ in places.values()}), separator, line)
    there = set(frame.columns)
    columns = {name: (frame[unique[at]], factor) for name, (at, factor) in places.items() if unique[at] in there}
    about = _meta(dialect, head) | ({"simulated": True} if MARK in heads else {})
    if "test_time_second" in columns:
        notes += cycler_times.unit_told(names[places["test_time_second"][0]], columns["test_time_second"][0])
    return (cycler_records.measurement(dialect, columns, about, (*notes, *cut)),)


def _known(head: bytes) -> tuple[cycler_dialect.Dialect, str] | None:
    """The dialect of a file and its encoding."""
    content = text_files.lines_as_lf(head[:_SNIFFED])
    content = content[: content.rfind(b"\n") + 1] or content
    for encoding in _ENCODINGS:
        try:
            dialect = cycler_dialect.find(content.decode(encoding))
        except UnicodeDecodeError:
            continue
        if dialect is not None:
            return dialect, encoding
    return cycler_languages.find(content)


def _split(dialect: cycler_dialect.Dialect, content: bytes, encoding: str) -> tuple[str, str, bytes, int]:
    """The text before the column headers, the headers, the rows (without one of units), line of the first row."""
    text = content[: 2 * 2**20].decode(encoding, errors="replace")
    found = re.search(dialect.header or dialect.sniff, cycler_dialect.with_commas(text), re.MULTILINE)
    if not found:
        raise InputError("the file is truncated in its header", hint="export it again")
    start = text.rfind("\n", 0, found.start()) + 1
    line = text.count("\n", 0, start)
    parts = content.split(b"\n", line + 1)
    heads = parts[line].decode(encoding, errors="replace")
    body = parts[line + 1] if len(parts) > line + 1 else b""
    units, _, rest = body.partition(b"\n")
    if units.strip() and rest and not re.search(rb"\d", units):
        return text[:start], heads, rest, line + 3
    return text[:start], heads, body, line + 2


def _separator(heads: str) -> str:
    return max("\t,;", key=heads.count)


def _flat(head: str, body: bytes, names: list[str]) -> tuple[list[str], bytes]:
    """Neware's interleaved lines as flat rows, with cycle number, step number and step type before each record.

    A line that starts with a number is a cycle (its first step may follow in the same line), one that starts with a
    comma is a step, with two commas a record; the lines above are the headers of cycles and steps.
    """
    lines = head.rstrip("\n").split("\n")
    cycle_width = len(lines[-2].split(","))
    rows, cycle, step = [], b"", b",,"
    for line in body.split(b"\n"):
        if line.startswith(b",,"):
            rows.append(b",".join((cycle, step, line[2:])))
            continue
        cells = line.split(b",")
        if cells[0]:
            cycle = cells[0]
            cells = cells[cycle_width - 1 :]
        if len(cells) > 3:
            step = b",".join(cells[1:4])
    step_names = [name.strip() for name in lines[-1].split(",")[1:4]]
    ended = b"" if line.startswith(b",,") else b"\n"
    return ["Cycle Index", *step_names, *names[2:]], b"\n".join(rows) + ended


def _meta(dialect: cycler_dialect.Dialect, head: str) -> dict[str, Json]:
    found = {name: re.search(expression, head, re.MULTILINE) for name, expression in dialect.meta.items()}
    return {name: match.group(1).strip() for name, match in found.items() if match and match.group(1).strip()}
