"""Predicted response: a voltammogram or a spectrum beside that which a cell card predicts for the same test.

Scan rate, window and number of cycles of a voltammogram, and the frequencies of a spectrum, are those that were
measured; the card's electrode (or cell) goes through the same. Nothing is fitted. Where values of the card have
standard uncertainties, each number has a z: peaks and arcs move with the series resistance and the mass, so state
theirs.
"""

from __future__ import annotations

from halfcell.techniques.technique import Technique
from halfcell.twin.card_of_file import card_of
from halfcell.twin.techniques.predicted_response.analyse import analyse
from halfcell.twin.techniques.predicted_response.figures import FIGURES
from halfcell.twin.techniques.predicted_response.methods import methods
from halfcell.twin.techniques.predicted_response.result import PredictedResponseResult
from halfcell.twin.techniques.predicted_response.settings import Settings
from halfcell.twin.techniques.predicted_response.simulate import Parameters, simulate
from halfcell.twin.techniques.predicted_response.tables import TABLES

__all__ = ["FIGURES", "TABLES", "TECHNIQUE", "Parameters", "PredictedResponseResult", "Settings", "analyse", "simulate"]

TECHNIQUE = Technique(
    name="predicted_response",
    reads=("voltammetry", "impedance", "cell_card"),
    version="2",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    references={"card": card_of},
    builds_on=("voltammetry",),
    first_columns=("name", "measured", "predicted", "difference", "unit"),
)
