"""Each printed number of an archive beside the one computed anew: reproduced, or what differs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from halfcell.report.verify.causes import causes

if TYPE_CHECKING:
    from halfcell.report.verify.records import Records

State = Literal["reproduced", "differs", "not made", "not in the archive"]
_COMPARED: Final = ("printed", "unit", "kind", "technique", "quantity", "label", "members")
SMALL: Final = 1e-6
"""Relative difference of digits that are not printed which another BLAS makes (2e-7 was seen)."""


@dataclass(frozen=True, kw_only=True)
class NumberCompared:
    """A printed number of the archive and that computed anew; `deviation` is the relative one of the whole values.

    `causes` name each file, setting and version that differs.
    """

    id: str
    state: State
    printed: str = ""
    computed: str = ""
    deviation: float = 0.0
    causes: tuple[str, ...] = ()


def compare_numbers(archive: Records, computed: Records) -> tuple[NumberCompared, ...]:
    """Compare every number that one or the other states."""
    return tuple(_compared(archive, computed))


def _compared(archive: Records, computed: Records) -> Iterator[NumberCompared]:
    for name, row in archive.numbers.items():
        other = computed.numbers.get(name)
        if other is None:
            yield NumberCompared(id=name, state="not made", printed=row["printed"])
            continue
        alike = all(row[key] == other[key] for key in _COMPARED)
        yield NumberCompared(
            id=name,
            state="reproduced" if alike else "differs",
            printed=row["printed"],
            computed=other["printed"],
            deviation=max(_deviation(row, other, key) for key in ("value", "std")),
            causes=causes(archive, computed, row, other),
        )
    for name, row in computed.numbers.items():
        if name not in archive.numbers:
            yield NumberCompared(id=name, state="not in the archive", computed=row["printed"])


def _deviation(row: Mapping[str, str], other: Mapping[str, str], key: str) -> float:
    """The relative difference of two values; infinite where only one is a number."""
    if row[key] == other[key]:
        return 0.0
    try:
        one, two = float(row[key]), float(other[key])
    except ValueError:
        return math.inf
    if not math.isfinite(one - two):
        return math.inf
    return abs(one - two) / max(abs(one), abs(two)) if one != two else 0.0
