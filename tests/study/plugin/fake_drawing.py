"""A drawing made of what the tables say of a cell, for tests: it reads no file."""

from fake_weighing import FIGURES, TABLES, Settings, simulate

from halfcell.core.measurement import Measurement
from halfcell.core.quantity import Quantity
from halfcell.core.result import Result
from halfcell.techniques import Technique


def analyse(measurement: Measurement, settings: Settings) -> Result:
    loading = measurement.meta["active_mass_mg"] / measurement.meta["area_cm2"]
    return Result(technique="drawing", quantities={"mean_weight": Quantity(loading, "mg/cm2")})


TECHNIQUE = Technique(
    name="drawing",
    reads=(),
    version="1",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
)
