"""Sorption: BET area over all windows, t-plot, alpha-s, STSA, BJH, DFT, pore volume, isotherm type and hysteresis.

Every window of consecutive points is fitted; of those that meet Rouquerol's four criteria (against the noise at low
areas) the one that ends at the highest pressure counts. The error joins the spread over all of them with noise, cold
volume and mass. BJH comes with its settings; a DFT kernel is used only where it is for the sample's surface.

References
----------
M. Thommes et al., Pure Appl. Chem. 87 (2015) 1051; J. W. M. Osterrieth et al., Adv. Mater. 34 (2022) 2201502;
E. P. Barrett, L. G. Joyner, P. P. Halenda, J. Am. Chem. Soc. 73 (1951) 373.
"""

from halfcell.techniques.sorption.analyse import analyse
from halfcell.techniques.sorption.dft_kernel import kernel
from halfcell.techniques.sorption.figures import FIGURES
from halfcell.techniques.sorption.methods import methods
from halfcell.techniques.sorption.result import SorptionResult
from halfcell.techniques.sorption.settings import Settings
from halfcell.techniques.sorption.simulate import Parameters, simulate, true_area
from halfcell.techniques.sorption.statistical_thickness import alpha_reference
from halfcell.techniques.sorption.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "TECHNIQUE",
    "Parameters",
    "Settings",
    "SorptionResult",
    "alpha_reference",
    "analyse",
    "kernel",
    "simulate",
    "true_area",
]

TECHNIQUE = Technique(
    name="sorption",
    reads=("sorption",),
    version="9",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    references={"kernel": kernel, "alpha_reference": alpha_reference},
)
