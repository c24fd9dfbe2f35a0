"""Cyclic voltammetry: scan rate, peaks and charge of every branch, couples assigned from a table of potentials.

Sweeps are found where the potential reverses; two successive sweeps make a cycle. A sweep to lower potentials is the
cathodic branch (lithiation of an anode), a sweep to higher potentials the anodic one. Peak currents are measured from
zero, without a base line. The current keeps its sign for a while after a turn, so that the charge of a branch is that
of the current of its sign within the cycle: the sum of the rises (anodic) or falls (cathodic) of the charge passed. The
scan rate is the median slope dE/dt of the sweeps.

Sources: couples and their potentials as in `halfcell.materials.redox_steps`; A. J. Bard, L. R. Faulkner,
Electrochemical Methods, 2nd ed. (2001), ch. 6 (potential sweep methods).
"""

from __future__ import annotations

from halfcell.techniques.technique import Technique
from halfcell.techniques.voltammetry.analyse import analyse
from halfcell.techniques.voltammetry.figures import FIGURES
from halfcell.techniques.voltammetry.methods import methods
from halfcell.techniques.voltammetry.result import Trace, VoltammetryResult
from halfcell.techniques.voltammetry.scan_rate_series import analyse_series
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
    version="11",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    series=analyse_series,
)
