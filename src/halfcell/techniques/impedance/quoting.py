"""Which arcs may be quoted: uncertainty, fit, Kramers-Kronig relations, other circuits that fit as well.

The uncertainty of a fit is that of random noise. Where the circuit leaves more than the noise, or the data violate the
Kramers-Kronig relations, the residuals are systematic and may all pull the same way. A parameter is then wrong by at
most its standard uncertainty times the square root of the degrees of freedom (Cauchy-Schwarz inequality on the linear
error model). That bound takes the place of the uncertainty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.circuit.grammar import Element, Node, Parallel, leaves
from halfcell.techniques.impedance.circuit_choice import TIE, loop_points, supported, tail_apart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.maths.circuit.circuit_fit import Fitted
    from halfcell.maths.circuit.model import Arc
    from halfcell.techniques.impedance.spectrum import Spectrum

MISFIT = 2.0  # lack of fit above which a circuit is doubted
ROUNDING = 1e-4  # residual, of |Z|, below which the rounding of a file's numbers is seen, not the circuit
AGREES = 0.05  # resistances that differ by less are the same in two circuits


def quotable(relative: Sequence[float], limit: float) -> tuple[bool, ...]:
    """Which arcs may be quoted, from the relative standard uncertainties of all arcs of a circuit.

    That of the arc itself must be below `limit`, and that of no other arc above 5 x `limit`: where one arc is hardly
    visible, the linear error model fails for the others as well. In simulated pairs of arcs 99 % of those quoted at 2
    % are within 5 % of the truth.

    Parameters
    ----------
    relative
        %, one per arc.
    limit
        %.

    Returns
    -------
    tuple of bool
        One per arc.

    Source: procedure of this package.
    """
    hidden = any(not value <= 5 * limit for value in relative)
    return tuple(value < limit and not hidden for value in relative)


def widening(fitted: Fitted, spectrum: Spectrum, lack: float) -> float:
    """What systematic residuals make of a standard uncertainty: the root of the degrees of freedom.

    Parameters
    ----------
    fitted, spectrum
        The fit and what was fitted.
    lack
        Residual of the circuit over the noise.

    Returns
    -------
    float
        1 where there are none.

    Source: procedure of this package: no residual is then independent of another.
    """
    rms = max(fitted.uncertainty.rms, 1e-12)
    freedom = float(np.sqrt(max(2 * int(spectrum.used.sum()) - len(fitted.model.names), 1)))
    if spectrum.violated:
        sizes = (spectrum.weights * np.abs(spectrum.impedance))[spectrum.used]
        relative = rms / float(np.median(sizes))
        return freedom * max(1.0, spectrum.test.violation / relative)
    return freedom if lack > MISFIT and rms > ROUNDING else 1.0


def refusal(arc: Arc, fitted: Fitted, others: Sequence[Fitted], spectrum: Spectrum, wide: tuple[float, float]) -> str:
    """Why an arc that its uncertainty would allow to be quoted may not be; empty if it may.

    `wide` is the factor of `widening`, and the limit in percent.
    """
    factor, limit = wide
    most = factor * 100 * float(fitted.uncertainty.log_std[arc.resistance])
    if has_loop(fitted, spectrum):
        return "the spectrum has an inductive loop at low frequency that the circuit does not have"
    if not tail_apart(fitted):
        return "the tail is faster than an arc, so that it may be a part of one"
    if most >= limit:
        return f"the residuals are systematic, and by them the resistance may be wrong by up to {most:.2g} %"
    value = float(fitted.uncertainty.values[arc.resistance])
    for other in others:
        if other.bic < fitted.bic + TIE and supported(other, spectrum) and not _has(other, value):
            return f"it is {value:.4g} ohm here, but {other.model.text} fits as well or better and has no such arc"
    return ""


def _has(fitted: Fitted, resistance: float) -> bool:
    """Whether a circuit has an arc of a given resistance."""
    values = [float(fitted.uncertainty.values[arc.resistance]) for arc in fitted.model.arcs]
    return any(abs(value / resistance - 1) < AGREES for value in values)


def has_loop(fitted: Fitted, spectrum: Spectrum) -> bool:
    """Whether the spectrum has an inductive loop at low frequency and the circuit no inductor in parallel."""
    return bool(loop_points(spectrum).any()) and not _shunted(fitted.model.tree)


def _shunted(node: Node) -> bool:
    if isinstance(node, Element):
        return False
    if isinstance(node, Parallel):
        return any(leaf.kind in {"L", "La"} for leaf in leaves(node))
    return any(_shunted(part) for part in node.parts)
