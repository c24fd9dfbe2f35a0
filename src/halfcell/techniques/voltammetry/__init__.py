"""Cyclic voltammetry: scan rate, peaks and charge of every branch, couples assigned from a table of potentials.

Sweeps are found by the turns of the potential; two sweeps make a cycle, in the order they come. A sweep down is the
cathodic branch (lithium goes into an anode), a sweep up the anodic one. Peak currents are from zero, no base line is
drawn below them; charges are the integral of the current over the branch, counted positive in its own direction.
"""

from __future__ import annotations

from halfcell.techniques.technique import Technique
from halfcell.techniques.voltammetry.analyse import analyse
from halfcell.techniques.voltammetry.figures import FIGURES
from halfcell.techniques.voltammetry.result import Trace, VoltammetryResult
from halfcell.techniques.voltammetry.settings import Settings
from halfcell.techniques.voltammetry.simulate import Parameters, simulate
from halfcell.techniques.voltammetry.tables import TABLES

__all__ = [
    "FIGURES",
    "TABLES",
    "TECHNIQUE",
    "Parameters",
    "Settings",
    "Trace",
    "VoltammetryResult",
    "analyse",
    "simulate",
]

TECHNIQUE = Technique(
    name="voltammetry",
    reads=("voltammetry",),
    version="3",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
)
