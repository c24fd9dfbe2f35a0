"""Direct-current polarisation of pellets: steady-state test, conductivity as value or bound, whose conductivity it is.

A constant bias, the current over time. What the steady current means depends on the electrodes: electron-blocking ones
leave the ionic conductivity, ion-blocking ones the electronic. A transient that has not ended gives an upper bound, not
an extrapolation; layers and interfaces in series give a lower bound of an ionic conductivity.

Sources: M. H. Hebb, J. Chem. Phys. 20 (1952) 185; C. Wagner, Z. Elektrochem. 60 (1956) 4 (polarisation with blocking
electrodes); J. Maier, Physical Chemistry of Ionic Materials (2004), ch. 7.
"""

from halfcell.techniques.polarisation.analyse import analyse, analyse_series
from halfcell.techniques.polarisation.figures import FIGURES
from halfcell.techniques.polarisation.methods import methods
from halfcell.techniques.polarisation.result import PolarisationResult
from halfcell.techniques.polarisation.settings import Settings
from halfcell.techniques.polarisation.simulate import Parameters, simulate
from halfcell.techniques.polarisation.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = ["TECHNIQUE", "Parameters", "PolarisationResult", "Settings", "analyse", "analyse_series", "simulate"]

TECHNIQUE = Technique(
    name="polarisation",
    reads=("polarisation",),
    version="6",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    series=analyse_series,
)
