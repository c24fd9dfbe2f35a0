"""Join the files of one test in order of time; no charge is counted in the pauses between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.core.result import Note
from halfcell.techniques.cycling.repeated_records import without_repeats

if TYPE_CHECKING:
    from collections.abc import Sequence

_GAP_S = 1.0  # test time between two files whose clocks are not known


def join(measurements: Sequence[Measurement]) -> Measurement:
    """Put several files of one test end to end.

    They are ordered by the instrument's clock, else by ``meta["started"]``, and kept in the order given where neither
    is known. The test time continues over the files; the column ``source_index`` names the file, so that no charge is
    counted from one to the next; columns that are missing in a file are left out. Records that two files share, as an
    export of the whole test so far does with earlier ones, are used once.

    Raises
    ------
    InputError
        If there is nothing to join, or two files overlap in time.
    """
    if not measurements:
        raise InputError("there is no file to join")
    if len(measurements) == 1:
        return measurements[0]
    measurements, repeated = without_repeats(measurements)
    ordered, known = _in_order(measurements)
    columns = [name for name in ordered[0].columns if all(name in m.columns for m in ordered)]
    offsets = _offsets(ordered)
    joined = {name: np.concatenate([m.columns[name] for m in ordered]) for name in columns}
    shifted = [m["test_time_second"] + offset for m, offset in zip(ordered, offsets, strict=True)]
    joined["test_time_second"] = np.concatenate(shifted)
    joined["source_index"] = np.concatenate([np.full(len(m), float(i)) for i, m in enumerate(ordered)])
    how = "ordered by their clocks" if known else "in the order given, as they have no start time"
    note = Note("info" if known else "doubt", "joined", f"{len(ordered)} files are read as one test, {how}")
    first = ordered[0]
    meta = dict(first.meta) | {"files": [m.where for m in ordered]}
    meta["simulated"] = any(m.is_simulated for m in ordered)
    notes = tuple(dict.fromkeys(note for m in ordered for note in m.notes))
    notes = (*notes, *repeated, note) if len(ordered) > 1 else (*notes, *repeated)
    return Measurement(technique=first.technique, columns=joined, meta=meta, notes=notes, source=first.source)


def _in_order(measurements: Sequence[Measurement]) -> tuple[list[Measurement], bool]:
    if all("unix_time_second" in m for m in measurements):
        return sorted(measurements, key=lambda m: float(m["unix_time_second"][0])), True
    if all(m.meta.get("started") for m in measurements):
        return sorted(measurements, key=lambda m: str(m.meta["started"])), True
    return list(measurements), False


def _offsets(ordered: Sequence[Measurement]) -> list[float]:
    """What to add to the test time of each file so that the time continues."""
    clocks = all("unix_time_second" in m for m in ordered)
    offsets, end = [], -_GAP_S
    for m in ordered:
        time = m["test_time_second"]
        offset = end + _GAP_S - float(time[0])
        if clocks:
            begin = float(ordered[0]["unix_time_second"][0])
            by_clock = float(m["unix_time_second"][0]) - begin - float(time[0])
            if by_clock + float(time[0]) < end - 60.0:
                raise InputError("two files of the test overlap in time", m.where, "give only the files of one cell")
            offset = max(by_clock, offset)
        offsets.append(offset)
        end = float(time[-1]) + offset
    return offsets
