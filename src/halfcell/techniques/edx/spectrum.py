"""Fit of a spectrum: two ranges of energy, each with its lines, artefacts and continuum."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.x_ray_continuum import spline_basis
from halfcell.maths.x_ray_lines import Detector
from halfcell.maths.x_ray_peaks import PRIORS, SpectrumFit, fit_spectrum
from halfcell.techniques.edx.continuum import continuum_shape, knots, windowed
from halfcell.techniques.edx.lines import SOFTEST, artefacts, division, line_families, within

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.edx.lines import LineFamily

    Array = NDArray[np.float64]

_ABOVE = 1.0  # keV of continuum that is fitted above the hardest line
_SOFT = (3e-4, 0.006, 1e-4)  # how far the soft range may differ from the hard one, as PRIORS
_WINDOW_EDGE = 0.284  # keV: absorption edge of C, of which a detector's window is made; the line of C lies below it
_CARBON = "C"  # on every sample: fitted in the soft range, and counted only where it is asked for


@dataclass(frozen=True, kw_only=True)
class Setup:
    """Beam (keV), take-off angle (degree), and whether the sample is bulk (its continuum has edges)."""

    beam: float
    take_off: float
    is_bulk: bool


@dataclass(frozen=True, kw_only=True, eq=False)
class Recording:
    """The channels of a spectrum (keV), their counts, and live time times current (s nA), 0 where it is unknown."""

    energy: Array
    count: Array
    dose: float = 0.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Range:
    """A range of channels that is fitted by itself: its families, the curves of its continuum, and its fit."""

    channels: slice
    families: tuple[LineFamily, ...]
    basis: Array
    priors: tuple[float, float, float]
    fit: SpectrumFit


@dataclass(frozen=True, kw_only=True, eq=False)
class Fitted:
    """A fitted spectrum: its ranges, the hard one first, and the families of both."""

    ranges: tuple[Range, ...]

    @property
    def detector(self) -> Detector:
        """Calibration and resolution, from the hard range."""
        return self.ranges[0].fit.detector

    @property
    def families(self) -> tuple[LineFamily, ...]:
        """All families that were fitted, without artefacts."""
        return tuple(family for part in self.ranges for family in part.families)

    def counts(self, name: str) -> tuple[float, float]:
        """Counts of a family's strongest line, and their standard uncertainty with the misfit of the model.

        Counting noise times the root of chi2 where the model misses more than noise.
        """
        part = next(part for part in self.ranges if name in part.fit.names)
        return part.fit.area(name), part.fit.std(name) * float(np.sqrt(max(part.fit.chi2, 1.0)))

    @property
    def misfit(self) -> float:
        """Sum of squared deviations in units of their noise, over all ranges."""
        return float(sum(part.fit.chi2 * part.basis.shape[0] for part in self.ranges))


def fitted_spectrum(
    recording: Recording, elements: Sequence[str], setup: Setup, weights: Mapping[str, float]
) -> Fitted:
    """Fit the lines of elements; the continuum has the edges of a composition (mass fractions), if one is given.

    Parameters
    ----------
    recording
        All channels.
    elements
        Elements that are looked for.
    setup
        Energy of the beam (keV) and take-off angle (degrees).
    weights
        Mass fractions, for the edges of the continuum.

    Returns
    -------
    Fitted
        Counts of the lines with their covariance, detector and continuum.

    Source: as `maths.x_ray_peaks`.
    """
    high = float(min(recording.energy[-1], 0.97 * setup.beam))
    families = line_families(elements, high, setup.beam)
    border = division(families)
    hard = tuple(family for family in families if family.energy >= border)
    soft = tuple(family for family in families if family.energy < border)
    ranges: list[Range] = []
    if hard:
        last = max(family.energy for family in hard)
        top = min(high, max(float(f.family.energies.max()) for f in hard) + _ABOVE, 1.35 * last + _ABOVE)
        part = _between(recording, border, top)
        ranges.append(_with_artefacts(recording, _lines_alone(recording, part, hard, setup, weights), ()))
    if soft and any(family.quantifies for family in soft):
        if all(family.element != _CARBON for family in soft):
            soft = (*soft, *line_families((_CARBON,), 0.5, setup.beam))
        start = ranges[0].fit.detector if ranges else None
        alone = _lines_alone(recording, _between(recording, SOFTEST, border), soft, setup, {}, start)
        ranges.append(_with_artefacts(recording, alone, ranges))
        if hard:
            ranges[0] = _with_artefacts(recording, ranges[0], ranges[1:])
    return Fitted(ranges=tuple(ranges))


def _between(recording: Recording, low: float, high: float) -> slice:
    first, last = (int(np.searchsorted(recording.energy, limit)) for limit in (low, high))
    return slice(first, last)


def _lines_alone(
    recording: Recording,
    channels: slice,
    families: tuple[LineFamily, ...],
    setup: Setup,
    weights: Mapping[str, float],
    detector: Detector | None = None,
) -> Range:
    """Fit one range without artefacts."""
    x, y = recording.energy[channels], recording.count[channels]
    basis = continuum_basis(x, setup, weights if setup.is_bulk else {}, detector or Detector())
    if x[0] < _WINDOW_EDGE < x[-1]:
        basis = np.column_stack([basis, windowed(x, setup.beam, detector or Detector())])
    priors = _SOFT if detector else PRIORS
    lines = tuple(family.family for family in families)
    fit = fit_spectrum(x, y, lines, basis, (detector or Detector(), priors))
    return Range(channels=channels, families=families, basis=basis, priors=priors, fit=fit)


def _with_artefacts(recording: Recording, alone: Range, others: Sequence[Range]) -> Range:
    """Fit one range again, with the artefacts that its strong lines and those of the other ranges make."""
    ranges = (alone, *others)
    families = [family for part in ranges for family in part.families]
    areas = [part.fit.area(family.name) for part in ranges for family in part.families]
    x = recording.energy[alone.channels]
    made = within(artefacts(families, areas, alone.fit.detector), x)
    if not made:
        return alone
    lines = (*(family.family for family in alone.families), *made)
    fit = fit_spectrum(x, recording.count[alone.channels], lines, alone.basis, (alone.fit.detector, alone.priors))
    return dataclasses.replace(alone, fit=fit)


def continuum_basis(energy: Array, setup: Setup, weights: Mapping[str, float], detector: Detector) -> Array:
    """Curves whose sum is the continuum: the shape of bremsstrahlung times splines."""
    shape = continuum_shape(energy, setup.beam, setup.take_off, weights, detector)
    return np.asarray(spline_basis(energy, knots(float(energy[0]), float(energy[-1]))) * shape[:, None])
