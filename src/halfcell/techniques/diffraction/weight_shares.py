"""Weight shares of the crystalline phases, what their errors hold, and the correction for particle absorption."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.phases import phase
from halfcell.materials.reflections import absorption, reflections, share_by_vacancies
from halfcell.maths.powder.particle_absorption import corrected_volumes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.diffraction.scan import Scan
    from halfcell.techniques.diffraction.settings import Settings
    from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit

    Array = NDArray[np.float64]

_CONTRAST = 3.0  # ratio of linear absorption coefficients above which shares are doubted
_GRAINS = 0.3  # relative uncertainty of a diameter of grains
_COARSE = 0.1  # (mu - mean mu) D above which the correction of Brindley is an estimate only
_CRYSTALLINE = (
    "weight shares are those of the crystalline part: amorphous matter is not counted, and the phases add up to 100 %"
)
_SHARED = 2  # phases that have shares


def weights_of(names: tuple[str, ...], data: Scan) -> Array:
    r"""Weight of each phase per unit of its amplitude: density divided by the strongest m\|F\|^2/V^2.

    Parameters
    ----------
    names, data
        Phases, and the scan with its radiation.

    Returns
    -------
    numpy.ndarray
        Shape (phases,), up to a common factor.

    Source: R. J. Hill, C. J. Howard, J. Appl. Cryst. 20 (1987) 467.
    """
    found = []
    for name in names:
        listed = reflections(name, data.d_min, round(10 * data.radiation.first, 5))
        found.append(listed.phase.density / listed.intensity.max())
    return np.array(found)


def weight_shares(
    whole: WholePatternFit, data: Scan, settings: Settings
) -> tuple[dict[str, Quantity], tuple[Note, ...]]:
    """Weight shares, S rho with S the scale of m|F|^2/V^2, and notes on what they rest on.

    Their errors hold counting noise, the fitted orientation and the displacement factor of each phase. With the
    diameters of the grains of all phases they are corrected for particle absorption.
    """
    count = len(whole.names)
    if count < _SHARED or any(phase(name).positions_only or whole.rejection(name, data.counts) for name in whole.names):
        return {}, ()
    weight = weights_of(whole.names, data)
    weight = weight * np.array([_by_b(whole, name) for name in whole.names])
    amount = weight * np.array([whole.fit.scale(i)[0] for i in range(count)])
    if (amount <= 0).any():
        return {}, ()
    places = np.arange(count) - len(whole.fit.pattern.model.phases)  # the scales are the last amplitudes
    covariance = whole.fit.solution.covariance[np.ix_(places, places)] * max(whole.fit.reduced_chi2, 1.0)
    covariance = covariance * np.outer(weight, weight) + np.diag(_intensity_variance(whole, data, amount))
    share = amount / amount.sum()
    gradient = (np.eye(count) - share[:, None]) / amount.sum()
    variance = np.maximum(np.einsum("ij,jk,ik->i", gradient, covariance, gradient), 0.0)
    share, by_grains, notes = _absorbed(whole, data, settings, share)
    std = 100 * np.sqrt(variance + by_grains**2)
    pairs = zip(whole.names, 100 * share, std, strict=True)
    found = {f"{n}.fraction": Quantity(float(v), "wt%", float(s), "propagated") for n, v, s in pairs}
    return found, (_basis(whole), *_vacant(whole.names), *notes)


def _basis(whole: WholePatternFit) -> Note:
    """Of what the shares are, and with which displacement factors."""
    known = [(name, whole.factors[name]) for name in whole.names if name in whole.factors]
    each = ", ".join(f"{name} {Quantity(one.b, '', one.std)}" for name, one in known)
    return Note("info", "crystalline_shares", f"{_CRYSTALLINE}; B in angstrom^2, by the lines: {each}")


def _by_b(whole: WholePatternFit, name: str) -> float:
    """What the likely B of a phase multiplies its amount by, whose lines stand with another one."""
    factor = whole.factors.get(name)
    return 1.0 if factor is None else float(np.exp(factor.slope * (factor.b - factor.used)))


def _vacant(names: tuple[str, ...]) -> tuple[Note, ...]:
    """What is assumed of phases of which atoms may be missing."""
    known = [(name, phase(name).vacancies) for name in names]
    what = [f"{name} with {gaps[1]:g} to 1 {gaps[0]}" for name, gaps in known if gaps is not None]
    text = "shares are calculated with full occupancy, and their errors hold vacancies"
    return (Note("info", "vacancies", f"{text}: {', '.join(what)}"),) if what else ()


def _intensity_variance(whole: WholePatternFit, data: Scan, amount: Array) -> Array:
    """Variance of each amount by its preferred orientation, its displacement factor, and atoms that may be missing.

    Between full occupancy and the least one none is more likely than another, hence the square root of 3.
    """
    turned = [whole.oriented.get(name) for name in whole.names]
    by_turn = np.array([0.0 if one is None else one.slope * one.std / one.r for one in turned])
    by_turn += [whole.harmonics[name].std if name in whole.harmonics else 0.0 for name in whole.names]
    moving = [whole.factors.get(name) for name in whole.names]
    by_b = np.array([0.0 if one is None else one.slope * one.std for one in moving])
    wave = round(10 * data.radiation.first, 5)
    by_gaps = np.array([share_by_vacancies(name, data.d_min, wave) for name in whole.names]) / 3**0.5
    return np.asarray(amount**2 * (by_turn**2 + by_b**2 + by_gaps**2))


def _absorbed(
    whole: WholePatternFit, data: Scan, settings: Settings, share: Array
) -> tuple[Array, Array, tuple[Note, ...]]:
    """Shares corrected for particle absorption, by how much they are uncertain by the grains, and what is said."""
    coefficient = np.array([absorption(name, round(10 * data.radiation.first, 5)) for name in whole.names])
    if any(name not in settings.grain_um for name in whole.names):
        return share, np.zeros(len(share)), _contrast(whole.names, coefficient)
    density = np.array([phase(name).density for name in whole.names])
    size = np.array([settings.grain_um[name] for name in whole.names])

    def corrected(diameters: Array) -> Array:
        weights = corrected_volumes(share / density, coefficient, diameters) * density
        return np.asarray(weights / weights.sum())

    made = corrected(size)
    off = np.abs(corrected((1 + _GRAINS) * size) - made)
    grains = ", ".join(f"{name} {settings.grain_um[name]:g}" for name in whole.names)
    text = f"shares are corrected for absorption in grains (Brindley; diameters in micrometres: {grains})"
    largest = float(np.abs((coefficient - coefficient.mean()) * size * 1e-4).max())
    if largest > _COARSE:
        what = f"{text}; the grains are coarse, mu D = {largest:.2g}: grind them finer, the correction is an estimate"
        return made, off, (Note("doubt", "particle_absorption", what),)
    return made, off, (Note("info", "particle_absorption", text),)


def _contrast(names: tuple[str, ...], coefficient: Array) -> tuple[Note, ...]:
    """A doubt if the phases absorb so differently that the heavier one is underestimated in grains of micrometres."""
    heavy, light = int(np.argmax(coefficient)), int(np.argmin(coefficient))
    if coefficient[heavy] < _CONTRAST * coefficient[light]:
        return ()
    ratio = coefficient[heavy] / max(coefficient[light], 1e-12)
    what = f"{names[heavy]} absorbs {ratio:.0f} times as much as {names[light]} (linear coefficients)"
    why = f"shares are not corrected for that, and {names[heavy]} is underestimated in grains above about a micrometre"
    return (Note("doubt", "absorption_contrast", f"{what}: {why}; set grain_um for all phases to correct it"),)
