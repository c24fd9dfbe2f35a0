"""Calibration of the instrument's line widths from a line-profile standard (LaB6, Si) measured on it."""

from __future__ import annotations

import dataclasses
import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.content_bytes import content_bytes
from halfcell.core.errors import Refused
from halfcell.maths.powder.instrument import Instrument, voigt_parts
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.maths.powder.pattern_model import PatternModel
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.techniques.diffraction.fit_restart import ended
from halfcell.techniques.diffraction.scan import Scan, lines_of, positions, scan
from halfcell.techniques.diffraction.single_lines import measured_lines
from halfcell.techniques.diffraction.unidentified_lines import compared_lines
from halfcell.techniques.diffraction.whole_pattern_fit import missed_share

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.maths.powder.line_fit import Peak
    from halfcell.techniques.diffraction.settings import Settings

STANDARDS = ("LaB6", "Si", "corundum")  # NIST SRM 660, 640, 676 and 1976
_BELOW = 3.0  # degrees below the first line that are used; further down there may be the direct beam
_NEAR = 0.5  # degrees by which a line may deviate from its calculated position
_WIDEST = 0.35  # degrees: three times the width of a standard's narrowest line on a laboratory diffractometer
_MISSED = 0.25  # of the height of the lines, above which the fit does not describe the standard
_FEWEST = 4  # lines of a standard: with fewer the widths over the angle are a guess
_KEPT = 8  # calibrations that a process keeps: a study has one standard for each instrument
_USED = ("standard", "standard_size_nm", "divergence_slit", "wavelength_angstrom", "wavelength_ratio")
"""The settings that a calibration uses; all others are those of the sample, and stay at their defaults."""


@dataclasses.dataclass(frozen=True)
class _Given:
    """The scan of a standard and the settings of its calibration; two are equal where both have the same content."""

    content: str
    measurement: Measurement = dataclasses.field(compare=False)
    settings: Settings = dataclasses.field(compare=False)


def calibrate(measurement: Measurement, settings: Settings) -> Instrument:
    """Fit the whole pattern of the standard with the seven parameters of the instrument free.

    Pseudo-Voigt fits of the single lines give the start; the crystals of the standard are unstrained, and large where
    `standard_size_nm` is not set. All lines of the scan are used, whatever range of the sample is analysed. If the
    phase of the standard is not set, the common standard that fits best is taken.

    Raises
    ------
    Refused
        If fewer than four lines of a standard are found, or the scan is not that of the standard.
    """
    used = {name: getattr(settings, name) for name in _USED}
    content = hashlib.sha256(content_bytes((measurement, sorted(used.items())))).hexdigest()
    return _calibrated(_Given(content, measurement, type(settings)(**used)))


@lru_cache(maxsize=_KEPT)
def _calibrated(given: _Given) -> Instrument:
    """The instrument of a standard: the samples of a study share it, and each of their analyses asks for it."""
    measurement, settings = given.measurement, given.settings
    names = (settings.standard,) if settings.standard else STANDARDS
    best: _FittedStandard | None = None
    for name in names:
        one = _fitted_standard(measurement, settings, name)
        if one is not None and (best is None or one.missed < best.missed):
            best = one
        if best is not None and best.missed < _MISSED:
            break
    best = _trusted(best, names, measurement.where)
    made = best.fit.pattern.instrument(ended(best.fit))
    place = [peak.position for _, peak in best.found]
    described = {**vars(made), "low": min(place), "high": max(place), "width_std": _width_std(best.fit)}
    sample = measurement.meta.get("sample") or best.name
    source = sample if best.name in sample else f"{best.name}, {sample}"
    return Instrument(**described | {"source": source})


def _width_std(fit: PatternFit) -> float:
    """Standard uncertainty of the instrument's full width (degrees), the mean over the scan, from the covariance."""
    names = [f"instrument.{key}" for key in ("u", "t", "w", "x", "y")]
    index = [fit.pattern.names.index(name) for name in names]
    made, angles = fit.pattern.instrument(ended(fit)), fit.pattern.model.two_theta[:: max(len(fit.variance) // 20, 1)]
    slopes = []
    for name in names:
        key, step = name.split(".")[1], 1e-4
        up = made.adjusted({key: getattr(made, key) + step}).width(angles)
        slopes.append((up - made.width(angles)) / step)
    gradient = np.array(slopes)
    covariance = fit.solution.covariance[np.ix_(index, index)] * max(fit.reduced_chi2, 1.0)
    return float(np.sqrt(np.maximum(np.einsum("ia,ij,ja->a", gradient, covariance, gradient), 0.0)).mean())


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class _FittedStandard:
    """A standard fitted to a scan: its single lines, the fit, and the share of the height of its lines that is missed.

    The share is 1 if the strongest lines of the scan are not those of the standard.
    """

    name: str
    found: list[tuple[str, Peak]]
    fit: PatternFit
    missed: float


def _trusted(best: _FittedStandard | None, names: tuple[str, ...], where: str) -> _FittedStandard:
    """The best fit of a standard, if it is one.

    Raises
    ------
    Refused
        If the scan is not that of a standard.
    """
    if best is None:
        what = f"the strong lines of {' or '.join(names)} (at least four) are not in the scan of the standard"
        raise Refused(what, where, "set its phase in 'standard'")
    if best.missed > _MISSED:
        what = f"the scan is not that of {' or '.join(names)}: it has other lines"
        raise Refused(what, where, "give the scan of a line-profile standard, and set its phase in 'standard'")
    narrowest = min(peak.width for _, peak in best.found)
    if narrowest > _WIDEST:
        what = f"the lines of {best.name} are {narrowest:.2f} degrees wide or more, like those of a sample"
        raise Refused(what, where, "give the scan of a line-profile standard")
    return best


def _fitted_standard(measurement: Measurement, settings: Settings, name: str) -> _FittedStandard | None:
    """Fit a standard to a scan from slightly below its first line.

    None if fewer than four of its lines are found, or a strong one is missing.
    """
    try:
        data, _ = scan(measurement, settings)
        found = measured_lines(name, data)
    except Refused:
        return None
    strong = positions(lines_of(name, data, weakest=0.3)[1], data)
    strong = strong[(strong > data.two_theta[0] + 1) & (strong < data.two_theta[-1] - 1)]
    place = np.array([peak.position for _, peak in found])
    if len(found) < _FEWEST or any(np.abs(place - one).min() > _NEAR for one in strong):
        return None
    first = float(positions(lines_of(name, data, weakest=0.05)[1], data).min())
    data, _ = scan(measurement, dataclasses.replace(settings, low_degree=first - _BELOW))
    fit = fit_standard(data, name, _first(found), settings.standard_size_nm)
    fits = compared_lines(data, fit.solution.model).are_identified
    return _FittedStandard(name=name, found=found, fit=fit, missed=missed_share(fit, 0, data.counts) if fits else 1.0)


def fit_standard(data: Scan, name: str, start: Instrument, size: float | None = None) -> PatternFit:
    """The whole-pattern fit of a standard: instrument, cell and displacement free, intensities loosely restrained.

    `size` is its known L_V in nm; without it the crystals are taken as large.
    """
    lines = lines_of(name, data, 100)[0]
    phase = PhaseModel(lines=lines, size=size, free_size=False, free_sigma=False, cell_std=0.005, texture=0.3)
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
    """The widths as a function of the angle, from those of single lines, by linear least squares."""
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
    return Instrument(u=u, t=t, w=w, x=x, y=y, axial=0.01, lag=0.005)
