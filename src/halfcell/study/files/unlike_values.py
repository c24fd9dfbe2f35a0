"""Masses and sizes of cells that differ from those of the other cells by a unit: mg and g, ug and mg, cm2 and mm2."""

from __future__ import annotations

import dataclasses
from statistics import median
from typing import TYPE_CHECKING

from halfcell.core.sample import Cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from halfcell.study.files.subjects import Subjects

_FAR = 80.0  # times: cells of one study differ by less; a slip between units is 100 (cm2, mm2) or 1000 (g, mg, ug)
_ENDINGS = ("_mg", "_cm2", "_mm", "_um")


def unlike_values(subjects: Subjects) -> Iterator[str]:
    """One remark for each mass or size that is 80 times larger or smaller than the median of the other cells."""
    for item in dataclasses.fields(Cell):
        if not item.name.endswith(_ENDINGS):
            continue
        given = {name: getattr(cell, item.name) for name, cell in subjects.cells.items()}
        known = {name: value for name, value in given.items() if value is not None and value > 0}
        for name, value in known.items():
            others = [other for cell, other in known.items() if cell != name]
            usual = median(others) if others else value
            if max(value / usual, usual / value) < _FAR:
                continue
            unit = item.name.rsplit("_", 1)[1]
            many = f"the median of the other {len(others)} cells" if len(others) > 1 else "that of the other cell"
            text = f"{value:g} {unit} of cell {name!r} is {_times(value / usual)} {many} ({usual:g} {unit})"
            yield f"{subjects.place('cell', name, item.name)}: {text}; is it in {unit}?"


def _times(ratio: float) -> str:
    return f"{_whole(ratio)} times" if ratio > 1.0 else f"1/{_whole(1.0 / ratio)} of"


def _whole(ratio: float) -> str:
    """Three digits, without a power of ten."""
    return f"{float(f'{ratio:.3g}'):.10g}"
