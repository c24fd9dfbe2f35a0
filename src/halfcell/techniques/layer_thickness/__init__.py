r"""Layer thickness: both edges of a layer in cross-section pictures, and how it changes between states.

In every column each edge is the integral between the grey levels on its two sides, which neither blur nor noise
biases; the distance of the edges times the cosine of the tilt is the thickness. Neighbouring columns are not
independent: the error of the mean is :math:`s/\sqrt{n}` with the number n of independent columns from the
autocorrelation, and that between pictures where they differ by more.

References
----------
C. J. Geyer, Stat. Sci. 7 (1992) 473 (independent values of a correlated series).
"""

from halfcell.techniques.layer_thickness.analyse import analyse
from halfcell.techniques.layer_thickness.figures import FIGURES
from halfcell.techniques.layer_thickness.methods import methods
from halfcell.techniques.layer_thickness.result import LayerThicknessResult
from halfcell.techniques.layer_thickness.settings import Settings
from halfcell.techniques.layer_thickness.simulate import Parameters, simulate
from halfcell.techniques.layer_thickness.states import analyse_series
from halfcell.techniques.layer_thickness.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "TECHNIQUE",
    "LayerThicknessResult",
    "Parameters",
    "Settings",
    "analyse",
    "analyse_series",
    "simulate",
]

TECHNIQUE = Technique(
    name="layer_thickness",
    reads=("microscopy",),
    version="2",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    series=analyse_series,
    first_columns=("picture", "thickness", "thickness_std", "unevenness", "tilt"),
    methods=methods,
)
