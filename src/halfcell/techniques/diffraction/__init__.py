"""X-ray diffraction: phases, crystallite sizes and lattice parameters from powder patterns."""

from __future__ import annotations

from halfcell.techniques.diffraction import _figures, _tables
from halfcell.techniques.diffraction._analyse import analyse
from halfcell.techniques.diffraction._calibrate import calibrate
from halfcell.techniques.diffraction._result import DiffractionResult
from halfcell.techniques.diffraction._settings import Settings
from halfcell.techniques.diffraction._simulate import LABORATORY, Crystallites, Parameters, simulate

__all__ = [
    "FIGURES",
    "LABORATORY",
    "READS",
    "REFERENCES",
    "TABLES",
    "VERSION",
    "Crystallites",
    "DiffractionResult",
    "Parameters",
    "Settings",
    "analyse",
    "simulate",
]

READS = ("diffraction",)
VERSION = "2"
FIGURES = {
    "pattern": _figures.pattern,
    "crystallite size": _figures.crystallite_size,
    "fit": _figures.fit,
    "Williamson-Hall": _figures.williamson_hall,
}
TABLES = {"sizes": _tables.sizes, "lattice": _tables.lattice, "phases compared": _tables.compared}
REFERENCES = {"instrument": calibrate}
