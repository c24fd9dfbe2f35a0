"""Sizes from single lines: Scherrer, integral breadth, Williamson-Hall; the instrument is removed from each line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.materials.reflections import index_name, spacings
from halfcell.maths.powder.apparent_line import apparent_line
from halfcell.maths.powder.instrument import Instrument, breadth_factor, remove_instrument, voigt_parts
from halfcell.maths.powder.line_fit import Peak, fit_peak, half_height
from halfcell.techniques.diffraction.scan import Scan, lines_of, positions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.materials.reflections import Reflections
    from halfcell.maths.powder.reciprocal_grid import Radiation
    from halfcell.techniques.diffraction.settings import Settings

    Array = NDArray[np.float64]


_SCHERRER_LINES = 3  # the strongest ones; weaker lines widen the error and hide overlaps
_ONE_LINE = 0.5  # degrees: lines of a phase nearer than this are one for a single fit
_EQUAL = 1e-6  # relative difference of spacings by rounding only
_FEWEST_POINTS = 12  # of a line and its background: five parameters, and as many again
_FEWEST_LINES = 3  # of a Williamson-Hall line, which has two parameters
_STRONG = 0.02  # of the strongest line: weaker ones are lost in the noise
_NEAR = 0.3  # degrees, and as a part of the width: how far a line may be from its place
_SIGMAS = 5  # standard uncertainties of the height of a line
_BROADENED = 0.1  # of the instrument's width: less broadening is lost in what the instrument is known to
_APART = 1.5  # widths: lines of other phases that are nearer overlap


@dataclass(frozen=True, kw_only=True, eq=False)
class LineSize:
    """One line: its fit, the width added by the sample (degrees), and that width as reciprocal lengths (1/nm).

    `s` is 2 sin(theta)/lambda. `fwhm_s`,
    `breadth_s` are beta cos(theta)/lambda of the corrected full width at half maximum and integral breadth with their
    standard uncertainties; both are None if the line is no wider than that of the instrument.
    """

    hkl: str
    peak: Peak
    instrument_width: float
    width: float
    breadth: float
    s: float
    fwhm_s: tuple[float, float] | None
    breadth_s: tuple[float, float] | None

    def row(self, phase: str, shape_factor: float) -> Row:
        """The line as a row of the result."""
        size = None if self.fwhm_s is None else shape_factor / self.fwhm_s[0]
        return {
            "phase": phase,
            "hkl": self.hkl,
            "position": self.peak.position,
            "fwhm": self.peak.width,
            "fwhm_std": float(np.sqrt(self.peak.covariance[1, 1])),
            "instrument_fwhm": self.instrument_width,
            "corrected_fwhm": self.width,
            "integral_breadth": self.breadth,
            "scherrer_size": size,
            "scherrer_size_std": None
            if size is None or self.fwhm_s is None
            else size * self.fwhm_s[1] / self.fwhm_s[0],
            "chi2": self.peak.chi2,
        }


def measured_lines(name: str, data: Scan) -> list[tuple[str, Peak]]:
    """Fits of the lines of a phase that stand out from the noise by five sigma; of lines at one angle the strongest."""
    listed = lines_of(name, data)[1]
    places = positions(listed, data)
    strong = listed.intensity > _STRONG * listed.intensity.max()
    found: list[tuple[str, Peak]] = []
    for index in np.argsort(-listed.intensity[strong]):
        hkl, place = listed.hkl[strong][index], float(places[strong][index])
        taken = any(abs(place - peak.position) < _ONE_LINE for _, peak in found)
        if taken or not data.two_theta[0] + 0.4 < place < data.two_theta[-1] - 0.4:
            continue
        peak = _peak(place, places[strong], data)
        if peak is not None and _is_it(peak, place):
            found.append((_conventional(listed, hkl), peak))
    return sorted(found, key=lambda pair: pair[1].position)


def _conventional(listed: Reflections, hkl: NDArray[np.int64]) -> str:
    """The conventional index of a line: the largest of those with the same spacing and indices (101, not 011)."""
    names = [row for row in listed.hkl if sorted(map(abs, row)) == sorted(map(abs, hkl))]
    gaps = np.abs(spacings(np.array(names), listed.phase.cell) / spacings(hkl[None, :], listed.phase.cell) - 1)
    alike = [row for row, gap in zip(names, gaps, strict=True) if gap < _EQUAL]
    return index_name(max(alike, key=lambda row: (-sum(i < 0 for i in row), tuple(row))))


def _is_it(peak: Peak, place: float) -> bool:
    """Whether a peak is the line: five sigma above the noise and within 0.3 degrees + 0.3 FWHM of its position."""
    low, high = peak.x[0] + 0.5 * peak.width, peak.x[-1] - 0.5 * peak.width
    near = abs(peak.position - place) < 0.3 + _NEAR * min(peak.width, 2.0)
    return near and low < peak.position < high and peak.height > _SIGMAS * peak.height_std


def _peak(place: float, others: Array, data: Scan) -> Peak | None:
    """Fit a line in a window proportional to its width, which ends half way to the next line of the same phase."""
    gaps = np.abs(others - place)
    near = float(gaps[gaps > _ONE_LINE].min(initial=40.0))
    guess = half_height(data.two_theta, data.counts, place, min(1.5, near / 2))
    peak = None
    for _ in range(2):
        half = min(max(0.8, 4.5 * guess[1]), 0.5 * near, 9.0)
        inside = (np.abs(data.two_theta - guess[0]) < half) & np.isfinite(data.noise)
        if inside.sum() < _FEWEST_POINTS:
            return None
        x, y, variance = data.two_theta[inside], data.counts[inside], data.noise[inside]
        peak = fit_peak(x, y, variance, guess, data.radiation)
        guess = (peak.position, peak.width)
    return peak


def line_size(hkl: str, peak: Peak, settings: Settings, radiation: Radiation) -> LineSize:
    """Remove the instrument from one line.

    The uncertainties of width and shape are propagated through the deconvolution. A line whose corrected width is below
    a tenth of that of the instrument, or below twice its own uncertainty, gives no size.

    Parameters
    ----------
    hkl, peak
        Indices of the line and its fit (degrees).
    settings
        The instrument.
    radiation
        Emission lines.

    Returns
    -------
    LineSize
        Widths that the sample adds: degrees, and beta cos(theta)/lambda (1/nm) with standard uncertainties.

    Source: T. H. de Keijser et al., J. Appl. Cryst. 15 (1982) 308, for the parts of a Voigt function.
    """
    instrument = settings.instrument if isinstance(settings.instrument, Instrument) else None
    whole, share = apparent_line(instrument, peak.position, radiation) if instrument else (0.0, 0.0)
    gauss, lorentz = map(float, voigt_parts(whole, share))

    def corrected(width: float, eta: float) -> Array:
        if instrument is None:
            return np.array([width, width * breadth_factor(min(max(eta, 0.0), 1.0))])
        return np.array(remove_instrument(width, eta, gauss, lorentz))

    width, breadth = corrected(peak.width, peak.eta)
    steps = ((0.01 * peak.width, 0.0), (0.0, 0.02))
    sides = [(corrected(peak.width + w, peak.eta + e), corrected(peak.width - w, peak.eta - e)) for w, e in steps]
    gradient = np.array([(up - down) / (2 * (w or e)) for (w, e), (up, down) in zip(steps, sides, strict=True)])
    std = np.sqrt(np.maximum(np.diag(gradient.T @ peak.covariance[1:, 1:] @ gradient), 0.0))
    convert = np.pi / 180 * np.cos(np.radians(peak.position) / 2) / radiation.first
    wide = width > max(_BROADENED * whole, 2 * std[0])
    return LineSize(
        hkl=hkl,
        peak=peak,
        instrument_width=whole,
        width=float(width),
        breadth=float(breadth),
        s=float(2 * np.sin(np.radians(peak.position) / 2) / radiation.first),
        fwhm_s=(float(convert * width), float(convert * std[0])) if wide else None,
        breadth_s=(float(convert * breadth), float(convert * std[1])) if wide else None,
    )


def single_lines(name: str, data: Scan, settings: Settings) -> tuple[LineSize, ...]:
    """All lines of a phase that can be fitted individually.

    Parameters
    ----------
    name, data
        The phase, and its scan.
    settings
        The instrument.

    Returns
    -------
    tuple of LineSize
        By rising angle.

    Source: as `measured_lines` and `line_size`.
    """
    return tuple(line_size(hkl, peak, settings, data.radiation) for hkl, peak in measured_lines(name, data))


def scherrer_lines(lines: tuple[LineSize, ...], others: Array, settings: Settings) -> tuple[LineSize, ...]:
    """The lines from which the Scherrer size is taken: those that are set, or the three strongest separable ones.

    Parameters
    ----------
    lines
        Lines that were measured.
    others
        Positions of the lines of other phases (degrees), shape (m,); a line within 1.5 widths of one is not separable.
    settings
        With the lines that are set.

    Returns
    -------
    tuple of LineSize
        By falling height.

    Source: procedure of this package.
    """
    usable = tuple(line for line in lines if line.fwhm_s is not None)
    chosen = tuple(line for line in usable if line.hkl in settings.scherrer_lines)
    if chosen:
        return chosen
    gaps = [np.abs(others - line.peak.position).min(initial=90.0) for line in usable]
    apart = [line for line, gap in zip(usable, gaps, strict=True) if gap > _APART * line.peak.width]
    strongest = sorted(apart or usable, key=lambda line: -line.peak.height * line.peak.width)[:_SCHERRER_LINES]
    return tuple(sorted(strongest, key=lambda line: line.peak.position))


def line_quantities(
    name: str, lines: tuple[LineSize, ...], chosen: tuple[LineSize, ...], settings: Settings
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Scherrer size, size from integral breadths, and Williamson-Hall size and strain of a phase.

    Scherrer: K / FWHM_s, mean over the chosen lines (`scherrer_lines`). Breadth: 1 / breadth_s,
    an estimate of L_V. Williamson-Hall: breadth_s = 1/L + 2 e s over all lines (Williamson and Hall, Acta Metall. 1
    (1953) 22). Means are weighted by the uncertainties of the lines and widened by their scatter.
    """
    widths = [line.fwhm_s for line in chosen if line.fwhm_s is not None]
    if not widths:
        text = f"{name}: no line stands out from the noise and is wider than that of the instrument"
        return {}, (Note("refused", "no_scherrer_size", text),)
    breadths = [line.breadth_s for line in chosen if line.breadth_s is not None]
    found = {
        f"{name}.scherrer_size": _mean(
            [(settings.shape_factor / v, settings.shape_factor * u / v**2) for v, u in widths]
        ),
        f"{name}.breadth_size": _mean([(1 / v, u / v**2) for v, u in breadths]),
    }
    return found | _williamson_hall(name, lines), ()


def _mean(pairs: list[tuple[float, float]]) -> Quantity:
    value = np.array([v for v, _ in pairs])
    weight = np.array([max(u, 1e-6 * v) for v, u in pairs]) ** -2.0
    mean = float((weight * value).sum() / weight.sum())
    scatter = float((weight * (value - mean) ** 2).sum() / max(len(value) - 1, 1))
    return Quantity(mean, "nm", float(np.sqrt(max(scatter, 1.0) / weight.sum())), "fit covariance")


def _williamson_hall(name: str, lines: tuple[LineSize, ...]) -> dict[str, Quantity]:
    """A straight line through breadths over s: it needs three lines, and a negative intercept gives no size."""
    points = [(line.s, *line.breadth_s) for line in lines if line.breadth_s is not None]
    if len(points) < _FEWEST_LINES:
        return {}
    s, breadth, std = np.array(points).T
    design = np.stack([np.ones_like(s), 2 * s], axis=1) / std[:, None]
    covariance = np.linalg.inv(design.T @ design)
    (intercept, strain) = covariance @ design.T @ (breadth / std)
    scatter = float(((breadth / std - design @ [intercept, strain]) ** 2).sum() / max(len(s) - 2, 1))
    u = np.sqrt(np.diag(covariance) * max(scatter, 1.0))
    found = {f"{name}.williamson_hall_strain": Quantity(100 * float(strain), "%", 100 * float(u[1]), "fit covariance")}
    if intercept > 2 * u[0]:
        size = Quantity(float(1 / intercept), "nm", float(u[0] / intercept**2), "fit covariance")
        found[f"{name}.williamson_hall_size"] = size
    return found
