"""Diffractograms as plain columns (.xy, .xye, .csv ...), with decimal point or comma; also written here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.readers.common.diffractogram import MARK, pattern, rate_to_counts
from halfcell.readers.common.diffractogram_head import names_a_diffractogram, other_axis, read_head, to_two_theta

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "3"
SUFFIXES = (".xy", ".xye", ".xyd", ".chi", ".csv", ".txt", ".dat", ".asc")

_OWN = (".xy", ".xye", ".xyd", ".chi")  # suffixes of diffractograms; others need a column header that says so
_NUMBER = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?")
_UNCERTAINTY = re.compile(r"(?i)err|e\.?s\.?d|sig|σ|std|stand|unc|dev|±|\+/-|^d_?i$|^e$")
_FOREIGN = re.compile(r"_FILEVERSION|^BANK\s|\*RAS_|<xrd|^#S +\d", re.MULTILINE)


def recognises(raw: RawFile) -> bool:
    """Whether there are two or three columns of numbers; unless the suffix says so, with a header of 2theta."""
    text = raw.head.decode("utf-8", "replace")
    if "\0" in text or _FOREIGN.search(text):
        return False
    lines = text.splitlines()[: 400 if len(raw.head) < 65536 else -1][:400]
    first = next((i for i, line in enumerate(lines) if _split(line)), None)
    if first is None:
        return False
    if raw.suffix not in _OWN and not names_a_diffractogram(lines[:first]):
        return False
    rows = [_split(line) for line in lines[first:] if line.strip()]
    return len(rows) > 1 and all(2 <= len(row) <= 3 for row in rows[:2])


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read angles, counts and, from a third column, their uncertainty.

    Raises
    ------
    InputError
        If a line among the numbers is not a row of numbers (says which), or the columns are not a diffractogram.
    """
    text = raw.read().decode("utf-8-sig", "replace")
    lines = text.splitlines()
    first = next((i for i, line in enumerate(lines) if _split(line)), len(lines))
    table, head = _table(lines, first), read_head(lines[:first])
    angles, converted, notes = to_two_theta(table[:, 0], head)
    if not -5 <= angles.min() < 180 or angles.max() > 180.5:
        raise InputError(f"angles from {angles.min():g} to {angles.max():g}", hint="the first column is not 2theta")
    meta: dict[str, Json] = {"intensity_unit": "counts", "sample": "", **head.meta, **converted}
    meta |= {"simulated": True} if MARK in text else {}
    std, on_std = _uncertainty(table, lines[:first])
    counts = table[:, 1].copy()
    notes += on_std + other_axis(head)
    if head.is_rate:
        seconds = head.meta.get("counting_time_second")
        scaled, on_rate, meta["intensity_unit"] = rate_to_counts(counts, _float(seconds))
        std = std * _float(seconds) if std is not None and seconds else std
        counts, notes = scaled, notes + on_rate
    return (pattern(angles.copy(), counts, meta, notes, std),)


def _float(value: Json) -> float:
    return float(value) if isinstance(value, float | int) else 0.0


def _split(line: str) -> list[str]:
    """The numbers of a line, or nothing if it is not a row of numbers.

    If columns are separated by blanks, tabs or semicolons, a comma is a decimal sign; otherwise it separates columns.
    """
    line = line.strip()
    parts = [p for p in re.split(r"[;\t ]+", line) if p]
    if len(parts) < 2 or any(p.endswith(",") for p in parts[:-1]):
        parts = [p for p in re.split(r"[,;\t ]+", line) if p]
    if len(parts) < 2 or not all(_NUMBER.fullmatch(p) for p in parts):
        return []
    return [p.replace(",", ".") for p in parts]


def _table(lines: Sequence[str], first: int) -> NDArray[np.float64]:
    rows: list[list[str]] = []
    for number, line in enumerate(lines[first:], start=first + 1):
        if not line.strip():
            continue
        row = _split(line)
        if not row or (rows and len(row) != len(rows[0])):
            raise InputError(
                f"line {number}: {line.strip()[:40]!r} is not a row of the table",
                hint=f"{len(rows[0]) if rows else 2} numbers were expected: the file was cut, or has another layout",
            )
        rows.append(row)
    if len(rows) < 2:
        raise InputError("no columns of numbers", hint="copy or export it again")
    return np.array(rows, dtype=float)


def _uncertainty(
    table: NDArray[np.float64], head: Sequence[str]
) -> tuple[NDArray[np.float64] | None, tuple[Note, ...]]:
    """The third column as uncertainty, with a note on points without one (0)."""
    if table.shape[1] < 3:
        return None, ()
    labels = [cell.strip() for cell in re.split(r"[,;\t]|\s{2,}", head[-1].strip(" #;\r\n")) if cell] if head else []
    if len(labels) == 3 and not _UNCERTAINTY.search(labels[2]):
        text = f"the third column is {labels[2][:40]!r}: it is not taken as the uncertainty of the counts"
        return None, (Note("info", "third_column", text),)
    std = table[:, 2].copy()
    none = int((std <= 0).sum())
    if not none:
        return std, ()
    text = f"{none} points have no uncertainty (0 in the third column) and are not used in fits"
    return std, (Note("info", "unweighted_points", text),)


def write(measurement: Measurement) -> bytes:
    """Write angle and counts as two columns; simulated data are marked in the first line."""
    head = [f"# {MARK}"] if measurement.is_simulated else []
    columns = zip(measurement["two_theta_degree"], measurement["intensity_count"], strict=True)
    return ("\n".join([*head, *(f"{x:.5f} {y:.10g}" for x, y in columns)]) + "\n").encode()
