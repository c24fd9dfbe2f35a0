r"""EXAFS: E0, normalisation, background (AUTOBK), chi(k) and chi(R) of single scans and of series of states.

.. math:: \chi(k) = (\mu - \mu_0) / \Delta\mu, \quad
   \chi(R) = \frac{\delta k}{\sqrt\pi} \sum k^w W(k) \chi(k) e^{2ikR}

R is not corrected for the phase shift of the atoms: peaks are 0.2 to 0.5 angstrom below the bond lengths. Every
amplitude scales with the edge step, and the step depends on the ranges of the pre- and post-edge fits, so that these
ranges are printed with each result. In a series all states share one range of k and are compared with the first. Steps
and conventions are those of Athena and larch (M. Newville, J. Phys. Conf. Ser. 430 (2013) 012007); the background is
solved as a linear problem.

With a scattering path from Feff (`path`) the first shell is fitted in R, with the k weights 1, 2 and 3 together:
amplitude N S0^2, bond length, mean-square spread, shift of E0. With a scan of a foil (`foil`), or S0^2 (`s02`), the
number of neighbours N is given. The path is made to fall with the absorption above the edge, and amplitudes are
corrected for what the lifetime of the core hole takes from the edge step, whose uncertainty is part of theirs.
"""

from halfcell.techniques.exafs.analyse import analyse
from halfcell.techniques.exafs.figures import FIGURES
from halfcell.techniques.exafs.first_shell import scattering_path
from halfcell.techniques.exafs.foil import reduction_factor
from halfcell.techniques.exafs.methods import methods
from halfcell.techniques.exafs.result import ExafsResult
from halfcell.techniques.exafs.settings import Settings
from halfcell.techniques.exafs.simulate import Parameters, Path, simulate
from halfcell.techniques.exafs.state_comparison import analyse_series
from halfcell.techniques.exafs.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "FIGURES",
    "TABLES",
    "TECHNIQUE",
    "ExafsResult",
    "Parameters",
    "Path",
    "Settings",
    "analyse",
    "analyse_series",
    "simulate",
]

TECHNIQUE = Technique(
    name="exafs",
    reads=("xas", "feff_path"),
    version="10",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    series=analyse_series,
    references={"path": scattering_path, "foil": reduction_factor},
)
