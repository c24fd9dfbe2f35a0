"""Impedance spectra: Kramers-Kronig test, circuit fit with intervals, arcs named by time constant and tracked.

Points that no Kramers-Kronig model can follow are left out and named. A linear Kramers-Kronig fit gives the noise and
shows whether the data obey the relations. The circuit is then fitted from starts that are found in the data, so that
no guesses are needed; values have 95 % intervals and correlations. If no circuit is set, the simplest that the data
determine is chosen. If one is set, its neighbours (another tail, one arc more or less, a lead inductance) are fitted as
well, with a note where one of them is as good or better. The resistance of an arc is quoted only where its uncertainty
allows it; the sum of the arcs is given where it is known.

Sources: B. A. Boukamp, Solid State Ionics 20 (1986) 31; J. Electrochem. Soc. 142 (1995) 1885; G. J. Brug et al.,
J. Electroanal. Chem. 176 (1984) 275; C. H. Hsu, F. Mansfeld, Corrosion 57 (2001) 747; G. Schwarz, Ann. Stat. 6 (1978)
461 (BIC).
"""

from halfcell.techniques.impedance.analyse import analyse
from halfcell.techniques.impedance.arc_tracking import analyse_series
from halfcell.techniques.impedance.figures import FIGURES
from halfcell.techniques.impedance.methods import methods
from halfcell.techniques.impedance.result import ImpedanceResult
from halfcell.techniques.impedance.settings import Settings
from halfcell.techniques.impedance.simulate import TWO_ARCS, Parameters, simulate
from halfcell.techniques.impedance.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "FIGURES",
    "TABLES",
    "TECHNIQUE",
    "TWO_ARCS",
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
    version="12",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    series=analyse_series,
)
