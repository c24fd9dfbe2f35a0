"""Mean weight per active mass, for tests; each analysis leaves a line in the file that FAKE_LOG names."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.figure import Axis, Figure, Panel, Points
from halfcell.core.measurement import Measurement
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result
from halfcell.core.table import Column, Entry, Table, entry
from halfcell.techniques import Technique


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`active_mass_mg` divides, `factor` multiplies, `blank` (a file) is taken off."""

    active_mass_mg: float | None = None
    factor: float = 1.0
    blank: float = 0.0


def analyse(measurement: Measurement, settings: Settings) -> Result:
    with Path(os.environ["FAKE_LOG"]).open("a") as file:
        file.write("x\n")
    mean = float(measurement["weight_mg"].mean()) * settings.factor - settings.blank
    quantities = {"mean_weight": Quantity(mean, "mg", 0.1, "counting noise")}
    notes = [Note("correction", "simulated", "one weight was doubted")]
    if settings.active_mass_mg:
        quantities["weight_per_mass"] = Quantity(mean / settings.active_mass_mg, "")
    return Result(technique="weighing", quantities=quantities, notes=tuple(notes))


def simulate(parameters: object, rng: np.random.Generator) -> Measurement:
    return Measurement(technique="weighing", columns={"weight_mg": rng.normal(size=5)}, meta={"simulated": True})


def bars(results: Sequence[Result]) -> Figure:
    x = np.arange(len(results), dtype=float)
    y = np.array([result["mean_weight"].value for result in results])
    return Figure(
        panels=(Panel(x=Axis(label="Subject"), y=Axis(label="Weight", unit="mg"), layers=(Points(x=x, y=y),)),)
    )


def weights(results: Sequence[Result]) -> Table:
    columns = (
        Column(key="name", label="Name"),
        Column(key="mean_weight", label="Weight", unit="mg"),
        Column(key="weight_per_mass", label="Per mass"),
    )
    rows = tuple(
        (Entry(text=result.label), entry(result, "mean_weight", 2), entry(result, "weight_per_mass"))
        for result in results
    )
    return Table(columns=columns, rows=rows)


def per_mass(results: Sequence[Result]) -> Table:
    for result in results:
        if "weight_per_mass" not in result.quantities:
            raise Refused("no mass", result.label, "cells.csv")
    return weights(results)


def calibrate(measurement: Measurement, settings: Settings) -> float:
    return float(measurement["weight_mg"].mean())


FIGURES = {"bars": bars}
TABLES = {"weights": weights, "per mass": per_mass}


TECHNIQUE = Technique(
    name="weighing",
    reads=("weighing",),
    version="1",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    references={"blank": calibrate},
)
