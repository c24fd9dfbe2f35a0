"""Templates of candidate phases: patterns for several crystallite sizes and for larger and smaller cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.errors import Refused
from halfcell.maths.powder.fourier_terms import terms
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.pattern_fit import PatternFit
from halfcell.maths.powder.phase_lines import Lines, one_column
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.maths.powder.reciprocal_grid import Grid, make_grid, sampling, to_grid
from halfcell.maths.powder.size_models import lognormal_spheres
from halfcell.techniques.diffraction.scan import Scan, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

SIZES_NM = (4.0, 10.0, 25.0, 80.0)  # steps of a factor of three: the lines between them look alike
HALO, HALO_WIDTHS = "halo", (4.0, 7.0, 11.0)
_WEAKEST = 0.01  # of the strongest line: weaker lines are ignored
# Of the lattice: what alloying and temperature do to a phase that keeps its name.
SWELLINGS = (-0.005, -0.0025, 0.0, 0.0025, 0.005)
_SINGULAR = 1e-9  # of the largest singular value: below it a direction is rounding


class Variant(NamedTuple):
    """A template: the phase, its size in nm, the relative change of its cell; or a halo, its width and its centre."""

    name: str
    size: float
    swelling: float


class Score(NamedTuple):
    """Expected decrease of chi^2 by the best template of a candidate, that template, and its height in counts."""

    decrease: float
    name: str
    size: float
    swelling: float
    height: float


@dataclass(frozen=True, kw_only=True, eq=False)
class Bank:
    """Expected patterns of all candidates, each of unit height, shape (points, m) in single precision.

    `variants` describe the columns.
    """

    patterns: NDArray[np.float32]
    variants: tuple[Variant, ...]


def rebinned(data: Scan, step: float = 0.045) -> Scan:
    """The same scan with neighbouring points added up to steps of about `step`, so that counts stay Poisson counts.

    Parameters
    ----------
    data
        Angles (degrees) and counts, shape (n,).
    step
        Degrees.

    Returns
    -------
    Scan
        Shape (n // group,); the scan itself where its steps are as wide.

    Source: definition.
    """
    own = float(np.median(np.diff(data.two_theta)))
    group = max(int(step / own + 1e-6), 1)
    count = len(data.two_theta) // group * group
    if group == 1:
        return data

    def added(values: Array) -> Array:
        return np.asarray(values[:count].reshape(-1, group).sum(axis=1))

    return Scan(
        two_theta=added(data.two_theta) / group,
        counts=added(data.counts),
        variance=None if data.variance is None else added(data.variance),
        radiation=data.radiation,
    )


def bank_of(names: Iterable[str], data: Scan, instrument: Instrument, halos: bool) -> Bank:
    """Patterns of every candidate that has a line in the scan, by size and swelling, and of halos if `halos`.

    Parameters
    ----------
    names, data
        The candidates, and the scan.
    instrument
        Widths of its lines (degrees).
    halos
        Whether halos are among them.

    Returns
    -------
    Bank
        Patterns of unit height, shape (points, templates).

    Source: procedure of this package.
    """
    finest = max(float(instrument.width(data.two_theta[::20]).min()), float(np.diff(data.two_theta).min()))
    grid = make_grid(data.two_theta, data.radiation, finest)
    weights, _ = sampling(data.two_theta, data.two_theta, data.radiation, grid)
    weights = weights.astype(np.float32)
    banks = [halo_bank(data)] if halos else []
    for name in names:
        try:
            lines = one_column(lines_of(name, data, weakest=_WEAKEST)[0])
        except Refused:
            continue
        patterns = weights @ _spectra(lines, instrument, grid, data.radiation.first)
        patterns /= np.maximum(patterns.max(axis=0), 1e-30)
        variants = tuple(Variant(name, size, swelling) for swelling in SWELLINGS for size in SIZES_NM)
        banks.append(Bank(patterns=patterns, variants=variants))
    if not banks:
        return Bank(patterns=np.zeros((len(data.two_theta), 0), np.float32), variants=())
    joined = np.concatenate([bank.patterns for bank in banks], axis=1)
    return Bank(patterns=joined, variants=tuple(one for bank in banks for one in bank.variants))


def _spectra(lines: Lines, instrument: Instrument, grid: Grid, wave: float) -> NDArray[np.float32]:
    """Spline coefficients of one phase by swelling and size, shape (grid.count, variants)."""
    phase = PhaseModel(lines=lines, size=None)
    rows = []
    for swelling in SWELLINGS:
        value = {f"{lines.name}.cell{i}": swelling for i in range(lines.free)}
        spectrum = terms(phase, value, instrument, grid, wave).columns()[0]
        length = grid.length[: len(spectrum)]
        rows += [spectrum * lognormal_spheres(length, size, 0.3)[0] for size in SIZES_NM]
    shortest = min(len(row) for row in rows)
    return to_grid(np.stack([row[:shortest] for row in rows]), grid).astype(np.float32)


def halo_bank(data: Scan) -> Bank:
    """Gaussian halos of amorphous matter: widths from 4 to 11 degrees, centres every 1.5 degrees.

    Parameters
    ----------
    data
        The scan.

    Returns
    -------
    Bank
        Gaussians of unit height, shape (points, halos).

    Source: procedure of this package.
    """
    low, high = data.two_theta[0] + 1.5, data.two_theta[-1] - 1.5
    variants = tuple(Variant(HALO, w, c) for w in HALO_WIDTHS for c in np.arange(low, high, 1.5).tolist())
    width, centre = np.array([one[1:] for one in variants]).reshape(-1, 2).T
    patterns = np.exp(-4 * np.log(2) * ((data.two_theta[:, None] - centre) / width) ** 2)
    return Bank(patterns=patterns.astype(np.float32), variants=variants)


def scores(fit: PatternFit, counts: Array, bank: Bank) -> list[Score]:
    """By how much each candidate would lower chi^2 of a fit, the largest decrease first.

    This is the score test: the part of a template that neither amplitudes nor parameters of the fit can reproduce is
    multiplied by the residual.

    Parameters
    ----------
    fit
        The fit that is to be improved.
    counts
        Of the scan, shape (points,).
    bank
        Templates of the candidates, shape (points, templates).

    Returns
    -------
    list of Score
        One per candidate, with the template that lowers chi^2 most, its height (counts) and that decrease.

    Source: C. R. Rao, Proc. Camb. Phil. Soc. 44 (1948) 50.
    """
    weight = np.where(np.isfinite(fit.variance), 1 / np.sqrt(fit.variance), 0.0)
    phi, slope = fit.pattern.evaluate(fit.solution.p)
    design = np.concatenate([phi, slope(fit.solution.c)], axis=1) * weight[:, None]
    norm = np.sqrt((design**2).sum(axis=0))
    design = design[:, norm > 0] / norm[norm > 0]
    left, singular, _ = np.linalg.svd(design, full_matrices=False)
    left = left[:, singular > _SINGULAR * singular.max()]
    residual = (counts - fit.solution.model) * weight
    residual -= left @ (left.T @ residual)
    rows = bank.patterns * weight.astype(np.float32)[:, None]
    taken = ((left.T.astype(np.float32) @ rows) ** 2).sum(axis=0, dtype=float)
    whole = np.einsum("ij,ij->j", rows, rows).astype(float)
    overlap = np.maximum(residual.astype(np.float32) @ rows, 0.0).astype(float)
    height = overlap / np.maximum(whole - taken, np.maximum(1e-4 * whole, 1e-9))
    decrease = overlap * height
    best: dict[str, Score] = {}
    for column, variant in enumerate(bank.variants):
        if variant.name not in best or decrease[column] > best[variant.name].decrease:
            best[variant.name] = Score(float(decrease[column]), *variant, float(height[column]))
    return sorted(best.values(), reverse=True)
