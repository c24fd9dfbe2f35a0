"""X-ray diffraction: phases, crystallite sizes and lattice parameters from powder patterns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.maths.powder.instrument import Instrument
from halfcell.techniques.diffraction import _figures
from halfcell.techniques.diffraction._calibrate import calibrate
from halfcell.techniques.diffraction._result import DiffractionResult
from halfcell.techniques.diffraction._scan import Scan, lines_of, positions, scan
from halfcell.techniques.diffraction._scherrer import scherrer
from halfcell.techniques.diffraction._settings import Settings
from halfcell.techniques.diffraction._simulate import LABORATORY, Crystallites, Parameters, simulate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

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
VERSION = "1"
FIGURES = {"pattern": _figures.pattern, "crystallite size": _figures.crystallite_size}
TABLES = {"sizes": _figures.sizes}
REFERENCES = {"instrument": calibrate}


def analyse(measurement: Measurement, settings: Settings) -> DiffractionResult:
    """Find sizes of the named phases in a diffractogram.

    Raises
    ------
    InputError
        If a phase is unknown, or the instrument is a name of a file that was not calibrated.
    Refused
        If the range holds too few points.
    """
    if isinstance(settings.instrument, str):
        raise InputError(f"instrument {settings.instrument!r} was not calibrated", hint="give the standard as a file")
    data, notes = scan(measurement, settings)
    quantities: dict[str, Quantity] = {}
    rows: list[Row] = []
    for name in settings.phases:
        found, lines, doubts = scherrer(name, data, settings)
        quantities |= found
        rows += [line.row(name) for line in lines]
        notes += doubts
    return DiffractionResult(
        technique="diffraction",
        quantities=quantities,
        rows=tuple(rows),
        notes=(*measurement.notes, *notes, *_method(settings)),
        simulated=measurement.is_simulated,
        two_theta=data.two_theta,
        counts=data.counts,
        phases=settings.phases,
        ticks={name: _ticks(name, data) for name in settings.phases},
    )


def _method(settings: Settings) -> tuple[Note, ...]:
    """How the Scherrer sizes were made, and whether the instrument is in them."""
    lines = ", ".join(settings.scherrer_lines) or "all lines"
    said = f"Scherrer size: K = {settings.shape_factor:g}, full width at half maximum, lines {lines}"
    if isinstance(settings.instrument, Instrument):
        how = f"instrument taken out by Voigt deconvolution (standard: {settings.instrument.source})"
        return (Note("info", "scherrer", f"{said}; {how}"),)
    text = "no instrument standard was given: sizes hold the instrument's broadening and are lower bounds"
    return (Note("info", "scherrer", said), Note("doubt", "uncorrected", text))


def _ticks(name: str, data: Scan) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Angles and relative heights of a phase's lines within the scan."""
    listed = lines_of(name, data)[1]
    place = positions(listed, data)
    half = np.radians(place) / 2
    height = listed.intensity * (1 + np.cos(2 * half) ** 2) / (np.sin(half) ** 2 * np.cos(half))
    inside = (place > data.two_theta[0]) & (place < data.two_theta[-1])
    return place[inside], height[inside] / height.max()
