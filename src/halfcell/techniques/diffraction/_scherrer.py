"""Scherrer sizes line by line: pseudo-Voigt doublet, instrument taken out by Voigt deconvolution, K named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.maths.powder.apparent import apparent_line
from halfcell.maths.powder.instrument import Instrument, breadth_factor, remove_instrument, voigt_parts
from halfcell.maths.powder.peaks import Peak, fit_peak, half_height
from halfcell.techniques.diffraction._scan import Scan, lines_of, positions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.maths.powder.grid import Radiation
    from halfcell.techniques.diffraction._settings import Settings

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class LineSize:
    """One line: its fit, and the size (nm) from its width or None where it is no wider than the instrument."""

    hkl: str
    peak: Peak
    instrument_width: float
    corrected_width: float
    breadth: float
    size: float | None
    size_std: float | None

    def row(self, phase: str) -> Row:
        """The line as a row of the result."""
        return {
            "phase": phase,
            "hkl": self.hkl,
            "position": self.peak.position,
            "fwhm": self.peak.width,
            "fwhm_std": float(np.sqrt(self.peak.covariance[1, 1])),
            "instrument_fwhm": self.instrument_width,
            "corrected_fwhm": self.corrected_width,
            "integral_breadth": self.breadth,
            "scherrer_size": self.size,
            "scherrer_size_std": self.size_std,
            "chi2": self.peak.chi2,
        }


def measure_lines(name: str, data: Scan, indices: tuple[str, ...] | None = None) -> list[tuple[str, Peak]]:
    """Fit the named lines of a phase (all, where none are named) that stand out of the noise by five sigma."""
    listed = lines_of(name, data)[1]
    places = positions(listed, data)
    strong = listed.intensity > 0.02 * listed.intensity.max()
    found = []
    for hkl, place in zip(listed.names, places, strict=True):
        inside = data.two_theta[0] + 0.4 < place < data.two_theta[-1] - 0.4
        if not inside or (indices is not None and hkl not in indices):
            continue
        peak = _peak(place, places[strong], data)
        if peak is not None and _is_it(peak, place):
            found.append((hkl, peak))
    return found


def _is_it(peak: Peak, place: float) -> bool:
    """Whether a fitted peak is the line: five sigma out of the noise, no further off than 0.3 degrees + 0.3 FWHM."""
    low, high = peak.x[0] + 0.5 * peak.width, peak.x[-1] - 0.5 * peak.width
    near = abs(peak.position - place) < 0.3 + 0.3 * min(peak.width, 2.0)
    return near and low < peak.position < high and peak.height > 5 * peak.height_std


def _peak(place: float, others: Array, data: Scan) -> Peak | None:
    """Fit a line in a window of its own width, which ends half way to its neighbours of the same phase."""
    gaps = np.abs(others - place)
    near = float(gaps[gaps > 0.5].min(initial=40.0))
    guess = half_height(data.two_theta, data.counts, place, min(1.5, near / 2))
    peak = None
    for _ in range(2):
        half = min(max(0.8, 4.5 * guess[1]), 0.5 * near, 9.0)
        inside = (np.abs(data.two_theta - guess[0]) < half) & np.isfinite(data.noise)
        if inside.sum() < 12:
            return None
        x, y, variance = data.two_theta[inside], data.counts[inside], data.noise[inside]
        peak = fit_peak(x, y, variance, guess, data.radiation)
        guess = (peak.position, peak.width)
    return peak


def line_size(hkl: str, peak: Peak, settings: Settings, radiation: Radiation) -> LineSize:
    """Take the instrument out of one line and apply D = K lambda / (beta cos theta).

    The uncertainty is that of width and shape, through the deconvolution. A line whose corrected width is below a tenth
    of the instrument's, or below twice its own uncertainty, gives no size.
    """
    instrument = settings.instrument if isinstance(settings.instrument, Instrument) else None
    whole, share = apparent_line(instrument, peak.position, radiation) if instrument else (0.0, 0.0)
    gauss, lorentz = map(float, voigt_parts(whole, share))
    width, breadth = remove_instrument(peak.width, peak.eta, gauss, lorentz)
    if instrument is None:
        width, breadth = peak.width, peak.width * breadth_factor(peak.eta)
    steps = []
    for dw, de in ((0.01 * peak.width, 0.0), (0.0, 0.02)):
        up = remove_instrument(peak.width + dw, peak.eta + de, gauss, lorentz)[0]
        down = remove_instrument(peak.width - dw, peak.eta - de, gauss, lorentz)[0]
        steps.append((up - down) / (2 * (dw or de)))
    gradient = np.array(steps) if instrument else np.array([1.0, 0.0])
    std = float(np.sqrt(max(gradient @ peak.covariance[1:, 1:] @ gradient, 0.0)))
    size = None
    if width > max(0.1 * whole, 2 * std):
        cosine = np.cos(np.radians(peak.position) / 2)
        size = float(settings.shape_factor * radiation.first / np.radians(width) / cosine)
    return LineSize(
        hkl=hkl,
        peak=peak,
        instrument_width=whole,
        corrected_width=width,
        breadth=breadth,
        size=size,
        size_std=None if size is None else size * std / width,
    )


def scherrer(name: str, data: Scan, settings: Settings) -> tuple[dict[str, Quantity], list[LineSize], tuple[Note, ...]]:
    """Scherrer size of a phase: the weighted mean over its lines, its uncertainty widened by their scatter."""
    measured = measure_lines(name, data, settings.scherrer_lines or None)
    lines = [line_size(hkl, peak, settings, data.radiation) for hkl, peak in measured]
    sized = [(line.size, line.size_std) for line in lines if line.size is not None and line.size_std]
    if not sized:
        text = f"{name}: no line stands out of the noise and is wider than the instrument's"
        return {}, lines, (Note("refused", "no_scherrer_size", text),)
    value, weight = np.array([s for s, _ in sized]), np.array([1 / std**2 for _, std in sized])
    mean = float((weight * value).sum() / weight.sum())
    scatter = float((weight * (value - mean) ** 2).sum() / max(len(value) - 1, 1))
    std = float(np.sqrt(max(scatter, 1.0) / weight.sum()))
    return {f"{name}.scherrer_size": Quantity(mean, "nm", std, "fit covariance")}, lines, ()
