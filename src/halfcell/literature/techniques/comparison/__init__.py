"""Comparison: the result of your own cell, from its cycling file, in a table and charts of reported ones.

The cell is analysed by `cycling` with its kind and masses. From its cycles come the values of the comparison: initial
Coulombic efficiency, capacity after cycle X, retention and current density; for solid-state cells the areal capacity at
each rate. They appear as "This work" among the reported results of `halfcell.literature`; formulas are those of
`cycling`.
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
    version="3",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    builds_on=("cycling",),
)
