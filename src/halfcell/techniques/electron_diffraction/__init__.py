r"""Electron diffraction (SAED): centre and ellipse, rings or spots, scale, and the phases that fit.

The centre of inversion of the pattern is refined, with an ellipse, by the sharpness of its rings without the beam
stop. Rings are indexed first, then one scale is fitted to all lines of a phase; rings may be missing. Spots give a
lattice. Phases that cannot be told apart are a tie: a scale that is transferred from another pattern is good to 3 % at
best.

References
----------
M. Gammer et al., Ultramicroscopy 110 (2010) 328 (profiles of ring patterns); D. R. G. Mitchell, J. C. van den Berg,
Ultramicroscopy 160 (2016) 140 (ellipses of patterns).
"""

from halfcell.techniques.electron_diffraction.analyse import analyse
from halfcell.techniques.electron_diffraction.claims import claims
from halfcell.techniques.electron_diffraction.figures import FIGURES
from halfcell.techniques.electron_diffraction.indexing import RingMatch
from halfcell.techniques.electron_diffraction.methods import methods
from halfcell.techniques.electron_diffraction.result import ElectronDiffractionResult
from halfcell.techniques.electron_diffraction.settings import Settings
from halfcell.techniques.electron_diffraction.simulate import Parameters, simulate
from halfcell.techniques.electron_diffraction.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "TECHNIQUE",
    "ElectronDiffractionResult",
    "Parameters",
    "RingMatch",
    "Settings",
    "analyse",
    "simulate",
]

TECHNIQUE = Technique(
    name="electron_diffraction",
    reads=("microscopy",),
    version="2",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    claims=claims,
    builds_on=("microscopy",),
    first_columns=("ring", "radius", "spacing", "plane", "best"),
)
