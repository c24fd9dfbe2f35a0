"""Prediction: the discharges of a full cell, from its cycling file, beside those that its cell card predicts.

The cell is analysed by `cycling` with its kind and masses. For the current of each stretch of cycles the card's cell is
discharged by `halfcell.twin`. With standard uncertainties in the card each prediction is a median with a 5 to 95 %
band, and ``z = (measured - predicted) / sqrt(u_measured^2 + u_predicted^2)``. Nothing is fitted. The card knows no
fade: a later stretch that has lost capacity differs by that, too.
"""

from __future__ import annotations

from halfcell.techniques.technique import Technique
from halfcell.twin.card_of_file import card_of
from halfcell.twin.techniques.prediction.analyse import analyse
from halfcell.twin.techniques.prediction.figures import FIGURES
from halfcell.twin.techniques.prediction.methods import methods
from halfcell.twin.techniques.prediction.result import PredictionResult
from halfcell.twin.techniques.prediction.settings import Settings
from halfcell.twin.techniques.prediction.simulate import Parameters, simulate
from halfcell.twin.techniques.prediction.tables import TABLES

__all__ = ["FIGURES", "TABLES", "TECHNIQUE", "Parameters", "PredictionResult", "Settings", "analyse", "simulate"]

TECHNIQUE = Technique(
    name="prediction",
    reads=("cycling", "cell_card"),
    version="2",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    references={"card": card_of},
    builds_on=("cycling",),
    first_columns=("cycle", "current_density", "capacity", "predicted_capacity", "capacity_error", "capacity_z"),
)
