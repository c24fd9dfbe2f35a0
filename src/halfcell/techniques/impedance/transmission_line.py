r"""The resistances of a transmission line whose pore walls react: which of them the data determine.

R_ion along the pores and R_ct at their walls are given where each is known to 20 %, the reaction reaches the end of the
pores (R_ion below 4 R_ct), and no other optimum of the fit that is as likely has others: an arc and a line can change
places. The resistance of the line at direct current,
sqrt(R_ion R_ct) coth sqrt(R_ion/R_ct), is known even where the two are not.

Sources: R. de Levie, Adv. Electrochem. Electrochem. Eng. 6 (1967) 329; J. Landesfeind et al., J. Electrochem. Soc. 163
(2016) A1373.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.circuit.grammar import leaves
from halfcell.maths.circuit.porous import line_optima
from halfcell.techniques.common.findings import Findings
from halfcell.techniques.impedance.circuit_choice import TIE

if TYPE_CHECKING:
    from halfcell.maths.circuit.circuit_fit import Fitted
    from halfcell.maths.circuit.elements import Reals
    from halfcell.techniques.impedance.spectrum import Spectrum

WELL = 0.2  # relative standard uncertainty of a parameter above which nothing is derived from it
_APART = 3.0  # standard uncertainties by which a resistance of another optimum differs
_LEAST = 0.05  # and at least, relative
_FADED = 4.0  # R_ion/R_ct above which all but 4 % of the impedance is that of pores without an end: coth(2) = 1.037
_OVERFLOWS = 300  # cosh of twice this is no longer a float


def lines(fitted: Fitted, spectrum: Spectrum, factor: float) -> tuple[Findings, tuple[str, ...]]:
    """Resistance of lines of reacting pores at direct current, sqrt(R_ion R_ct) coth sqrt(R_ion/R_ct).

    Parameters
    ----------
    fitted, spectrum
        The fit and what was fitted.
    factor
        What systematic residuals make of a standard uncertainty.

    Returns
    -------
    findings, names
        ``<line>.resistance`` (ohm), and the parameters of lines that are not to be given.

    Source: R. de Levie, Adv. Electrochem. Electrochem. Eng. 6 (1967) 329.
    """
    names = [leaf.name for leaf in leaves(fitted.model.tree) if leaf.kind == "TLM"]
    likely = _likely(fitted, spectrum) if names else []
    found, left = Findings(), []
    for name in names:
        places = [fitted.model.names.index(f"{name}_{own}") for own in ("Rion", "Rct")]
        found = found + Findings(quantities=_direct_current(fitted, name, places, likely))
        why = _unknown(fitted, places, likely, factor)
        if why:
            left += [fitted.model.names[place] for place in (*places, fitted.model.names.index(f"{name}_Q"))]
            text = f"R_ion and R_ct of {name} are not given: {why}"
            found = found + Findings(notes=(Note("refused", "line_not_determined", text),))
    return found, tuple(left)


def _likely(fitted: Fitted, spectrum: Spectrum) -> list[Reals]:
    """Optima that are as likely as the one of the fit (BIC within 6)."""
    log_omega = np.log(2 * np.pi * spectrum.frequency)
    found = line_optima(fitted.model, log_omega, spectrum.impedance, spectrum.weights)
    count = 2 * int(spectrum.used.sum())
    return list(found.theta[count * np.log(np.maximum(found.cost, 1e-300) / fitted.cost) < TIE])


def _unknown(fitted: Fitted, places: list[int], likely: list[Reals], factor: float) -> str:
    """Why the two resistances of a line are not known; empty if they are."""
    relative = factor * fitted.uncertainty.log_std[places]
    if float(np.exp(fitted.theta[places[0]] - fitted.theta[places[1]])) > _FADED:
        return (
            "the reaction does not reach the end of the pores, so that only the square root of their product is known"
        )
    if not (relative < WELL).all():
        if factor > 1:
            return "the residuals are systematic, and by them they may be wrong by more than 20 %"
        return (
            f"they are not known to {100 * WELL:.0f} %; measure the 45 degree line of the pores at higher frequencies"
        )
    apart = np.maximum(_APART * relative, _LEAST)
    for theta in likely:
        if (np.abs(theta[places] - fitted.theta[places]) > apart).any():
            ionic, charge = np.exp(theta[places])
            return f"{ionic:.3g} and {charge:.3g} ohm fit as well (the line and an arc change places)"
    return ""


def _direct_current(fitted: Fitted, name: str, places: list[int], likely: list[Reals]) -> dict[str, Quantity]:
    """The line's resistance at direct current, where it is known and the same in all likely optima."""
    value, gradient = _resistance(fitted.theta[places])
    variance = float(gradient @ fitted.uncertainty.covariance[np.ix_(places, places)] @ gradient)
    relative = np.sqrt(variance) if np.isfinite(variance) and variance > 0 else np.inf
    others = [_resistance(theta[places])[0] for theta in likely]
    if relative > WELL or any(abs(np.log(other / value)) > max(_APART * relative, _LEAST) for other in others):
        return {}
    return {f"{name}.resistance": Quantity(value, "ohm", value * float(relative), "fit covariance")}


def _resistance(logs: Reals) -> tuple[float, Reals]:
    """sqrt(R_ion R_ct) coth sqrt(R_ion/R_ct), and the derivatives of its logarithm by those of R_ion and R_ct."""
    x = float(np.exp(0.5 * (logs[0] - logs[1])))
    value = float(np.exp(0.5 * (logs[0] + logs[1])) / np.tanh(x))
    by_x = -x / (np.sinh(x) * np.cosh(x)) if x < _OVERFLOWS else 0.0
    return value, np.array([0.5 + 0.5 * by_x, 0.5 - 0.5 * by_x])
