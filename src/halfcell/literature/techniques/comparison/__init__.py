"""Comparison: a cell's own result, from its cycling file, among the reported ones (table and charts).

The cell is analysed by `cycling` with its kind and masses; from its cycles come the values that the comparison has:
initial Coulombic efficiency, capacity after cycle X, retention, current density; for solid-state cells the areal
capacity at each rate. They stand as "This work" beside the records of `literature`.
"""

from __future__ import annotations

from halfcell.literature.techniques.comparison.analyse import analyse
from halfcell.literature.techniques.comparison.figures import FIGURES
from halfcell.literature.techniques.comparison.result import ComparisonResult
from halfcell.literature.techniques.comparison.settings import Settings
from halfcell.literature.techniques.comparison.simulate import Parameters, simulate
from halfcell.literature.techniques.comparison.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = ["FIGURES", "TABLES", "TECHNIQUE", "ComparisonResult", "Parameters", "Settings", "analyse", "simulate"]

TECHNIQUE = Technique(
    name="comparison",
    reads=("cycling",),
    version="1",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    builds_on=("cycling",),
)
