r"""Operando diffraction: the scans of a cell in operation as one map over time, with the voltage beside it.

The scans of a test are put side by side as they are: nothing is fitted to them, and a map of a hundred scans takes
seconds. The lines that are followed give, for each scan, net area and centre above a straight background between the
ends of their window,

.. math:: A = \sum_i (c_i - b_i)\,\Delta, \qquad \theta = \frac{\sum_i x_i (c_i - b_i)}{\sum_i (c_i - b_i)},

with the uncertainty of the counts. The record of a cycler gives the voltage at the start of each scan: by the clocks of
both instruments, or by the time between scans where the files do not say when they were started.
"""

from halfcell.techniques.operando_diffraction.analyse import analyse
from halfcell.techniques.operando_diffraction.figures import FIGURES
from halfcell.techniques.operando_diffraction.join import join
from halfcell.techniques.operando_diffraction.methods import methods
from halfcell.techniques.operando_diffraction.result import OperandoResult
from halfcell.techniques.operando_diffraction.settings import Settings
from halfcell.techniques.operando_diffraction.simulate import Parameters, simulate, voltage_record
from halfcell.techniques.operando_diffraction.tables import TABLES
from halfcell.techniques.operando_diffraction.voltage import recorded_voltage
from halfcell.techniques.technique import Technique

__all__ = ["TECHNIQUE", "OperandoResult", "Parameters", "Settings", "analyse", "join", "simulate", "voltage_record"]

TECHNIQUE = Technique(
    name="operando_diffraction",
    reads=("diffraction",),
    version="1",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    join=join,
    references={"voltage": recorded_voltage},
    reference_reads={"voltage": ("cycling",)},
    first_columns=("scan", "time", "voltage", "line", "centre", "area"),
)
