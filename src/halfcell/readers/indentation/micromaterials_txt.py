"""Micro Materials NanoTest indentation: time (s), depth (nm), load (mN) in three columns without headers.

The clock may stand still during the approach; those records are no part of the test.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.readers.common.text_files import lines_as_lf
from halfcell.readers.common.thermogram import rows_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.raw import RawFile

VERSION = "2"
SUFFIXES = (".txt",)

_FEWEST = 30


def recognises(raw: RawFile) -> bool:
    """Whether there are only three columns of numbers, which behave like time, depth and load of an indentation."""
    lines = raw.head[:20000].splitlines()[:-1] if len(raw.head) > 20000 else raw.head.splitlines()
    try:
        rows = [[float(part) for part in line.split()] for line in lines if line.strip()]
    except ValueError:
        return False
    if len(rows) < _FEWEST or any(len(row) != 3 for row in rows):
        return False
    time, depth, load = np.array(rows).T
    held = int(np.count_nonzero(time == time[0]))  # the clock stands still during the approach
    test = slice(held - 1, None)
    if held == len(time) or not np.all(np.diff(time[test]) > 0) or not 0.0 <= time[0] < 5.0:
        return False
    return _like_a_test(depth[test], load[test])


def _like_a_test(depth: NDArray[np.float64], load: NDArray[np.float64]) -> bool:
    """Whether load and depth increase together up to the peak, and the load starts low."""
    top = int(np.argmax(load))
    if top < 10 or load[0] > 0.2 * load[top] or np.ptp(depth[: top + 1]) <= 0 or not np.all(np.isfinite(depth)):
        return False
    return bool(np.corrcoef(depth[: top + 1], load[: top + 1])[0, 1] > 0.8)


def parse(raw: RawFile) -> tuple[Measurement, ...]:
    """Read one test."""
    table = rows_of(lines_as_lf(raw.read()).decode("latin-1").split("\n"), 3, 1)
    if not np.all(np.isfinite(table)) or len(table) < _FEWEST:
        raise InputError(f"{len(table)} records of time, depth and load, at least {_FEWEST} are needed")
    held = int(np.count_nonzero(table[:, 0] == table[0, 0]))
    if held == len(table) or np.any(np.diff(table[held - 1 :, 0]) <= 0):
        raise InputError(
            "unknown layout: the first column does not rise after the approach",
            hint="expected time (s), depth (nm), load (mN)",
        )
    time, depth, load = table[held - 1 :].T
    notes: tuple[Note, ...] = ()
    if held > 1:
        text = f"{held - 1} records of the approach, at which the clock stands still, were left out."
        notes = (Note("info", "approach_left_out", text),)
    columns = {"test_time_second": time, "depth_metre": depth * 1e-9, "load_newton": load * 1e-3}
    return (
        Measurement(
            technique="indentation", columns=columns, meta={"instrument": "Micro Materials", "vendor": {}}, notes=notes
        ),
    )
