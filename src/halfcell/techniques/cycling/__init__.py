"""Cycling of half cells, full cells and solid-state cells: capacities, efficiencies, retention, profiles, dQ/dV.

Half cycles are found first, by charge; cycles are paired from them by what the cell is. Positive current charges the
cell. In an anode half cell discharge is lithiation and the Coulombic efficiency is charge / discharge; in a cathode
half cell and a full cell it is discharge / charge. Mean voltages are E / Q.
"""

from __future__ import annotations

from halfcell.techniques.cycling.analyse import analyse
from halfcell.techniques.cycling.figures import FIGURES
from halfcell.techniques.cycling.join import join
from halfcell.techniques.cycling.result import Curve, CyclingResult
from halfcell.techniques.cycling.settings import Settings
from halfcell.techniques.cycling.simulate import simulate
from halfcell.techniques.cycling.simulated_schedule import Block, Parameters
from halfcell.techniques.cycling.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "FIGURES",
    "TABLES",
    "TECHNIQUE",
    "Block",
    "Curve",
    "CyclingResult",
    "Parameters",
    "Settings",
    "analyse",
    "join",
    "simulate",
]

TECHNIQUE = Technique(
    name="cycling",
    reads=("cycling",),
    version="5",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    join=join,
    first_columns=(
        *("cycle", "complete", "role", "discharge_capacity", "charge_capacity", "coulombic_efficiency", "retention"),
        *("c_rate", "mean_discharge_voltage", "mean_charge_voltage", "energy_efficiency", "discharge_energy"),
        "charge_energy",
    ),
)
