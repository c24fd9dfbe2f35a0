"""The result of an impedance analysis with its curves."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from halfcell.core.result import Result, Row

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.maths.circuit.elements import Complexes, Reals


@dataclass(frozen=True, eq=False, kw_only=True)
class ImpedanceResult(Result):
    """A fitted spectrum.

    Parameters
    ----------
    circuit
        The circuit string.
    frequency, impedance, used
        The spectrum with falling frequencies (Hz, ohm); points that are not `used` were left out.
    fitted, residual, kk_residual
        The circuit's impedance at these frequencies, and the residuals of the circuit and of the Kramers-Kronig model
        relative to \\|Z\\|.
    curve
        The fitted circuit on a fine grid of frequencies.
    names, low, high, correlation
        The circuit's parameters, the ends of their 95 % intervals, and the correlation of their logarithms.
    arcs, circuits
        Rows of the arcs, and of all circuits that were fitted, in order of BIC.
    relaxation
        Relaxation times tau (s) and gamma (ohm), where asked for.
    meta
        What the file says about the measurement.
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
