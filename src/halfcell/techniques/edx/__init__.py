r"""Energy-dispersive X-ray spectroscopy (EDX, EDS): counts of the elements' lines, amounts, maps.

Line families are fitted over the bremsstrahlung with its absorption edges. A thin film is quantified by
:math:`C_A/C_B = k_{AB} I_A/I_B`, a bulk sample by k-ratios against standards with the matrix correction XPP. Without
standards a bulk sample has intensities and ratios only. Lithium has no line that is detected.

References
----------
G. Cliff, G. W. Lorimer, J. Microsc. 103 (1975) 203; J. L. Pouchou, F. Pichoir, in: Electron Probe Quantitation,
Plenum, New York 1991, p. 31; C. T. Chantler et al., NIST X-Ray Form Factor, Attenuation and Scattering Tables, version
2.1 (2005).
"""

from halfcell.techniques.edx.analyse import analyse
from halfcell.techniques.edx.figures import FIGURES
from halfcell.techniques.edx.maps import Maps
from halfcell.techniques.edx.methods import methods
from halfcell.techniques.edx.result import EdxResult
from halfcell.techniques.edx.settings import Settings
from halfcell.techniques.edx.simulate import Field, Parameters, simulate
from halfcell.techniques.edx.standards import standards_of_folder
from halfcell.techniques.edx.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "TECHNIQUE",
    "EdxResult",
    "Field",
    "Maps",
    "Parameters",
    "Settings",
    "analyse",
    "simulate",
    "standards_of_folder",
]

TECHNIQUE = Technique(
    name="edx",
    reads=("edx",),
    version="3",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    folders={"standards": standards_of_folder},
    first_columns=("element", "counts", "k_ratio", "weight_percent", "atomic_percent"),
)
