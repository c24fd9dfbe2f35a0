"""Simulated cell: what a protocol of the twin finds on the cell of a card, as figures and tables of a study.

The raw file is a cell card (``[raw] simulated_cell = "cards/{cell}.toml"``); `protocol` says what is done with its cell
(rates, cycles with a held voltage, first cycles and voltammetry against lithium, impedance, light-emitting diodes,
storage, thickness). Everything says that it is a simulation.
"""

from __future__ import annotations

from halfcell.techniques.technique import Technique
from halfcell.twin.techniques.simulated_cell.analyse import analyse
from halfcell.twin.techniques.simulated_cell.figures import FIGURES
from halfcell.twin.techniques.simulated_cell.methods import methods
from halfcell.twin.techniques.simulated_cell.result import SimulatedCellResult
from halfcell.twin.techniques.simulated_cell.settings import Settings
from halfcell.twin.techniques.simulated_cell.simulate import Parameters, simulate
from halfcell.twin.techniques.simulated_cell.tables import TABLES

__all__ = ["FIGURES", "TABLES", "TECHNIQUE", "Parameters", "Settings", "SimulatedCellResult", "analyse", "simulate"]

TECHNIQUE = Technique(
    name="simulated_cell",
    reads=("cell_card",),
    version="2",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    first_columns=("place", "name", "value", "unit"),
)
