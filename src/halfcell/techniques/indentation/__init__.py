"""Indentation: plastic, elastic and total energy of a load-displacement curve, hardness and modulus.

The plastic energy is the closed-loop integral of load over depth (it needs no split point and no frame compliance),
the elastic energy the integral of the last unloading, the total their sum. A test without an unloading is a *crush*
test: its work to fracture is never compared with a plastic energy. Several tests on one sample are a batch: mean and
standard deviation, with one row per test. Without a time in the file no thermal drift is measured or taken off.

References
----------
W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564; ISO 14577-1:2015, A.5 (indentation work).
"""

from halfcell.techniques.indentation.analyse import analyse
from halfcell.techniques.indentation.figures import FIGURES
from halfcell.techniques.indentation.methods import methods
from halfcell.techniques.indentation.raw_tests import join
from halfcell.techniques.indentation.result import IndentationResult
from halfcell.techniques.indentation.settings import Settings
from halfcell.techniques.indentation.simulate import Parameters, simulate, true_energies
from halfcell.techniques.indentation.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = ["TECHNIQUE", "IndentationResult", "Parameters", "Settings", "analyse", "join", "simulate", "true_energies"]

TECHNIQUE = Technique(
    name="indentation",
    reads=("indentation",),
    version="7",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    join=join,
)
