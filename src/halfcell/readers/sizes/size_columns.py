"""Particle sizes as columns, exported by Horiba, Microtrac, Shimadzu SALD, Coulter, Mastersizer 3000 and others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.core.units import UnitSet
from halfcell.readers.common.size_histogram import histogram
from halfcell.readers.common.spreadsheets import Rows, mentions, number, sheets

if TYPE_CHECKING:
    from halfcell.core.json_values import Json
    from halfcell.core.measurement import Measurement
    from halfcell.core.raw import RawFile

VERSION = "4"
SUFFIXES = (".csv", ".txt", ".xlsx", ".xls", ".dat", ".tsv")

_LENGTH = UnitSet(("nm", "um", "mm"), into=("um",), aliases={"micron": "um", "microns": "um"})
_UNIT = re.compile(r"(?<![a-z])(nm|um|µm|μm|microns?|mm)(?![a-z])", re.IGNORECASE)
_LOWER = re.compile(r"lower", re.IGNORECASE)
_SIZE = re.compile(r"(channel |particle |x ?\()?(diameter|size|size class)", re.IGNORECASE)
_CUMULATIVE = re.compile(r"under ?size|cumul|%\s*pass|pass(ing)?\s*%|% ?finer|^q3\b.*cum|\(Q3\)|< ?\(?%", re.IGNORECASE)
_SHARE = re.compile(
    r"^q ?\(%\)|diff|%\s*chan|chan\w*\s*%|volume (density|in|%)|volume ?\(%\)|frequency|vol\.? ?%|%\s*vol"
    r"|\(q3\)|number",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"number|\bnum\b", re.IGNORECASE)
_VENDOR = {
    "d10": re.compile(r"^(d ?\[?v?,? ?\(?0?[.,]?10?\)?\]?|d10|dx ?\(10\)|10\.?0*% ?d)\b", re.IGNORECASE),
    "d50": re.compile(r"^(d50|dx ?\(50\)|d ?\(0[.,]5\)|median( size| diameter| d)?|50\.?0*% ?d|x50)\b", re.IGNORECASE),
    "d90": re.compile(r"^(d90|dx ?\(90\)|d ?\(0[.,]9\)|90\.?0*% ?d|x90)\b", re.IGNORECASE),
}
_MARK = "simulated by halfcell"
_TOP = 400  # rows that are searched for column headers


@dataclass(frozen=True, kw_only=True)
class _Head:
    """Columns of a table: the size, its factor to um, cumulative and volume columns, whether sizes are lower edges."""

    line: int
    size: int
    scale: float
    cumulative: int | None
    share: int | None
    lower: bool
    by_number: bool


def recognises(raw: RawFile) -> bool:
    """Whether the column headers name a size with its unit and a (cumulative) volume fraction."""
    if mentions(raw, "Result Between User Sizes"):
        return False
    if b"\0" not in raw.head and not _SIZE.search(raw.head.decode("latin-1")):
        return False  # most texts do not name a size
    if b"\0" in raw.head and not any(mentions(raw, word) for word in ("iameter", "size", "Size")):
        return False  # nor do most workbooks
    try:
        return any(_head(rows) is not None for rows in sheets(raw, _TOP).values())
    except InputError:
        return False


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one measurement per table.

    Sizes are the upper edges of channels, unless the column header says lower (Coulter); the missing edge is
    extrapolated. If there are both, the cumulative column is used.
    """
    found = []
    for name, rows in sheets(raw).items():
        head = _head(rows)
        if head is not None:
            found.append(_table(rows, head, name))
    return tuple(found)


def _head(rows: Rows) -> _Head | None:
    for line, row in enumerate(rows[:200]):
        texts = [cell.strip() if isinstance(cell, str) else "" for cell in row]
        below = [
            cell.strip() if isinstance(cell, str) else "" for cell in (rows[line + 1] if line + 1 < len(rows) else [])
        ]
        places = [i for i, text in enumerate(texts) if _SIZE.search(text)]
        for size in places[:1]:
            unit = _UNIT.search(texts[size]) or (_UNIT.search(below[size]) if size < len(below) else None)
            cumulative = next((i for i, t in enumerate(texts) if i != size and _CUMULATIVE.search(t)), None)
            share = next((i for i, t in enumerate(texts) if i not in {size, cumulative} and _SHARE.search(t)), None)
            if unit is not None and (cumulative is not None or share is not None) and _ladder(rows, line, size):
                used = texts[cumulative if cumulative is not None else share or 0]
                return _Head(
                    line=line,
                    size=size,
                    scale=_LENGTH[unit.group(1)],
                    cumulative=cumulative,
                    share=share,
                    lower=bool(_LOWER.search(texts[size])),
                    by_number=bool(_NUMBER.search(used)),
                )
    return None


def _ladder(rows: Rows, line: int, column: int) -> bool:
    """Whether at least six sizes below a header increase (or decrease) strictly."""
    found = [number(row[column]) for row in rows[line + 1 : line + 40] if column < len(row)]
    sizes = [size for size in found if size is not None]
    steps = [b - a for a, b in pairwise(sizes)]
    return len(sizes) > 5 and (all(step > 0 for step in steps) or all(step < 0 for step in steps))


def _table(rows: Rows, head: _Head, name: str) -> Measurement:
    value = head.cumulative if head.cumulative is not None else head.share
    pairs = []
    for row in rows[head.line + 1 :]:
        size = number(row[head.size]) if head.size < len(row) else None
        share = number(row[value]) if value is not None and value < len(row) else None
        if size is not None and size > 0:
            pairs.append((size * head.scale, np.nan if share is None else share))
    if len(pairs) < 4:
        raise InputError(
            f"{len(pairs)} sizes below the column headers",
            f"{name} line {head.line + 1}".strip(),
            "expected four or more",
        )
    sizes, values = np.array(sorted(pairs)).T
    edges, shares = _channels(sizes, values, head)
    return histogram(edges, shares, _meta(rows, head, name), _normalised(values, shares, head))


def _normalised(values: np.ndarray, shares: np.ndarray, head: _Head) -> tuple[Note, ...]:
    """A correction where the shares do not sum to 100 % (or 1) by more than the rounding of what the file prints.

    The rounding is three times unit * sqrt(n / 12) for n shares, and the last digit for a cumulative curve.
    """
    total = float(np.sum(shares))
    printed = values[np.isfinite(values)]
    unit = next((10.0**-d for d in range(8) if np.allclose(printed, np.round(printed, d), rtol=0.0, atol=1e-9)), 1e-8)
    room = unit if head.cumulative is not None else 3 * unit * np.sqrt(len(shares) / 12)
    if min(abs(total - 100.0), abs(total - 1.0)) <= room:
        return ()
    if head.cumulative is not None:
        text = f"the cumulative curve spans {total:.4g} %, not 100 (channels may be missing, or cut off); normalised"
    else:
        text = f"volume fractions sum to {total:.4g} %, not 100 (densities, or missing channels); normalised"
    return (Note("correction", "shares_normalised", text),)


def _channels(sizes: np.ndarray, values: np.ndarray, head: _Head) -> tuple[np.ndarray, np.ndarray]:
    """Edges and volume fractions; NaN is only allowed for the first or last edge, which has none."""
    if head.cumulative is not None:
        good = np.isfinite(values)
        sizes, values = sizes[good], values[good]
        if values[0] > values[-1]:  # oversize
            values = values[0] - values
        shares = np.diff(values)
        if values[0] > 0.5:
            first = sizes[0] ** 2 / sizes[1]
            return np.concatenate([[first], sizes]), np.concatenate([[values[0]], shares])
        return sizes, shares
    if head.lower:
        edges = sizes if np.isnan(values[-1]) else np.append(sizes, sizes[-1] ** 2 / sizes[-2])
        return edges, values[: len(edges) - 1]
    edges = sizes if np.isnan(values[0]) else np.insert(sizes, 0, sizes[0] ** 2 / sizes[1])
    return edges, values[1:] if np.isnan(values[0]) else values


def _meta(rows: Rows, head: _Head, name: str) -> dict[str, Json]:
    vendor: dict[str, float] = {}
    simulated = False
    for row in rows[: head.line]:
        texts = [cell for cell in row if cell is not None]
        simulated = simulated or any(_MARK in str(cell) for cell in texts)
        if len(texts) < 2 or not isinstance(texts[0], str):
            continue
        value = next((v for cell in texts[1:] if (v := number(str(cell).split("(")[0])) is not None), None)
        for key, pattern in _VENDOR.items():
            if value is not None and pattern.search(texts[0]) and key not in vendor:
                vendor[key] = value * _unit_of(texts)
    meta: dict[str, Json] = {"title": name, "basis": "number" if head.by_number else "volume", "vendor": vendor}
    return meta | {"simulated": True} if simulated else meta


def _unit_of(texts: list[object]) -> float:
    found = _UNIT.search(" ".join(str(cell) for cell in texts))
    return _LENGTH[found.group(1)] if found else 1.0
