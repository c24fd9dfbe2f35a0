"""The records of a comparison: the reported ones that its filter keeps, then your own."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.literature.reported_results import keep, load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.literature.schema import Record
    from halfcell.literature.techniques.comparison.result import ComparisonResult


def compared(results: Sequence[ComparisonResult]) -> tuple[Record, ...]:
    """Reported records that fulfil the conditions of the first result, then your own, traced to their results."""
    reported = keep(load(results[0].name), results[0].conditions)
    return (*reported, *(dataclasses.replace(record, place=result.id) for result in results for record in result.own))
