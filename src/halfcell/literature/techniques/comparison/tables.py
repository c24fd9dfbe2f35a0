"""Tables of comparison: the reported results followed by your own."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.literature.comparison_table import comparison
from halfcell.literature.techniques.comparison.compared_records import compared
from halfcell.techniques.common.figure_notes import simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.table import Table
    from halfcell.literature.techniques.comparison.result import ComparisonResult


def comparison_table(results: Sequence[ComparisonResult]) -> Table:
    """The comparison table, with your own result as "This work"."""
    return dataclasses.replace(comparison(compared(results), results[0].name), simulated=simulated(results))


TABLES = {"table": comparison_table}
