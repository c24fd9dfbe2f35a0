"""Templates of candidate phases: each broadened by several sizes and with its cell swollen or shrunk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.maths.powder.fit import PatternFit
from halfcell.maths.powder.grid import make_grid, sampling, to_grid
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.lines import one_column
from halfcell.maths.powder.model import PhaseModel
from halfcell.maths.powder.sizes import lognormal_spheres
from halfcell.maths.powder.terms import terms
from halfcell.techniques.diffraction._scan import Scan, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

SIZES_NM = (4.0, 10.0, 25.0, 80.0)
HALO, HALO_WIDTHS = "halo", (4.0, 7.0, 11.0)
SWELLINGS = (-0.005, -0.0025, 0.0, 0.0025, 0.005)


@dataclass(frozen=True, kw_only=True, eq=False)
class Template:
    """Expected patterns of one phase, shape (points, variants), and the (size in nm, swelling) of each variant."""

    name: str
    patterns: Array
    variants: tuple[tuple[float, float], ...]


def rebinned(data: Scan, step: float = 0.045) -> Scan:
    """The same scan with neighbouring points added up to at least a step: counts stay Poisson's."""
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


def templates(names: Iterable[str], data: Scan, instrument: Instrument) -> tuple[Template, ...]:
    """Patterns of every candidate that has a line in the scan, each of unit height."""
    finest = max(float(instrument.width(data.two_theta[::20]).min()), float(np.diff(data.two_theta).min()))
    grid = make_grid(data.two_theta, data.radiation, finest)
    weights, _ = sampling(data.two_theta, data.two_theta, data.radiation, grid)
    sizes = np.stack([lognormal_spheres(grid.length, size, 0.3)[0] for size in SIZES_NM])
    found = []
    for name in names:
        try:
            lines = one_column(lines_of(name, data)[0])
        except Refused:
            continue
        rows = []
        for swelling in SWELLINGS:
            phase = PhaseModel(lines=lines, size=None)
            value = {f"{name}.cell{i}": swelling for i in range(lines.free)}
            spectrum = terms(phase, value, instrument, grid, data.radiation.first).columns()[0]
            rows.append(spectrum * sizes[:, : len(spectrum)])
        shortest = min(row.shape[1] for row in rows)
        patterns = weights @ to_grid(np.concatenate([row[:, :shortest] for row in rows]), grid)
        top = np.maximum(patterns.max(axis=0), 1e-300)
        variants = tuple((size, swelling) for swelling in SWELLINGS for size in SIZES_NM)
        found.append(Template(name=name, patterns=patterns / top, variants=variants))
    return tuple(found)


def halo_templates(data: Scan) -> Template:
    """Gaussian halos of amorphous matter: widths 4 to 11 degrees, centres every 1.5; variants are (width, centre)."""
    low, high = data.two_theta[0] + 1.5, data.two_theta[-1] - 1.5
    variants = tuple((w, c) for w in HALO_WIDTHS for c in np.arange(low, high, 1.5).tolist())
    width, centre = np.array(variants).T
    patterns = np.exp(-4 * np.log(2) * ((data.two_theta[:, None] - centre) / width) ** 2)
    return Template(name=HALO, patterns=patterns, variants=variants)


def scores(fit: PatternFit, data: Scan, bank: tuple[Template, ...]) -> list[tuple[float, str, float, float]]:
    """How much chi^2 each candidate would take off a fit: (fall, name, size, swelling), the largest first.

    The score test: a template's part that neither the fit's amplitudes nor its parameters can make, times the residual.
    """
    weight = np.where(np.isfinite(fit.variance), 1 / np.sqrt(fit.variance), 0.0)[:, None]
    phi, slope = fit.pattern.evaluate(fit.solution.p)
    design = np.concatenate([phi, slope(fit.solution.c)], axis=1) * weight
    norm = np.sqrt((design**2).sum(axis=0))
    design = design[:, norm > 0] / norm[norm > 0]
    left, singular, _ = np.linalg.svd(design, full_matrices=False)
    left = left[:, singular > 1e-9 * singular.max()]
    residual = ((data.counts - fit.solution.model)[:, None] * weight)[:, 0]
    found = []
    for template in bank:
        rows = template.patterns * weight
        rows = rows - left @ (left.T @ rows)
        overlap = np.maximum(rows.T @ residual, 0.0)
        fall = overlap**2 / np.maximum((rows**2).sum(axis=0), 1e-9)
        best = int(np.argmax(fall))
        found.append((float(fall[best]), template.name, *template.variants[best]))
    return sorted(found, reverse=True)
