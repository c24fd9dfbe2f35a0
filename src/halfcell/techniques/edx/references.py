"""k-ratios: lines of a sample fitted by the measured shapes of the same lines in standards.

The continuum of each standard is the bremsstrahlung of its composition times one smooth curve for all standards (window
and dead layer of the detector); what is left around a line is its shape, with the tails that the detector gives it. The
continuum of the sample is that of its composition times the same curve and a smooth one of
its own; gain, offset and resolution may differ between sample and standards.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from halfcell.maths.x_ray_continuum import spline_basis
from halfcell.maths.x_ray_lines import columns
from halfcell.maths.x_ray_peaks import fit_shapes
from halfcell.techniques.edx.bulk import Ratio
from halfcell.techniques.edx.continuum import continuum_shape, knots
from halfcell.techniques.edx.lines import artefacts, within
from halfcell.techniques.edx.spectrum import Recording, continuum_basis, fitted_spectrum
from halfcell.techniques.edx.standards import most_similar

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.edx.lines import LineFamily
    from halfcell.techniques.edx.spectrum import Fitted, Setup
    from halfcell.techniques.edx.standards import Standard

    Array = NDArray[np.float64]

_LINE = 4.3  # standard deviations to which a line reaches: a Gaussian has fallen to 1e-4
_TAIL = 0.35  # keV below a line to which its tail reaches
_FLOOR = 0.01  # relative error of a modelled continuum, beside counting
_DRIFTS = 3  # rounds in which gain, offset and resolution settle
_STIFF = 1.0 / np.square([0.002, 0.006, 1e-4])  # how far gain, offset (keV) and noise^2 (keV2) may be apart, as PRIORS
_ROUNDS = 5  # of the common curve and the factors of the standards


@dataclass(frozen=True, kw_only=True, eq=False)
class Measured:
    """A standard with its fit, its continuum (without the common curve) and the channels that belong to lines."""

    standard: Standard
    fitted: Fitted
    shape: Array
    lines: NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Shape:
    """The line of an element in a standard: counts per dose over the channels, and their relative error."""

    family: LineFamily
    standard: Standard
    counts: Array
    relative: float


def k_ratios(
    recording: Recording,
    fitted: Fitted,
    standards: Sequence[Standard],
    setup: Setup,
    weights: Mapping[str, float],
    tail: Literal["line", "whole"],
) -> tuple[Ratio, ...]:
    """The k-ratio of each element that has a standard.

    Its standard uncertainty is that of counting, in the sample and in the standard, and of where the shape of a line
    ends (the difference between both ways over the root of 3).

    Parameters
    ----------
    recording
        The sample's channels, with its dose.
    fitted
        Its fit by Gaussian lines.
    weights
        Its composition so far (mass fractions), for the edges of its continuum.
    tail
        Where the shape of a line ends.
    standards, setup
        The standards; energy of the beam (keV) and take-off angle (degrees).

    Returns
    -------
    tuple of Ratio
        Without a unit, with standard uncertainties.

    Source: definition: the line in the sample over that in the standard, at one dose.
    """
    hard = fitted.ranges[0]
    measured = [_measured(recording.energy, one, fitted, setup) for one in standards]
    x = recording.energy[hard.channels]
    curve = _common_curve(x, measured)
    ends: dict[str, dict[str, tuple[float, float, Shape]]] = {}
    for way in ("line", "whole"):
        shapes = list(_shapes(x, fitted, measured, curve, way))
        ends[way] = _fitted_ratios(recording, fitted, shapes, curve, setup, weights)
    found = []
    for name, (value, std, shape) in ends[tail].items():
        between = abs(value - ends["whole" if tail == "line" else "line"][name][0]) / np.sqrt(3.0)
        total = float(np.hypot(np.hypot(std, value * shape.relative), between))
        found.append(_ratio(shape.family, shape.standard, value, total))
    return (*found, *_soft_ratios(fitted, measured, recording.dose))


def _ratio(family: LineFamily, standard: Standard, value: float, std: float) -> Ratio:
    return Ratio(
        element=family.element, shell=family.shell, line=family.line, value=value, std=std, standard=standard.weights
    )


def _measured(energy: Array, standard: Standard, sample: Fitted, setup: Setup) -> Measured:
    """Fit a standard and mark the channels of its lines, their tails, escape and sum peaks."""
    count = standard.count[: len(energy)]
    fitted = fitted_spectrum(Recording(energy=energy, count=count), tuple(standard.weights), setup, standard.weights)
    channels = sample.ranges[0].channels
    x = energy[channels]
    detector = fitted.detector
    lines = np.zeros(len(x), dtype=bool)
    for family in fitted.families:
        for place in family.family.energies:
            lines |= _around(x, float(place), float(detector.sigma(place)), _TAIL)
    areas = [fitted.counts(family.name)[0] for family in fitted.families]
    for made in artefacts(fitted.families, areas, detector):
        for place in made.energies:
            lines |= _around(x, float(place), float(detector.sigma(place)), 0.0)
    shape = continuum_shape(x, setup.beam, setup.take_off, standard.weights, detector)
    return Measured(standard=standard, fitted=fitted, shape=shape, lines=lines)


def _around(x: Array, place: float, sigma: float, tail: float) -> NDArray[np.bool_]:
    return np.asarray((x > place - max(_LINE * sigma, tail)) & (x < place + _LINE * sigma))


def _common_curve(x: Array, measured: Sequence[Measured]) -> Array:
    """The smooth curve by which the continua of all standards differ from the model, beside a factor of each."""
    basis = spline_basis(x, knots(float(x[0]), float(x[-1])))
    curve = np.ones(len(x))
    for _ in range(_ROUNDS):
        rows, right = [], []
        for one in measured:
            factor = _factor(x, one, curve)
            free = ~one.lines
            weight = 1.0 / np.sqrt(_variance(x, one, factor * curve * one.shape))
            rows.append((basis * (factor * one.shape * weight)[:, None])[free])
            right.append((one.standard.count[_place(x, one)] * weight)[free])
        solution, *_ = np.linalg.lstsq(np.vstack(rows), np.concatenate(right), rcond=1e-8)
        curve = np.maximum(basis @ solution, 1e-6)
        curve = curve / curve.mean()
    return np.asarray(curve)


def _place(x: Array, one: Measured) -> slice:
    first = int(np.argmin(np.abs(one.standard.energy - x[0])))
    return slice(first, first + len(x))


def _variance(x: Array, one: Measured, model: Array) -> Array:
    count = one.standard.count[_place(x, one)]
    return np.asarray(np.maximum(np.maximum(count, model), 1.0) + (_FLOOR * model) ** 2)


def _factor(x: Array, one: Measured, curve: Array) -> float:
    """The factor of a standard's continuum."""
    model = curve * one.shape
    count = one.standard.count[_place(x, one)]
    weight = ~one.lines / (np.maximum(count, 1.0) + (_FLOOR * count) ** 2)
    return float(np.sum(weight * model * count) / np.sum(weight * model**2))


def _shapes(x: Array, sample: Fitted, measured: Sequence[Measured], curve: Array, way: str) -> Iterator[Shape]:
    """For each element of the hard range, its line in the nearest standard where nothing else is in its place."""
    order = {
        one.name: place for place, one in enumerate(most_similar([m.standard for m in measured], _elements(sample)))
    }
    for family in sample.ranges[0].families:
        if not family.quantifies:
            continue
        for one in sorted(measured, key=lambda m: order[m.standard.name]):
            window = _window(x, family, one, 0.0 if way == "line" else _TAIL)
            if family.element in one.standard.weights and not _disturbed(x, family, one, window):
                net = one.standard.count[_place(x, one)] - _factor(x, one, curve) * curve * one.shape
                inside = np.where(window, net, 0.0)
                relative = float(np.sqrt(one.standard.count[_place(x, one)][window].sum()) / inside.sum())
                yield Shape(family=family, standard=one.standard, counts=inside / one.standard.dose, relative=relative)
                break


def _elements(sample: Fitted) -> tuple[str, ...]:
    return tuple(dict.fromkeys(family.element for family in sample.families))


def _window(x: Array, family: LineFamily, one: Measured, tail: float) -> NDArray[np.bool_]:
    window = np.zeros(len(x), dtype=bool)
    for place in family.family.energies:
        window |= _around(x, float(place), float(one.fitted.detector.sigma(place)), tail)
    return window


def _disturbed(x: Array, family: LineFamily, one: Measured, window: NDArray[np.bool_]) -> bool:
    """Whether lines of other elements of the standard lie where the shape is taken from."""
    others = [f.family for f in one.fitted.families if f.element != family.element]
    counts = [one.fitted.counts(f.name)[0] for f in others]
    own = next((f for f in one.fitted.families if f.name == family.name), None)
    if own is None:
        return True
    if not others:
        return False
    foreign = columns(x, others, one.fitted.detector)[0] @ np.maximum(counts, 0.0)
    return bool(foreign[window].sum() > _FLOOR * max(one.fitted.counts(own.name)[0], 1.0))


def _fitted_ratios(
    recording: Recording,
    fitted: Fitted,
    shapes: Sequence[Shape],
    curve: Array,
    setup: Setup,
    weights: Mapping[str, float],
) -> dict[str, tuple[float, float, Shape]]:
    """Fit the sample by the shapes, its continuum, and Gaussian lines for what has no shape."""
    hard = fitted.ranges[0]
    x, count = recording.energy[hard.channels], recording.count[hard.channels]
    continuum = continuum_basis(x, setup, weights, hard.fit.detector) * curve[:, None]
    lines = np.column_stack([shape.counts * recording.dose for shape in shapes])
    fixed = np.hstack([continuum, _unshaped(x, fitted, {shape.family.name for shape in shapes})])
    drift = np.zeros((len(x), 0))
    for _ in range(_DRIFTS):
        parts = np.hstack([lines, fixed, drift])
        ridge = np.concatenate([np.zeros(parts.shape[1] - drift.shape[1]), _STIFF[: drift.shape[1]]])
        factors, covariance, model = fit_shapes(count, parts, ridge)
        drift = _drift(x, lines @ factors[: len(shapes)])
    free = max(len(x) - parts.shape[1], 1)
    misfit = max(float(np.sum((count - model) ** 2 / np.maximum(model, 0.5)) / free), 1.0)
    stds = np.sqrt(np.diag(covariance) * misfit)
    return {s.family.name: (float(factors[n]), float(stds[n]), s) for n, s in enumerate(shapes)}


def _unshaped(x: Array, fitted: Fitted, shaped: set[str]) -> Array:
    """Gaussian lines that no standard has a shape of, and artefacts."""
    hard = fitted.ranges[0]
    areas = [fitted.counts(family.name)[0] for family in fitted.families]
    rest = [family.family for family in hard.families if family.name not in shaped]
    made = within(artefacts(fitted.families, areas, hard.fit.detector), x)
    return columns(x, [*rest, *made], hard.fit.detector)[0]


def _drift(x: Array, total: Array) -> Array:
    """What gain, offset and resolution change in the lines: the count rate of sample and standard is not the same."""
    slope = np.gradient(total, x)
    return np.column_stack([slope * (x - x.mean()), slope, 0.5 * np.gradient(slope, x)])


def _soft_ratios(fitted: Fitted, measured: Sequence[Measured], dose: float) -> Iterator[Ratio]:
    """k-ratios of soft lines, from Gaussian fits of sample and standard."""
    names = {m.standard.name: m for m in measured}
    for part in fitted.ranges[1:]:
        for family in part.families:
            if not family.quantifies:
                continue
            for standard in most_similar([m.standard for m in measured], _elements(fitted)):
                theirs = names[standard.name].fitted
                if any(family.name in r.fit.names for r in theirs.ranges[1:]) and family.element in standard.weights:
                    ours, reference = fitted.counts(family.name), theirs.counts(family.name)
                    value = ours[0] / dose / (reference[0] / standard.dose)
                    std = value * float(np.hypot(ours[1] / ours[0], reference[1] / reference[0]))
                    yield _ratio(family, standard, value, std)
                    break
