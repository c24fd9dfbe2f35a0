r"""X-ray spectra of an energy-dispersive detector: families of Gaussian lines over a continuum, with Poisson weights.

The width of a line at the energy E is :math:`\sigma^2 = n^2 + F \varepsilon E`, with the Fano factor F and the energy
per electron-hole pair :math:`\varepsilon` of silicon; the noise n and the calibration of the axis are fitted.

References
----------
N. W. M. Ritchie, Microsc. Microanal. 15 (2009) 454 (spectrum fitting); T. Papp, X-Ray Spectrom. 32 (2003) 458 (Fano).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.maths.x_ray_lines import Detector, Family, columns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_ROUNDS = 12  # of the fit: it ends as a rule after four
_PARTS = (1.0, 0.5, 0.25, 0.1)  # of a step that are tried until the fit betters
_SETTLED = 0.02  # change in standard deviations of prior below which the detector is settled
PRIORS = (0.004, 0.012, 4e-4)  # gain (relative), offset (keV) and noise^2 (keV2): how far a detector may be off


@dataclass(frozen=True, kw_only=True, eq=False)
class SpectrumFit:
    """A fitted spectrum: counts in the strongest line of each family, their covariance, curves and detector.

    `chi2` is per degree of freedom; the covariance is of counting, with calibration and resolution as they were fitted.
    """

    names: tuple[str, ...]
    areas: Array
    covariance: Array
    continuum: Array
    model: Array
    detector: Detector
    chi2: float

    def area(self, name: str) -> float:
        """Counts of a family's strongest line."""
        return float(self.areas[self.names.index(name)])

    def std(self, name: str) -> float:
        """Standard uncertainty of these counts."""
        place = self.names.index(name)
        return float(np.sqrt(self.covariance[place, place]))


def fit_spectrum(
    energy: Array,
    count: Array,
    families: Sequence[Family],
    continuum: Array,
    start: tuple[Detector, tuple[float, float, float]] = (Detector(), PRIORS),
) -> SpectrumFit:
    """Fit areas, continuum, calibration and resolution by weighted least squares.

    Weights are the inverse of the expected counts, found in rounds (the expectation, not the noisy count, so that
    weak lines are not biased). Gain, offset and noise have priors, which decide where too few lines are in a spectrum.

    Parameters
    ----------
    energy, count
        Energies of the channels (keV) and their counts, shape (n,).
    families
        Lines with fixed ratios.
    continuum
        Curves whose sum is the continuum, shape (n, m).
    start
        What the detector is near to, and standard deviations of its gain, offset (keV) and noise (keV2) from there.

    Returns
    -------
    SpectrumFit
        Counts of the families with their covariance, continuum, model and detector.

    Source: N. W. M. Ritchie, Microsc. Microanal. 15 (2009) 454.
    """
    detector, expected = _settled(energy, count, families, continuum, start)
    lines, slopes = _with_slopes(energy, families, detector)
    parts = np.hstack([lines, continuum])
    solution = _solved(parts, count, expected)[0]
    number = len(families)
    covariance = _joint_covariance(parts, slopes(solution[:number]), expected, start[1])
    model = parts @ solution
    free = max(len(count) - parts.shape[1] - len(PRIORS), 1)
    return SpectrumFit(
        names=tuple(family.name for family in families),
        areas=solution[:number],
        covariance=covariance[:number, :number],
        continuum=continuum @ solution[number:],
        model=model,
        detector=detector,
        chi2=float(np.sum((count - model) ** 2 / np.maximum(model, 0.5)) / free),
    )


def _settled(
    energy: Array,
    count: Array,
    families: Sequence[Family],
    continuum: Array,
    start: tuple[Detector, tuple[float, float, float]],
) -> tuple[Detector, Array]:
    """The detector after the rounds of the fit, and the expected counts."""
    centre, priors = start
    middle = float(energy.mean())
    smooth = np.maximum(_smoothed(count), 1.0)
    expected = smooth

    def tried(offsets: Array) -> _Trial:
        detector = _moved(centre, offsets, middle)
        lines, slopes = _with_slopes(energy, families, detector)
        parts = np.hstack([lines, continuum])
        solution = _solved(parts, count, expected)[0]
        cost = np.sum((count - parts @ solution) ** 2 / expected) + np.sum((offsets / priors) ** 2)
        return _Trial(offsets, detector, parts, slopes(solution[: len(families)]), parts @ solution, float(cost))

    here = tried(np.zeros(3))
    for _ in range(_ROUNDS):
        step = _detector_step(here.parts, here.slopes, count, expected, here.offsets, priors)
        trials = (tried(_within(here.offsets + part * step, priors)) for part in _PARTS)
        better = next((trial for trial in trials if trial.cost < here.cost), None)
        if better is None:
            break
        moved = np.abs((better.offsets - here.offsets) / priors).max()
        here = better
        if moved < _SETTLED:
            break
    return here.detector, np.maximum(here.model, 0.5 * smooth)


class _Trial(NamedTuple):
    """A detector on trial: its departure from the priors (gain, energy in the middle, noise), curves and cost."""

    offsets: Array
    detector: Detector
    parts: Array
    slopes: Array
    model: Array
    cost: float


def _within(offsets: Array, priors: tuple[float, float, float]) -> Array:
    """No detector is farther than three standard deviations from its priors."""
    limit = 3.0 * np.array(priors)
    return np.asarray(np.clip(offsets, -limit, limit))


def _with_slopes(
    energy: Array, families: Sequence[Family], detector: Detector
) -> tuple[Array, Callable[[Array], Array]]:
    """The families, and areas -> what gain (about the middle of the axis), offset and noise change of the model."""
    lines, by_energy, by_variance = columns(energy, families, detector)

    def slopes(areas: Array) -> Array:
        shift = by_energy @ areas
        return np.stack([shift * (energy - energy.mean()), shift, by_variance @ areas], axis=1)

    return lines, slopes


def _smoothed(count: Array) -> Array:
    """A first expectation: the mean over nine channels."""
    return np.convolve(np.pad(count, 4, mode="edge"), np.full(9, 1.0 / 9.0), mode="valid")


def _solved(parts: Array, count: Array, expected: Array, ridge: Array | None = None) -> tuple[Array, Array]:
    """Weighted linear least squares: solution and covariance; `ridge` holds inverse variances of priors about 0."""
    weighted = parts / expected[:, None]
    normal = parts.T @ weighted
    if ridge is not None:
        normal[np.diag_indices_from(normal)] += ridge
    scale = np.sqrt(np.maximum(np.diag(normal), 1e-300))
    inverse = np.linalg.pinv(normal / np.outer(scale, scale), rcond=1e-10, hermitian=True) / np.outer(scale, scale)
    return inverse @ (weighted.T @ count), inverse


def _joint_covariance(parts: Array, slopes: Array, expected: Array, priors: tuple[float, float, float]) -> Array:
    """Covariance of areas and continuum, with calibration and resolution free within their priors."""
    everything = np.hstack([parts, slopes])
    normal = everything.T @ (everything / expected[:, None])
    places = np.arange(parts.shape[1], everything.shape[1])
    normal[places, places] += 1.0 / np.square(priors)
    scale = np.sqrt(np.maximum(np.diag(normal), 1e-300))
    inverse = np.linalg.pinv(normal / np.outer(scale, scale), rcond=1e-12, hermitian=True) / np.outer(scale, scale)
    return np.asarray(inverse[: parts.shape[1], : parts.shape[1]])


def _detector_step(
    parts: Array,
    slopes: Array,
    count: Array,
    expected: Array,
    here: Array,
    priors: tuple[float, float, float],
) -> Array:
    """The change of gain (about the middle of the axis), of the energy there, and of the noise, from `here`."""
    everything = np.hstack([parts, slopes])
    weighted = everything / expected[:, None]
    normal = everything.T @ weighted
    right = weighted.T @ count
    for place, (prior, value) in enumerate(zip(priors, here, strict=True), start=parts.shape[1]):
        normal[place, place] += 1.0 / prior**2
        right[place] -= value / prior**2
    scale = np.sqrt(np.maximum(np.diag(normal), 1e-300))
    solution = np.linalg.lstsq(normal / np.outer(scale, scale), right / scale, rcond=1e-12)[0] / scale
    limit = 2.0 * np.array(priors)
    return np.asarray(np.clip(solution[parts.shape[1] :], -limit, limit))


def _moved(detector: Detector, step: Array, middle: float) -> Detector:
    return dataclasses.replace(
        detector,
        gain=float(detector.gain + step[0]),
        offset=float(detector.offset + step[1] - step[0] * middle),
        noise=float(detector.noise + step[2]),
    )


def fit_shapes(count: Array, shapes: Array, ridge: Array | None = None) -> tuple[Array, Array, Array]:
    """Fit measured shapes (references, continuum, artefacts) to counts with Poisson weights, by linear least squares.

    Parameters
    ----------
    count
        Counts, shape (n,).
    shapes
        Curves, shape (n, m), in any unit.
    ridge
        For each shape, the inverse variance of a prior of its factor about 0, shape (m,); 0 for none.

    Returns
    -------
    factors, covariance, model
        Factors, shape (m,), their covariance of counting, shape (m, m), and the sum of the shapes, shape (n,).

    Source: N. W. M. Ritchie, Microsc. Microanal. 15 (2009) 454.
    """
    expected = np.maximum(_smoothed(count), 1.0)
    for _ in range(3):
        solution, covariance = _solved(shapes, count, expected, ridge)
        expected = np.maximum(shapes @ solution, 0.5)
    return solution, covariance, shapes @ solution
