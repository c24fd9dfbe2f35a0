r"""Microscopy: the scale of a picture, and lattice spacings, angles and candidate phases of its regions.

The Fourier transform of a square region under a Hann window shows lattice fringes as peaks; each is refined below a
pixel of the transform. Its length k and the pixel p give :math:`d = p/k`. The error of a spacing is dominated by the
distortion of the scan and by the scale: a nominal scale is off by 3 to 6 %, and Si, NiSi2 and CoSi2 differ by 0.5 to
1.2 %, so that phases are ranked and ties printed as ties. A region of a known crystal corrects scale and shear.

References
----------
D. C. Rife, R. R. Boorstyn, IEEE Trans. Inf. Theory 20 (1974) 591.
"""

from halfcell.techniques.microscopy.analyse import analyse
from halfcell.techniques.microscopy.candidates import Candidate
from halfcell.techniques.microscopy.figures import FIGURES
from halfcell.techniques.microscopy.inset_picture import inset_picture
from halfcell.techniques.microscopy.methods import methods
from halfcell.techniques.microscopy.result import MicroscopyResult, Region
from halfcell.techniques.microscopy.settings import Settings
from halfcell.techniques.microscopy.simulate import Grain, Parameters, simulate
from halfcell.techniques.microscopy.spacing import Spacing
from halfcell.techniques.microscopy.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "TECHNIQUE",
    "Candidate",
    "Grain",
    "MicroscopyResult",
    "Parameters",
    "Region",
    "Settings",
    "Spacing",
    "analyse",
    "inset_picture",
    "simulate",
]

TECHNIQUE = Technique(
    name="microscopy",
    reads=("microscopy",),
    version="4",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    references={"inset_picture": inset_picture},
    methods=methods,
    first_columns=("region", "spacing", "spacing_std", "angle", "best"),
)
