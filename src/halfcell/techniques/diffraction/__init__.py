"""X-ray diffraction: phases, crystallite sizes and lattice parameters from powder patterns."""

from __future__ import annotations

from halfcell.techniques.diffraction import _figures, _states, _tables
from halfcell.techniques.diffraction._analyse import analyse
from halfcell.techniques.diffraction._calibrate import calibrate
from halfcell.techniques.diffraction._result import DiffractionResult
from halfcell.techniques.diffraction._scan import LABORATORY
from halfcell.techniques.diffraction._series import analyse_series
from halfcell.techniques.diffraction._settings import Settings
from halfcell.techniques.diffraction._simulate import Carbon, Crystallites, Parameters, simulate

__all__ = [
    "FIGURES",
    "LABORATORY",
    "READS",
    "REFERENCES",
    "TABLES",
    "VERSION",
    "Carbon",
    "Crystallites",
    "DiffractionResult",
    "Parameters",
    "Settings",
    "analyse",
    "analyse_series",
    "simulate",
]

READS = ("diffraction",)
VERSION = "7"
FIGURES = {
    "pattern": _figures.pattern,
    "crystallite size": _figures.crystallite_size,
    "fit": _figures.fit,
    "Williamson-Hall": _figures.williamson_hall,
    "differences": _states.differences,
}
TABLES = {
    "sizes": _tables.sizes,
    "lattice": _tables.lattice,
    "phases compared": _tables.compared,
    "states": _states.states,
}
REFERENCES = {"instrument": calibrate}
