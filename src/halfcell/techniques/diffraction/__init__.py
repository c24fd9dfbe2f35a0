"""X-ray diffraction: phases, crystallite sizes and lattice parameters from powder patterns."""

from __future__ import annotations

from halfcell.techniques.diffraction import figures, state_shows, tables
from halfcell.techniques.diffraction.analyse import analyse
from halfcell.techniques.diffraction.instrument_calibration import calibrate
from halfcell.techniques.diffraction.result import DiffractionResult
from halfcell.techniques.diffraction.scan import LABORATORY
from halfcell.techniques.diffraction.settings import Settings
from halfcell.techniques.diffraction.simulate import Carbon, Crystallites, Parameters, simulate
from halfcell.techniques.diffraction.states import analyse_series
from halfcell.techniques.technique import Technique

__all__ = [
    "FIGURES",
    "LABORATORY",
    "REFERENCES",
    "TABLES",
    "TECHNIQUE",
    "Carbon",
    "Crystallites",
    "DiffractionResult",
    "Parameters",
    "Settings",
    "analyse",
    "analyse_series",
    "simulate",
]

FIGURES = {
    "pattern": figures.pattern,
    "crystallite size": figures.crystallite_size,
    "fit": figures.fit,
    "Williamson-Hall": figures.williamson_hall,
    "differences": state_shows.differences,
}
TABLES = {
    "sizes": tables.sizes,
    "lattice": tables.lattice,
    "phases compared": tables.compared,
    "states": state_shows.states,
}
REFERENCES = {"instrument": calibrate}

TECHNIQUE = Technique(
    name="diffraction",
    reads=("diffraction",),
    version="7",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    series=analyse_series,
    references=REFERENCES,
)
