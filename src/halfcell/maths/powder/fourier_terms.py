"""Fourier coefficients of one phase's lines and their derivatives with respect to every parameter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder import size_models
from halfcell.maths.powder.instrument import tail_factors
from halfcell.maths.powder.reciprocal_grid import Grid, angle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.maths.powder.instrument import Instrument
    from halfcell.maths.powder.phase_model import PhaseModel

    Array = NDArray[np.float64]
    Complex = NDArray[np.complex128]

NEGLIGIBLE = 1e-7  # of the first term
_LEAST_STRAIN = 3e-5  # along a line: less broadens nothing
_GAUSS = np.pi**2 / (4 * np.log(2))


@dataclass(frozen=True, kw_only=True, eq=False)
class Terms:
    """One phase at given parameters.

    `each` is I_l T_l exp(...) of every line without A(L), shape (lines, k); `size` is A(L) and its derivatives by
    ln L_V and sigma, shape (3, k), or (3, lines, k) for ellipsoids; `length` is the L of the k coefficients that are
    not negligible. `by_ratio` is d ln L_V / d ln_ratio of each line of ellipsoids; `strain` is the microstrain along
    each line, shape (lines,), or (1,) where it is one for all.
    """

    phase: PhaseModel
    length: Array
    each: Complex
    size: Array
    s: Array
    by_cell: Array
    parts: tuple[Array, Array, Array]  # by line: conversion degree -> 1/nm, tan(theta), 1/cos(theta)
    instrument: Instrument
    strain: Array
    by_ratio: Array | None = None

    def columns(self) -> Complex:
        """Fourier coefficients of each linear amplitude, shape (columns, k)."""
        lines = self.phase.lines
        if lines.columns == len(self.each):
            return np.asarray(self.each * self.size[0])
        order = np.argsort(lines.column, kind="stable")
        starts = np.searchsorted(lines.column[order], np.arange(lines.columns))
        if self.by_ratio is None:
            return np.asarray(np.add.reduceat(self.each[order], starts, axis=0) * self.size[0])
        return np.asarray(np.add.reduceat((self.each * self.size[0])[order], starts, axis=0))

    def _sum(self, weight: Array, which: int = 0, each: Complex | None = None) -> Complex:
        """Sum over lines of weight times A(L), or times its derivative by ln L_V (1) or sigma (2)."""
        terms = self.each if each is None else each
        if self.by_ratio is None:
            return np.asarray((weight @ terms) * self.size[which])
        return np.asarray(np.einsum("l,lk,lk->k", weight, terms, self.size[which]))

    def derivatives(self, amplitudes: Array, free_instrument: bool) -> dict[str, Complex]:
        """Coefficients, shape (k,), of d(pattern)/d(parameter), by name; amplitudes have shape (columns,)."""
        weight = amplitudes[self.phase.lines.column]
        turn = -2j * np.pi * self.length
        name = self.phase.lines.name
        found = {f"{name}.cell{i}": turn * self._sum(weight * row) for i, row in enumerate(self.by_cell)}
        found["s"] = -turn * self._sum(weight)  # d/ds of the pattern
        found[f"{name}.ln_size"] = self._sum(weight, 1)
        found[f"{name}.sigma"] = self._sum(weight, 2)
        if self.by_ratio is not None:
            found[f"{name}.ln_ratio"] = self._sum(weight * self.by_ratio, 1)
        found |= self._strains(weight)
        return found | (self._instrument(weight) if free_instrument else {})

    def _strains(self, weight: Array) -> dict[str, Complex]:
        name, directions = self.phase.lines.name, self.phase.directions
        if directions is None:
            return {f"{name}.strain": self._strain(weight)}
        weight = weight * (self.strain > _LEAST_STRAIN)  # the square of a strain is not negative
        if self.phase.strain_shape == "lorentzian":
            weight = weight * 5e-4 / self.strain  # d strain / d square, in 1e-3 and 1e-6
        return {f"{name}.strain{i}": self._strain(weight * share) for i, share in enumerate(directions)}

    def _strain(self, weight: Array) -> Complex:
        if self.phase.strain_shape == "lorentzian":
            return np.asarray(-4e-3 * self.length * self._sum(weight * self.s))
        return np.asarray(-2e-6 * np.pi**2 * self.length**2 * self._sum(weight * self.s**2))

    def _instrument(self, weight: Array) -> dict[str, Complex]:
        convert, tangent, secant = self.parts
        gauss, lorentz = -_GAUSS * self.length**2, -np.pi * self.length
        past = tangent - self.instrument.t
        slopes = {"u": past**2, "t": -2 * self.instrument.u * past, "w": np.ones_like(past)}
        found = {f"instrument.{k}": gauss * self._sum(weight * convert**2 * v) for k, v in slopes.items()}
        found["instrument.x"] = lorentz * self._sum(weight * convert * tangent)
        found["instrument.y"] = lorentz * self._sum(weight * convert * secant)
        two_theta = 2 * np.degrees(np.arctan(tangent))
        _, tails = tail_factors(self.instrument, two_theta, np.outer(convert, self.length))
        for key, slope in tails.items():
            found[f"instrument.{key}"] = self._sum(weight, 0, self.each * slope())
        return found


def size_coefficients(phase: PhaseModel, value: Mapping[str, float], length: Array) -> Array:
    """Column-length coefficients A(L) of a phase's size model, dA/d(ln L_V) and dA/d(sigma).

    An ellipsoid of revolution is a sphere that is stretched: the chords along a direction are those of the sphere
    times q = (cos^2 / r^2 + sin^2)^(-1/2), with r the ratio of its axes, so that A(L) of a line is that of the sphere
    at L/q.

    Parameters
    ----------
    phase
        The phase, which names the model.
    value
        Values of its parameters by name.
    length
        L (nm), shape (k,).

    Returns
    -------
    numpy.ndarray
        Shape (3, k), or (3, lines, k) for ellipsoids.

    Source: P. Scardi, M. Leoni, Acta Cryst. A57 (2001) 604; the ellipsoid is a definition.
    """
    name = phase.lines.name
    if phase.size is None:
        return np.stack([np.ones_like(length), np.zeros_like(length), np.zeros_like(length)])
    if phase.cosines is not None:
        length = length / _stretch(phase.cosines, value[f"{name}.ln_ratio"])[0][:, None]
    mean = float(np.exp(value.get(f"{name}.ln_size", np.log(phase.size))))
    sigma = value.get(f"{name}.sigma", phase.sigma)
    if phase.shape == "lognormal spheres":
        return np.stack(size_models.lognormal_spheres(length, mean, sigma))
    if phase.shape == "lorentzian":
        return np.stack([*size_models.lorentzian(length, mean), np.zeros_like(length)])
    made, step = size_models.gamma_spheres(length, mean, sigma), 1e-4
    up, down = (size_models.gamma_spheres(length, mean, sigma + side * step)[0] for side in (1, -1))
    return np.stack([*made, (up - down) / (2 * step)])


def _stretch(cosines: Array, ln_ratio: float) -> tuple[Array, Array]:
    """How much longer than across the axis an ellipsoid is along each line, and d ln of that / d ln_ratio."""
    along = cosines * np.exp(-2 * ln_ratio)
    below = along + 1 - cosines
    return below**-0.5, along / below


def _kept(
    phase: PhaseModel, value: Mapping[str, float], grid: Grid, gauss: float, lorentz: float
) -> tuple[Array, Array]:
    """The coefficients of the size and their lengths, up to where they or those of the instrument are negligible.

    A first limit follows in closed form from the squared Gaussian width (1/nm^2) and the Lorentzian width (1/nm) of the
    sharpest line.
    """
    a, b, fall = _GAUSS * max(gauss, 1e-18), np.pi * lorentz, -np.log(NEGLIGIBLE)
    end = 2 * fall / (b + np.sqrt(b * b + 4 * a * fall))
    count = max(int(np.searchsorted(grid.length, end)), 8)
    size = size_coefficients(phase, value, grid.length[:count])
    small = (size[0] if phase.cosines is None else size[0].max(axis=0)) < NEGLIGIBLE
    kept = max(int(np.argmax(small)), 8) if small.any() else size.shape[-1]
    return size[..., :kept], grid.length[:kept]


def _turns(s: Array, length: Array, block: int = 64) -> Complex:
    """exp(-2 pi i s L) on uniform lengths, shape (len(s), len(length)), as products of two small tables."""
    step = float(length[1])
    fine = np.exp(-2j * np.pi * step * np.outer(s, np.arange(block)))
    coarse = np.exp(-2j * np.pi * step * block * np.outer(s, np.arange(-(-len(length) // block))))
    return np.asarray((coarse[:, :, None] * fine[:, None, :]).reshape(len(s), -1)[:, : len(length)])


def _strain_of(phase: PhaseModel, value: Mapping[str, float]) -> tuple[Array, Array, Array]:
    """The microstrain along each line, shape (lines,), or (1,) where it is one for all; its square, or its breadth.

    The square is that of a Gaussian strain, the breadth that of a Lorentzian one over 2 s / pi; the other is 0.
    """
    name, lorentzian = phase.lines.name, phase.strain_shape == "lorentzian"
    if phase.directions is None:
        given = value.get(f"{name}.strain", 0.0)
        strain = np.array([1e-3 * (given if lorentzian else np.sqrt(given))])
    else:
        squares = np.array([value[f"{name}.strain{i}"] for i in range(len(phase.directions))])
        strain = 1e-3 * np.sqrt(np.maximum(squares @ phase.directions, (1e3 * _LEAST_STRAIN) ** 2))
    none = np.zeros_like(strain)
    if lorentzian:  # the integral breadth is 2 e s: exp(-4 e s L)
        return strain, none, 4 * strain / np.pi
    return strain, strain**2, none


def terms(phase: PhaseModel, value: Mapping[str, float], instrument: Instrument, grid: Grid, wave: float) -> Terms:
    r"""Fourier coefficients of one phase.

    :math:`F(L) = A(L) \sum_l I_l T_l(L) e^{-2\pi^2 e^2 s_l^2 L^2} e^{-2\pi i L s_l}`, as `pattern_model` describes it.

    Coefficients beyond the length at which all of them are negligible are left out.

    Parameters
    ----------
    phase
        The phase.
    value
        Values of all parameters by name.
    instrument, grid
        Instrument function and grid of s.
    wave
        Wavelength (nm) that the angles of the instrument refer to.

    Returns
    -------
    Terms
        The coefficients of every line, and what their derivatives need.

    Source: P. Scardi, M. Leoni, Acta Cryst. A58 (2002) 190.
    """
    name = phase.lines.name
    change = np.array([value[f"{name}.cell{i}"] for i in range(phase.lines.free)])
    s, by_cell = phase.lines.places(change)
    two_theta = np.minimum(angle(s, wave), 175.0)
    half = np.radians(two_theta) / 2
    convert = np.pi / 180 * np.cos(half) / wave
    gauss = (instrument.gaussian(two_theta) * convert) ** 2
    lorentz = instrument.lorentzian(two_theta) * convert
    strain, mean_square, broad = _strain_of(phase, value)
    size, length = _kept(phase, value, grid, float(gauss.min()), float(lorentz.min()))
    damping = -np.outer(_GAUSS * gauss + 2 * np.pi**2 * mean_square * s**2, length**2) - np.pi * np.outer(
        lorentz + broad * s, length
    )
    each = _turns(s - grid.start, length) * (np.exp(damping) * phase.lines.intensity[:, None])
    if not instrument.is_symmetric:
        each = each * tail_factors(instrument, two_theta, np.outer(convert, length))[0]
    return Terms(
        phase=phase,
        length=length,
        each=each,
        size=size,
        s=s,
        by_cell=by_cell,
        parts=(convert, np.tan(half), 1 / np.cos(half)),
        instrument=instrument,
        strain=strain,
        by_ratio=None if phase.cosines is None else _stretch(phase.cosines, value[f"{name}.ln_ratio"])[1],
    )
