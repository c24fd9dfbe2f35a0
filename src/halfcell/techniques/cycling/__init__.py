"""Cycling of half cells, full cells and solid-state cells: capacities, efficiencies, retention, profiles, dQ/dV.

Half cycles are found by the charge between two reversals of the current and paired into cycles according to the kind of
cell. Positive current charges the cell. In an anode half cell discharge is lithiation, and the Coulombic efficiency is
Q_charge / Q_discharge; in a cathode half cell and a full cell it is Q_discharge / Q_charge. Mean voltages are E / Q,
with Q = int |I| dt and E = int V |I| dt over the current in the direction of the half cycle.

Sources: definitions as in BDF (Battery Data Format) for columns and signs; the rate equation of R. Tian et al.,
Nat. Commun. 10 (2019) 1933.
"""

from __future__ import annotations

from halfcell.techniques.cycling.active_mass import mass_remarks
from halfcell.techniques.cycling.analyse import analyse
from halfcell.techniques.cycling.figures import FIGURES
from halfcell.techniques.cycling.join import join
from halfcell.techniques.cycling.methods import methods
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
    version="15",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    join=join,
    remarks=mass_remarks,
    first_columns=(
        *("cycle", "complete", "role", "discharge_capacity", "charge_capacity", "coulombic_efficiency", "retention"),
        *("c_rate", "mean_discharge_voltage", "mean_charge_voltage", "energy_efficiency", "discharge_energy"),
        "charge_energy",
    ),
)
