"""Impedance spectra: Kramers-Kronig test, circuit fit with intervals, arcs named by time constant and tracked.

What is done, in this order: points that no Kramers-Kronig model can follow are left out (and named); a linear
Kramers-Kronig fit gives the noise and says whether the data obey the relations; the circuit is fitted from starts found
in the data, no guess is asked for; values come with 95 % intervals and correlations. Where no circuit is asked for, the
simplest that the data determine is taken; beside one that is, its neighbours (other tail, an arc more or less, a lead
inductance) are fitted, and a word is said where one is as good or better. The resistance of an arc is quoted only where
its uncertainty allows it; the sum of the arcs is always given.

Sources: B. A. Boukamp, Solid State Ionics 20 (1986) 31; J. Electrochem. Soc. 142 (1995) 1885; G. J. Brug et al.,
J. Electroanal. Chem. 176 (1984) 275; C. H. Hsu, F. Mansfeld, Corrosion 57 (2001) 747; G. Schwarz, Ann. Stat. 6 (1978)
461 (BIC).
"""

from halfcell.techniques.impedance.analyse import analyse
from halfcell.techniques.impedance.figures import FIGURES
from halfcell.techniques.impedance.records import ImpedanceResult, Parameters, Settings
from halfcell.techniques.impedance.simulate import simulate
from halfcell.techniques.impedance.states import analyse_series
from halfcell.techniques.impedance.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "FIGURES",
    "TABLES",
    "TECHNIQUE",
    "ImpedanceResult",
    "Parameters",
    "Settings",
    "analyse",
    "analyse_series",
    "simulate",
]

TECHNIQUE = Technique(
    name="impedance",
    reads=("impedance",),
    version="4",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    series=analyse_series,
)
