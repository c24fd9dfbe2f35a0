"""Indentation: plastic, elastic and total energy of a load-displacement curve, hardness and modulus.

The plastic energy is the closed-loop integral of load over depth (it needs no split point and no frame compliance),
the elastic energy the integral of the last unloading, the total their sum. A test without an unloading is a *crush*
test: its work to fracture is never set beside a plastic energy. Several tests on one sample are a batch: mean and
standard deviation, a row a test.

References
----------
W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564; ISO 14577-1:2015, A.5 (indentation work).
"""

from __future__ import annotations

from halfcell.techniques.indentation.analyse import analyse
from halfcell.techniques.indentation.raw_tests import join
from halfcell.techniques.indentation.records import Indentation, Settings, Test
from halfcell.techniques.indentation.schematic import schematic
from halfcell.techniques.indentation.shows import (
    deformation_energies,
    energy_bars,
    hardness_and_modulus,
    load_displacement,
)
from halfcell.techniques.indentation.simulate import Parameters, simulate, true_energies
from halfcell.techniques.technique import Technique

FIGURES = {"load-displacement": load_displacement, "energy bars": energy_bars, "schematic": schematic}
TABLES = {"deformation energies": deformation_energies, "hardness and modulus": hardness_and_modulus}

__all__ = [
    "FIGURES",
    "TABLES",
    "TECHNIQUE",
    "Indentation",
    "Parameters",
    "Settings",
    "Test",
    "analyse",
    "join",
    "simulate",
    "true_energies",
]

TECHNIQUE = Technique(
    name="indentation",
    reads=("indentation",),
    version="2",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    join=join,
)
