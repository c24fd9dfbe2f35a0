"""Whole-pattern model in Fourier space: lines of several phases, size, strain, instrument, displacement, background.

A phase's pattern over s is the inverse transform of

    F(L) = A(L) sum_l I_l T_l(L) exp(-2 pi^2 e^2 s_l^2 L^2) exp(-2 pi i L s_l)

with the column-length coefficients A(L) of its sizes (`sizes`), the instrument's Voigt function and axial tail T_l, and
the mean-square microstrain e^2 (Scardi and Leoni, Acta Cryst. A58 (2002) 190). Sampling at the measured angles adds the
doublet and the Lorentz and polarisation factors; derivatives are those of F, so that a fit needs no differences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from halfcell.maths.powder.background import Hump, chebyshev
from halfcell.maths.powder.carbon import Bands, carbon_envelope
from halfcell.maths.powder.fourier_terms import INSTRUMENT, Terms, terms
from halfcell.maths.powder.grid import Grid, Radiation, make_grid, reciprocal, sampling, to_grid
from halfcell.maths.powder.halos_and_bands import extra_parameters, extras
from halfcell.maths.powder.instrument import Instrument

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from halfcell.maths.powder.phase_lines import Lines
    from halfcell.maths.powder.size_models import Shape

    Array = NDArray[np.float64]

Shift = Literal["displacement", "zero", "transparency"]


@dataclass(frozen=True, kw_only=True, eq=False)
class PhaseModel:
    """One phase of the model: its lines, where its parameters start and what is known before.

    `size` is the starting L_V in nm (None: large crystals, no size broadening), `smallest` its bound; `sigma` the
    starting width of ln D and whether it is free; `shape` the size model. `cell_std` is the prior's relative standard
    deviation of cell lengths, `cell_start` where their relative change starts, `strain` whether microstrain is free,
    `texture` the relative standard deviation of a line's intensity from what is calculated.
    """

    lines: Lines
    size: float | None = 10.0
    smallest: float = 0.5
    sigma: float = 0.3
    free_sigma: bool = True
    shape: Shape = "lognormal spheres"
    cell_std: float = 0.002
    cell_start: float = 0.0
    strain: bool = False
    texture: float = 0.1


@dataclass(frozen=True, kw_only=True, eq=False)
class PatternModel:
    """What a scan is modelled by: angles (degrees), radiation, instrument, phases, background, and what is free.

    `shifts` names the aberrations that are free: a displaced specimen moves lines by ``p cos(theta)`` degrees, a wrong
    zero by ``p``, a transparent specimen by ``p sin(2 theta)``; `shift_std` is their prior, `shift_start` the first's.
    `free_instrument` frees the six parameters of the instrument. `bands` adds those of turbostratic carbon; all lines
    then follow the fall of carbon's scattering over their width. `air` adds 1/angle to the background, `common` a
    background known from elsewhere, shape (n,).
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
    free_instrument: bool = False


@dataclass(frozen=True, kw_only=True, eq=False)
class WholePattern:
    """A prepared model: the `varpro.Problem` that `prepare` makes. Parameters are named in `names`."""

    model: PatternModel
    grid: Grid
    names: tuple[str, ...]
    start: Array
    low: Array
    high: Array
    prior: Array
    prior_std: Array
    background: Array
    scales: tuple[float, ...] = ()  # amplitude of each phase, for the texture restraint; none: a hair of it

    def evaluate(self, p: Array) -> tuple[Array, Callable[[Array], Array]]:
        """Columns Phi (phases' lines, background, halos and bands, then the phases' scales) and their slope."""
        value = dict(zip(self.names, p, strict=True))
        x, wave, halos = self.model.two_theta, self.model.radiation.first, len(self.model.humps)
        layered = self.model.bands is not None
        envelope = carbon_envelope(reciprocal(x, wave)) if layered else None
        matrices = sampling(x, self.true_angles(value), self.model.radiation, self.grid, envelope)
        instrument = self.instrument(value)
        blocks = [terms(phase, value, instrument, self.grid, wave) for phase in self.model.phases]
        lines = [matrices[0] @ to_grid(block.columns(), self.grid) for block in blocks]
        others, changes = extras(x, wave, value, halos, layered)
        phi = np.concatenate([*lines, self.background, others, np.zeros((len(x), len(blocks)))], axis=1)

        def slope(c: Array) -> Array:
            return _slope(self, blocks, c, matrices, changes)

        return phi, slope

    def restraint(self) -> Array:
        """One row a line: its amplitude differs from the phase's scale by the texture's share of it."""
        counts = [phase.lines.columns for phase in self.model.phases]
        total = sum(counts) + self.background.shape[1] + self.extra + len(counts)
        rows = np.zeros((sum(counts), total))
        first = 0
        for index, (count, phase) in enumerate(zip(counts, self.model.phases, strict=True)):
            weight = 1.0 / (phase.texture * self.scales[index]) if self.scales else 1e-9
            rows[range(first, first + count), range(first, first + count)] = weight
            rows[first : first + count, total - len(counts) + index] = -weight
            first += count
        return rows

    @property
    def extra(self) -> int:
        """Number of columns of halos and bands."""
        return len(self.model.humps) + (0 if self.model.bands is None else 2)

    def instrument(self, value: Mapping[str, float]) -> Instrument:
        """The instrument, with its free parameters put in."""
        if not self.model.free_instrument:
            return self.model.instrument
        return self.model.instrument.adjusted({key: value[f"instrument.{key}"] for key in INSTRUMENT})

    def true_angles(self, value: Mapping[str, float]) -> Array:
        """The measured angles without displacement and zero."""
        moved = sum((value[name] * aberration(name, self.model.two_theta) for name in self.model.shifts), 0.0)
        return np.asarray(self.model.two_theta - moved)


def _slope(
    pattern: WholePattern, blocks: list[Terms], c: Array, matrices: tuple[Any, Any], changes: Mapping[str, Array]
) -> Array:
    """d(Phi c)/dp, shape (n, len(p)): one inverse transform a parameter."""
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
            found[:, index] = changes[name] @ c[first : first + pattern.extra]
    plain = [i for i, name in enumerate(pattern.names) if name not in pattern.model.shifts and name not in changes]
    if plain:
        longest = max(len(summed[pattern.names[i]]) for i in plain)
        rows = np.stack([np.pad(r, (0, longest - len(r))) for r in (summed[pattern.names[i]] for i in plain)])
        found[:, plain] = weights @ to_grid(rows, pattern.grid)
    return found


def aberration(name: str, two_theta: Array) -> Array:
    """How far a line moves, per degree of the aberration's parameter."""
    angle = np.radians(two_theta)
    if name == "displacement":
        return np.asarray(np.cos(angle / 2))
    return np.asarray(np.sin(angle)) if name == "transparency" else np.ones_like(two_theta)


def _add(one: NDArray[np.complex128], two: NDArray[np.complex128]) -> NDArray[np.complex128]:
    longest = max(len(one), len(two))
    return np.pad(one, (0, longest - len(one))) + np.pad(two, (0, longest - len(two)))


def prepare(model: PatternModel) -> WholePattern:
    """Lay the grid, name the free parameters, set their starts, bounds and priors."""
    table: list[tuple[str, float, float, float, float]] = []  # name, start, low, high, prior's standard deviation
    for index, shift in enumerate(model.shifts):
        table.append((shift, 0.0 if index else model.shift_start, -1.0, 1.0, model.shift_std))
    for phase in model.phases:
        table += _phase_parameters(phase)
    table += extra_parameters(model.humps, model.bands)
    if model.free_instrument:
        table += _instrument_parameters(model.instrument)
    columns = [chebyshev(model.two_theta, model.degree)]
    if model.air:
        columns.append((model.two_theta[:1] / model.two_theta)[:, None])
    if model.common is not None:
        columns.append(model.common[:, None])
    names, start, low, high, std = zip(*table, strict=True) if table else ((),) * 5
    return WholePattern(
        model=model,
        grid=make_grid(model.two_theta, model.radiation, _finest(model)),
        names=tuple(names),
        start=np.array(start, dtype=float),
        low=np.array(low, dtype=float),
        high=np.array(high, dtype=float),
        prior=np.array([0.0 if ".cell" in name else value for name, value in zip(names, start, strict=True)]),
        prior_std=np.array(std, dtype=float),
        background=np.concatenate(columns, axis=1),
    )


def _finest(model: PatternModel) -> float:
    """Smallest instrument width over the scan, degrees; no smaller than the scan's own step."""
    width = float(model.instrument.width(model.two_theta[:: max(len(model.two_theta) // 50, 1)]).min())
    return max(width, 0.7 * float(np.median(np.diff(model.two_theta))))


def _phase_parameters(phase: PhaseModel) -> list[tuple[str, float, float, float, float]]:
    name, free = phase.lines.name, np.inf
    table = [(f"{name}.cell{i}", phase.cell_start, -0.03, 0.03, phase.cell_std) for i in range(phase.lines.free)]
    if phase.size is not None:
        least = np.log(phase.smallest)
        table.append((f"{name}.ln_size", max(np.log(phase.size), least), least, np.log(1e3), free))
        if phase.free_sigma and phase.shape != "lorentzian":
            table.append((f"{name}.sigma", phase.sigma, 0.02, 1.2, 0.5))
    if phase.strain:
        table.append((f"{name}.strain", 1.0, 0.0, 400.0, free))
    return table


def _instrument_parameters(instrument: Instrument) -> list[tuple[str, float, float, float, float]]:
    low = {"u": 0.0, "t": -0.5, "w": 1e-6, "x": 0.0, "y": 0.0, "axial": -0.1}
    high = {"u": 0.1, "t": 2.0, "w": 0.1, "x": 0.3, "y": 0.3, "axial": 0.6}
    std = {"t": 0.5}  # where u vanishes t means nothing
    return [(f"instrument.{k}", getattr(instrument, k), low[k], high[k], std.get(k, np.inf)) for k in INSTRUMENT]
