"""Figures of comparison: charts of the reported results with your own marked."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.literature.comparison_charts import chart
from halfcell.literature.techniques.comparison.compared_records import compared
from halfcell.techniques.common.figure_notes import simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.figure import Figure
    from halfcell.literature.techniques.comparison.result import ComparisonResult


def comparison_charts(results: Sequence[ComparisonResult]) -> Figure:
    """Charts of the comparison: reported results with their references, and your own marked."""
    return dataclasses.replace(chart(compared(results), results[0].name), simulated=simulated(results))


FIGURES = {"chart": comparison_charts}
