"""Settings, simulated truth and result of the impedance technique."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from halfcell.core.result import Result, Row
from halfcell.core.sample import CellKind

Reals = NDArray[np.float64]
Complexes = NDArray[np.complex128]

TWO_ARCS = "Rs-p(Rint,CPEint)-p(Rct,CPEct)-W"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How a spectrum is analysed.

    Parameters
    ----------
    circuit
        A circuit string (impedance.py's grammar, CDC, or with ``||``), or ``auto``: the simplest circuit that the data
        determine, of one to three arcs and every tail, by BIC.
    weighting
        ``modulus``: 1/\\|Z\\| (constant relative noise); ``unit``: all points alike in ohm; ``sigma``: by the column
        ``impedance_std_ohm`` of the file.
    outliers
        ``drop`` leaves out points that no Kramers-Kronig model can follow and names them; ``keep`` fits all.
    compare
        Fit neighbours of a circuit that was asked for and say where one is as good or better.
    lowest_frequency_hertz, highest_frequency_hertz
        The range that is fitted; nothing stands for all.
    starts
        How many start values are tried (circuits that are not a plain series: four times as many, at random).
    quote_limit_percent
        An arc's resistance is quoted if its relative standard uncertainty is below this.
    relaxation_times
        Compute the distribution of relaxation times, too (needs the extra ``drt``).
    area_cm2
        Electrode area, for area-specific resistances.
    kind
        The cell's kind: says whose arcs these are.
    """

    circuit: str = "auto"
    weighting: Literal["modulus", "unit", "sigma"] = "modulus"
    outliers: Literal["drop", "keep"] = "drop"
    compare: bool = True
    lowest_frequency_hertz: float | None = None
    highest_frequency_hertz: float | None = None
    starts: int = 6
    quote_limit_percent: float = 2.0
    relaxation_times: bool = False
    area_cm2: float | None = None
    kind: CellKind | None = None


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A simulated spectrum: circuit, natural parameters in the order of the string, noise relative to \\|Z\\|.

    `drift_percent` lets every arc resistance grow by this much over the sweep; `wild_points` of the points are off by
    `wild_percent` of \\|Z\\| in a random direction; `sample` and `cycle` go to the measurement's meta.
    """

    circuit: str = TWO_ARCS
    values: tuple[float, ...] = (3.0, 25.0, 4e-5, 0.85, 60.0, 4e-3, 0.8, 8.0)
    noise_percent: float = 0.5
    highest_frequency_hertz: float = 1e5
    lowest_frequency_hertz: float = 1e-2
    points_per_decade: int = 8
    drift_percent: float = 0.0
    wild_points: int = 0
    wild_percent: float = 20.0
    sample: str = ""
    cycle: int | None = None


@dataclass(frozen=True, eq=False, kw_only=True)
class ImpedanceResult(Result):
    """A fitted spectrum.

    `frequency` falling, with `impedance`, `used` (False: left out), `fitted` (the circuit), `kk_residual` and
    `residual` (relative to \\|Z\\|); `curve` the fitted circuit on a fine grid; `names`, `low`, `high` the parameters
    with their 95 % interval and `correlation` of their logarithms; `arcs` and `circuits` (neighbours by BIC) as rows;
    `relaxation` tau (s) and gamma (ohm), where asked for.
    """

    circuit: str
    frequency: Reals
    impedance: Complexes
    used: NDArray[np.bool_]
    fitted: Complexes
    residual: Complexes
    kk_residual: Complexes
    curve: Complexes
    names: tuple[str, ...] = ()
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    correlation: Reals | None = None
    arcs: tuple[Row, ...] = ()
    circuits: tuple[Row, ...] = ()
    relaxation: tuple[Reals, Reals] | None = None
    meta: dict[str, object] = field(default_factory=dict)
