"""Ionic conductivity of a pellet from its impedance between blocking electrodes, and its activation energy.

Bulk and grain boundaries of a solid electrolyte are arcs, or a resistance where the arcs lie above the measured
frequencies; electrodes that block ions add a capacitive tail at low frequency. The sum of all resistances before the
tail gives the conductivity, L/(R A): that of bulk and grain boundaries together. The bulk is given apart only where two
resistances are seen whose capacitances are those of bulk and grain boundary. Without a blocking tail there is no
number. Spectra at several temperatures give the Arrhenius line.

Sources: J. T. S. Irvine, D. C. Sinclair, A. R. West, Adv. Mater. 2 (1990) 132 (arcs by capacitance); T. Famprikis et
al., Nat. Mater. 18 (2019) 1278 (sigma T over 1/T).
"""

from halfcell.techniques.ionic_conductivity.analyse import analyse, analyse_series, blank_impedance
from halfcell.techniques.ionic_conductivity.figures import FIGURES
from halfcell.techniques.ionic_conductivity.methods import methods
from halfcell.techniques.ionic_conductivity.result import IonicConductivityResult
from halfcell.techniques.ionic_conductivity.settings import Settings
from halfcell.techniques.ionic_conductivity.simulate import Parameters, simulate, true_conductivity
from halfcell.techniques.ionic_conductivity.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "TECHNIQUE",
    "IonicConductivityResult",
    "Parameters",
    "Settings",
    "analyse",
    "analyse_series",
    "simulate",
    "true_conductivity",
]

TECHNIQUE = Technique(
    name="ionic_conductivity",
    reads=("impedance",),
    version="4",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    methods=methods,
    simulate=simulate,
    series=analyse_series,
    references={"contact_resistance_ohm": blank_impedance},
    builds_on=("impedance",),
)
