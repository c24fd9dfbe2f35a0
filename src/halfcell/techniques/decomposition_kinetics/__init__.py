"""Decomposition kinetics: activation energies from thermogravimetric runs at three or more heating rates.

Kissinger from the peaks; Ozawa-Flynn-Wall (with the exact temperature integral) and Friedman at each conversion. An
energy that varies with the conversion is not that of one reaction, and is doubted.

References
----------
S. Vyazovkin et al. (ICTAC Kinetics Committee), Thermochim. Acta 520 (2011) 1; H. E. Kissinger, Anal. Chem. 29 (1957)
1702; T. Ozawa, Bull. Chem. Soc. Jpn. 38 (1965) 1881; H. L. Friedman, J. Polym. Sci. C 6 (1964) 183.
"""

from halfcell.techniques.decomposition_kinetics.analyse import analyse, analyse_series
from halfcell.techniques.decomposition_kinetics.figures import FIGURES
from halfcell.techniques.decomposition_kinetics.methods import methods
from halfcell.techniques.decomposition_kinetics.result import KineticsResult
from halfcell.techniques.decomposition_kinetics.settings import Settings
from halfcell.techniques.decomposition_kinetics.simulate import Parameters, simulate
from halfcell.techniques.decomposition_kinetics.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = ["TECHNIQUE", "KineticsResult", "Parameters", "Settings", "analyse", "analyse_series", "simulate"]

TECHNIQUE = Technique(
    name="decomposition_kinetics",
    reads=("thermogravimetry",),
    version="2",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    series=analyse_series,
    methods=methods,
    builds_on=("thermogravimetry",),
    first_columns=("conversion", "friedman_energy", "ozawa_energy"),
)
