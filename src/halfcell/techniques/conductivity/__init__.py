"""I-V sweeps of pellets: ohmic range, resistance, conductivity, and what a two-probe cell can tell.

The resistance is the slope of a line *with intercept* over the ohmic range of a symmetric sweep, forward and backward;
V/I at one point or a line through zero mixes the instrument's offset into it. In a two-probe cell (steel | pellet |
steel) contacts and leads are in series: sigma cannot come out above L/(A R_c), so of a good conductor the cell gives a
lower bound unless four wires, a blank or a series of thicknesses takes the contacts out.

Sources: sigma = L/(R A): definition; two-probe limits: D. K. Schroder, Semiconductor Material and Device
Characterization, 3rd ed. (2006), ch. 1 and 3 (contacts, thickness series).
"""

from halfcell.techniques.conductivity.analyse import analyse, analyse_series, claims
from halfcell.techniques.conductivity.contact_resistance import blank_resistance
from halfcell.techniques.conductivity.figures import FIGURES
from halfcell.techniques.conductivity.methods import methods
from halfcell.techniques.conductivity.result import ConductivityResult
from halfcell.techniques.conductivity.settings import Settings
from halfcell.techniques.conductivity.simulate import Parameters, simulate
from halfcell.techniques.conductivity.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "TECHNIQUE",
    "ConductivityResult",
    "Parameters",
    "Settings",
    "analyse",
    "analyse_series",
    "simulate",
]

TECHNIQUE = Technique(
    name="conductivity",
    reads=("voltammetry", "conductivity"),
    version="8",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    series=analyse_series,
    references={"contact_resistance_ohm": blank_resistance},
    claims=claims,
)
