"""Thermogravimetry: steps of loss and gain with onset, peak, endset; residue, char from a burn-off, carbon in air.

The mass of the analysed heating is averaged in bins of 0.5 degC and differentiated by a local polynomial; steps are
divided at the minima of the rate and where the mass turns. Onset and endset are where the tangent at the steepest
point crosses the masses before and after (ISO 11358-1). A residue below zero is refused; a burn-off gives the char.

References
----------
ISO 11358-1:2022; A. Savitzky, M. J. E. Golay, Anal. Chem. 36 (1964) 1627.
"""

from halfcell.techniques.technique import Technique
from halfcell.techniques.thermogravimetry.analyse import analyse
from halfcell.techniques.thermogravimetry.analysed_heating import blank
from halfcell.techniques.thermogravimetry.figures import FIGURES
from halfcell.techniques.thermogravimetry.methods import methods
from halfcell.techniques.thermogravimetry.result import ThermogravimetryResult
from halfcell.techniques.thermogravimetry.settings import Settings
from halfcell.techniques.thermogravimetry.simulate import Parameters, blank_run, simulate, true_char
from halfcell.techniques.thermogravimetry.tables import TABLES

__all__ = [
    "TECHNIQUE",
    "Parameters",
    "Settings",
    "ThermogravimetryResult",
    "analyse",
    "blank",
    "blank_run",
    "simulate",
    "true_char",
]

TECHNIQUE = Technique(
    name="thermogravimetry",
    reads=("thermogravimetry",),
    version="10",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    references={"blank": blank},
)
