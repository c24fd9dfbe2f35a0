"""Whole-pattern model in Fourier space: lines of several phases, size, strain, instrument, displacement, background.

A phase's pattern over s is the inverse transform of

    F(L) = A(L) sum_l I_l T_l(L) exp(-2 pi^2 e^2 s_l^2 L^2) exp(-2 pi i L s_l)

with the column-length coefficients A(L) of its size distribution (`size_models`), the instrument's Voigt function and
tails T_l, and the mean-square microstrain e^2 (Scardi and Leoni, Acta Cryst. A58 (2002) 190). Sampling at the
measured angles adds the doublet and the Lorentz and polarisation factors. Derivatives are those of F, so that a fit
needs no finite differences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from halfcell.maths.powder.background import Hump, chebyshev
from halfcell.maths.powder.fourier_terms import Terms, terms
from halfcell.maths.powder.free_parameter import FreeParameter
from halfcell.maths.powder.halos_and_bands import halo_and_band_columns, halo_and_band_parameters
from halfcell.maths.powder.instrument import WIDTH_PARAMETERS, Instrument
from halfcell.maths.powder.reciprocal_grid import Grid, Radiation, make_grid, reciprocal, sampling, to_grid
from halfcell.maths.powder.turbostratic_carbon import Bands, carbon_envelope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from halfcell.maths.powder.phase_model import PhaseModel

    Array = NDArray[np.float64]

Shift = Literal["displacement", "zero", "transparency"]


@dataclass(frozen=True, kw_only=True, eq=False)
class PatternModel:
    """The model of a scan: angles (degrees), radiation, instrument, phases, background, and which parameters are free.

    `shifts` names the free aberrations: a displaced specimen moves lines by ``p cos(theta)`` degrees, a wrong zero by
    ``p``, a transparent specimen by ``p sin(2 theta)``; `shift_std` is the standard deviation of their priors
    (`transparency_std` that of transparency), `shift_start` the start of the first. `free_instrument` frees the seven
    parameters of the instrument. `bands` adds the bands of turbostratic carbon; all lines are then multiplied by the
    squared scattering factor of carbon. `air` adds 1/angle to the background, `common` a background known from
    elsewhere, shape (n,).
    """

    two_theta: Array
    radiation: Radiation
    instrument: Instrument
    phases: tuple[PhaseModel, ...]
    degree: int = 8
    air: bool = False
    common: Array | None = None
    humps: tuple[Hump, ...] = ()
    bands: Bands | None = None
    shifts: tuple[Shift, ...] = ("displacement",)
    shift_start: float = 0.0
    shift_std: float = 0.15
    transparency_std: float = 0.15
    free_instrument: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class WholePattern:
    """A prepared model: the `variable_projection.Problem` that `prepare` makes. `names` are those of its parameters."""

    model: PatternModel
    grid: Grid
    names: tuple[str, ...]
    start: Array
    low: Array
    high: Array
    prior: Array
    prior_std: Array
    background: Array
    scales: tuple[float, ...] = ()  # amplitude of each phase, for the texture restraint; if empty it is negligible

    def evaluate(self, p: Array) -> tuple[Array, Callable[[Array], Array]]:
        """Columns Phi (lines, background, halos and bands, scales), shape (n, m), and c -> slope, shape (n, len(p))."""
        value = dict(zip(self.names, p, strict=True))
        x, wave, halos = self.model.two_theta, self.model.radiation.first, len(self.model.humps)
        layered = self.model.bands is not None
        envelope = carbon_envelope(reciprocal(x, wave)) if layered else None
        matrices = sampling(x, self.true_angles(value), self.model.radiation, self.grid, envelope)
        instrument = self.instrument(value)
        blocks = [terms(phase, value, instrument, self.grid, wave) for phase in self.model.phases]
        lines = [matrices[0] @ to_grid(block.columns(), self.grid) for block in blocks]
        others, changes = halo_and_band_columns(x, wave, value, halos, layered)
        phi = np.concatenate([*lines, self.background, others, np.zeros((len(x), len(blocks)))], axis=1)

        def slope(c: Array) -> Array:
            return _slope(self, blocks, c, matrices, changes)

        return phi, slope

    def restraint(self) -> Array:
        """Rows, shape (lines, m): an amplitude differs from the scale of its phase by the share of texture at most."""
        counts = [phase.lines.columns for phase in self.model.phases]
        total = sum(counts) + self.background.shape[1] + self.halo_and_band_count + len(counts)
        rows = np.zeros((sum(counts), total))
        first = 0
        for index, (count, phase) in enumerate(zip(counts, self.model.phases, strict=True)):
            weight = 1.0 / (phase.texture * self.scales[index]) if self.scales else 1e-9
            rows[range(first, first + count), range(first, first + count)] = weight
            rows[first : first + count, total - len(counts) + index] = -weight
            first += count
        return rows

    @property
    def halo_and_band_count(self) -> int:
        """Number of columns of halos and bands."""
        return len(self.model.humps) + (0 if self.model.bands is None else 2)

    def instrument(self, value: Mapping[str, float]) -> Instrument:
        """The instrument with its free parameters filled in."""
        if not self.model.free_instrument:
            return self.model.instrument
        return self.model.instrument.adjusted({key: value[f"instrument.{key}"] for key in WIDTH_PARAMETERS})

    def true_angles(self, value: Mapping[str, float]) -> Array:
        """The measured angles corrected for displacement and zero, degrees, shape (n,)."""
        moved = sum((value[name] * aberration(name, self.model.two_theta) for name in self.model.shifts), 0.0)
        return np.asarray(self.model.two_theta - moved)


def _slope(
    pattern: WholePattern, blocks: list[Terms], c: Array, matrices: tuple[Any, Any], changes: Mapping[str, Array]
) -> Array:
    """d(Phi c)/dp, shape (n, len(p)): one inverse transform per parameter."""
    weights, change = matrices
    summed: dict[str, NDArray[np.complex128]] = {}
    first = 0
    for block in blocks:
        last = first + block.phase.lines.columns
        for name, row in block.derivatives(c[first:last], pattern.model.free_instrument).items():
            summed[name] = _add(summed[name], row) if name in summed else row
        first = last
    first += pattern.background.shape[1]
    found = np.zeros((len(pattern.model.two_theta), len(pattern.names)))
    for index, name in enumerate(pattern.names):
        if name in pattern.model.shifts:
            per_degree = change @ to_grid(summed["s"][None], pattern.grid)
            found[:, index] = -per_degree[:, 0] * aberration(name, pattern.model.two_theta)
        elif name in changes:
            found[:, index] = changes[name] @ c[first : first + pattern.halo_and_band_count]
    plain = [i for i, name in enumerate(pattern.names) if name not in pattern.model.shifts and name not in changes]
    if plain:
        longest = max(len(summed[pattern.names[i]]) for i in plain)
        rows = np.stack([np.pad(r, (0, longest - len(r))) for r in (summed[pattern.names[i]] for i in plain)])
        found[:, plain] = weights @ to_grid(rows, pattern.grid)
    return found


def aberration(name: str, two_theta: Array) -> Array:
    """Shift of a line per degree of an aberration's parameter: cos(theta), sin(2 theta) or 1.

    Parameters
    ----------
    name
        Displacement of the specimen, transparency, or any other for a wrong zero.
    two_theta
        Angles (degrees), shape (n,).

    Returns
    -------
    numpy.ndarray
        Without a unit, shape (n,).

    Source: A. J. C. Wilson, Mathematical Theory of X-ray Powder Diffractometry, Philips Technical Library 1963.
    """
    angle = np.radians(two_theta)
    if name == "displacement":
        return np.asarray(np.cos(angle / 2))
    return np.asarray(np.sin(angle)) if name == "transparency" else np.ones_like(two_theta)


def _add(one: NDArray[np.complex128], two: NDArray[np.complex128]) -> NDArray[np.complex128]:
    longest = max(len(one), len(two))
    return np.pad(one, (0, longest - len(one))) + np.pad(two, (0, longest - len(two)))


def prepare(model: PatternModel) -> WholePattern:
    """Make the grid, list the free parameters with their starts, bounds and priors, and the background's columns.

    Parameters
    ----------
    model
        The model of a scan.

    Returns
    -------
    WholePattern
        What `variable_projection.solve` fits.

    Source: procedure of this package; the model is that of P. Scardi, M. Leoni, Acta Cryst. A58 (2002) 190.
    """
    table: list[FreeParameter] = []
    for index, shift in enumerate(model.shifts):
        std = model.transparency_std if shift == "transparency" else model.shift_std
        table.append(FreeParameter(shift, 0.0 if index else model.shift_start, -1.0, 1.0, std))
    for phase in model.phases:
        table += phase.parameters()
    table += halo_and_band_parameters(model.humps, model.bands)
    if model.free_instrument:
        table += _instrument_parameters(model.instrument)
    columns = [chebyshev(model.two_theta, model.degree)]
    if model.air:
        columns.append((model.two_theta[:1] / model.two_theta)[:, None])
    if model.common is not None:
        columns.append(model.common[:, None])
    return WholePattern(
        model=model,
        grid=make_grid(model.two_theta, model.radiation, _finest(model)),
        names=tuple(one.name for one in table),
        start=np.array([one.start for one in table], dtype=float),
        low=np.array([one.low for one in table], dtype=float),
        high=np.array([one.high for one in table], dtype=float),
        prior=np.array([0.0 if ".cell" in one.name else one.start for one in table]),
        prior_std=np.array([one.prior_std for one in table], dtype=float),
        background=np.concatenate(columns, axis=1),
    )


def _finest(model: PatternModel) -> float:
    """Smallest instrument width over the scan, degrees; no smaller than the scan's own step."""
    width = float(model.instrument.width(model.two_theta[:: max(len(model.two_theta) // 50, 1)]).min())
    return max(width, 0.7 * float(np.median(np.diff(model.two_theta))))


def _instrument_parameters(instrument: Instrument) -> list[FreeParameter]:
    low = {"u": 0.0, "t": -0.5, "w": 1e-6, "x": 0.0, "y": 0.0, "axial": 0.0, "lag": 0.0}
    high = {"u": 0.1, "t": 2.0, "w": 0.1, "x": 0.3, "y": 0.3, "axial": 0.2, "lag": 0.2}
    std = {"t": 0.5}  # where u vanishes t means nothing
    start = dict(vars(instrument))
    return [FreeParameter(f"instrument.{k}", start[k], low[k], high[k], std.get(k, np.inf)) for k in WIDTH_PARAMETERS]
