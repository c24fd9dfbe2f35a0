"""The name in the legend of what stands for all cells of a group: its numbers are those of no single cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_NUMBER: Final = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.(])")  # of its own: not that of C3, 0.1C or 0.18(2)


def label_of_all(labels: Sequence[str], group: str) -> str:
    """Return a label for all cells: the one that all have, that with the means of its numbers, or the group's name.

    ``35.2 mA g-1`` and ``35.4 mA g-1`` give ``35.3 mA g-1``. A label with fitted numbers, such as ``Si: n = 2.2(3)``,
    gives the name of the group: their mean says nothing of the curves.
    """
    known = list(dict.fromkeys(labels))
    if len(known) < 2:
        return known[0] if known else ""
    if len({_NUMBER.sub("#", label) for label in known}) > 1:
        return group
    columns = zip(*(_NUMBER.findall(label) for label in labels), strict=True)
    means = iter([_mean(column) for column in columns])
    return _NUMBER.sub(lambda _: next(means), labels[0])


def _mean(numbers: Sequence[str]) -> str:
    """The mean of numbers with as many decimals as the most exact of them."""
    decimals = max(len(number.partition(".")[2]) for number in numbers)
    return f"{sum(map(float, numbers)) / len(numbers):.{decimals}f}"
