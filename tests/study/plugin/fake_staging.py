"""States of one subject looked at together, for tests: each weight against the first."""

from collections.abc import Sequence

from fake_weighing import FIGURES, TABLES, Settings, simulate

from halfcell.core.measurement import Measurement
from halfcell.core.quantity import Quantity
from halfcell.core.result import Result
from halfcell.techniques import Technique


def analyse(measurement: Measurement, settings: Settings) -> Result:
    return analyse_series((measurement,), settings)[0]


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[Result, ...]:
    first = float(measurements[0]["weight_mg"].mean())
    return tuple(
        Result(technique="staging", quantities={"mean_weight": Quantity(float(m["weight_mg"].mean()) - first, "mg")})
        for m in measurements
    )


TECHNIQUE = Technique(
    name="staging",
    reads=("weighing",),
    version="1",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    series=analyse_series,
)
