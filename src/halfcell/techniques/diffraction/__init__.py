r"""X-ray diffraction: phases, crystallite sizes and lattice parameters from powder patterns.

**Phases** are set, or identified among a library: sets of phases are fitted and compared by Schwarz' criterion
(G. Schwarz, Ann. Stat. 6 (1978) 461), and sets that cannot be distinguished are reported as ties.

**Whole pattern.** Each phase is computed in Fourier space from its crystal structure, with the column-length
coefficients A(L) of spheres with lognormal diameters, microstrain, and the instrument function of a calibrated
standard (P. Scardi and M. Leoni, Acta Cryst. A57 (2001) 604; A58 (2002) 190). It gives the volume-weighted mean column
length :math:`L_V` and diameter :math:`D_V = \tfrac{4}{3} L_V`, cell lengths, strain and weight shares. The size has a
statistical uncertainty and a spread over size models.

**Single lines.** Pseudo-Voigt fits, from which the instrument is removed by Voigt deconvolution (P. Thompson,
D. E. Cox and J. B. Hastings, J. Appl. Cryst. 20 (1987) 79), give the Scherrer size

.. math:: D = \frac{K \lambda}{\beta \cos\theta},

the size from integral breadths, and the Williamson-Hall plot :math:`\beta\cos\theta/\lambda = 1/L + 2 e s`, with
:math:`s = 2 \sin\theta/\lambda` (G. K. Williamson and W. H. Hall, Acta Metall. 1 (1953) 22).

**Turbostratic carbon.** :math:`d_{002}` and :math:`L_c` from the stacking lines, :math:`L_a` from two-dimensional bands
(B. E. Warren, Phys. Rev. 59 (1941) 693).

In a series, the states of one electrode share the list of phases, displacement and background; each phase has an
amount in each state. For phases that are not seen, a limit of absence at 95 % can be given.
"""

from halfcell.materials.crystal_files import phases_of_folder
from halfcell.techniques.diffraction.analyse import analyse
from halfcell.techniques.diffraction.figures import FIGURES
from halfcell.techniques.diffraction.instrument_calibration import calibrate
from halfcell.techniques.diffraction.methods import methods
from halfcell.techniques.diffraction.result import DiffractionResult
from halfcell.techniques.diffraction.scan import LABORATORY
from halfcell.techniques.diffraction.settings import Settings
from halfcell.techniques.diffraction.simulate import Carbon, Crystallites, Parameters, simulate
from halfcell.techniques.diffraction.state_comparison import analyse_series
from halfcell.techniques.diffraction.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "FIGURES",
    "LABORATORY",
    "TABLES",
    "TECHNIQUE",
    "Carbon",
    "Crystallites",
    "DiffractionResult",
    "Parameters",
    "Settings",
    "analyse",
    "analyse_series",
    "simulate",
]

TECHNIQUE = Technique(
    name="diffraction",
    reads=("diffraction",),
    version="24",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    series=analyse_series,
    references={"instrument": calibrate},
    folders={"phases_folder": phases_of_folder},
)
