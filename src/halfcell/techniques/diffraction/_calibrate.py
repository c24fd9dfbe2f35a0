"""The instrument's widths from a line-profile standard (LaB6, Si) measured on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.maths.powder.fit import PatternFit, fit_pattern
from halfcell.maths.powder.instrument import Instrument, voigt_parts
from halfcell.maths.powder.model import PatternModel, PhaseModel
from halfcell.techniques.diffraction._scan import Scan, lines_of, scan
from halfcell.techniques.diffraction._scherrer import measure_lines

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.maths.powder.peaks import Peak
    from halfcell.techniques.diffraction._settings import Settings


def calibrate(measurement: Measurement, settings: Settings) -> Instrument:
    """Fit the standard's whole pattern with the six parameters of the instrument free.

    Pseudo-Voigt fits of the single lines give the start; the standard's crystals are taken as large and unstrained.

    Raises
    ------
    Refused
        If fewer than four lines of the standard are found.
    """
    data, _ = scan(measurement, settings)
    found = measure_lines(settings.standard, data)
    if len(found) < 4:
        raise Refused(
            f"{len(found)} lines of {settings.standard} in the standard's scan",
            measurement.where,
            "name its phase in the setting 'standard'",
        )
    fit = fit_standard(data, settings.standard, _first(found))
    place = [peak.position for _, peak in found]
    made = fit.pattern.instrument(dict(zip(fit.pattern.names, map(float, fit.solution.p), strict=True)))
    described = {**vars(made), "low": min(place), "high": max(place)}
    return Instrument(**described | {"source": measurement.meta.get("sample") or settings.standard})


def fit_standard(data: Scan, name: str, start: Instrument) -> PatternFit:
    """The whole-pattern fit of a standard: instrument, cell and displacement free, intensities loosely held."""
    phase = PhaseModel(lines=lines_of(name, data, 100)[0], size=None, cell_std=0.005, texture=0.3)
    model = PatternModel(
        two_theta=data.two_theta,
        radiation=data.radiation,
        instrument=start,
        phases=(phase,),
        degree=10,
        free_instrument=True,
    )
    return fit_pattern(model, data.counts, data.variance, limit=60)


def _first(found: list[tuple[str, Peak]]) -> Instrument:
    """Widths over the angle from those of single lines, by linear least squares."""
    place = np.array([peak.position for _, peak in found])
    gauss, lorentz = voigt_parts(np.array([peak.width for _, peak in found]), np.array([peak.eta for _, peak in found]))
    weight = np.array([1 / np.sqrt(peak.covariance[1, 1]) for _, peak in found])[:, None]
    tangent, secant = np.tan(np.radians(place) / 2), 1 / np.cos(np.radians(place) / 2)
    squares = np.stack([tangent**2, tangent, np.ones_like(tangent)], axis=1)
    u, v, w = np.linalg.lstsq(squares * weight, gauss**2 * weight[:, 0], rcond=None)[0]
    x, y = np.linalg.lstsq(np.stack([tangent, secant], axis=1) * weight, lorentz * weight[:, 0], rcond=None)[0]
    u = max(float(u), 1e-4)
    t = float(np.clip(-v / (2 * u), -0.4, 1.5))
    w, x, y = (max(float(value), 1e-3) for value in (w - u * t * t, x, y))
    return Instrument(u=u, t=t, w=w, x=x, y=y, axial=0.02)
