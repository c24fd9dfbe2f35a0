r"""Circuits of a pellet between blocking electrodes, fitted to a spectrum, and the resistance before the tail of each.

Bulk and grain boundaries are arcs (R || CPE), or a resistor where their arcs lie above the measured frequencies; the
electrodes are a CPE that carries no direct current (the blocking tail), possibly with a leak R_e beside it. All
resistances before the tail, with their covariance, make the resistance of the pellet. An arc whose capacitance is that
of an electrode interface (1e-7 F/cm and more) is none of the pellet's.

Sources: J. T. S. Irvine, D. C. Sinclair, A. R. West, Adv. Mater. 2 (1990) 132, table 1 (capacitances of bulk 1e-12,
grain boundaries 1e-11 to 1e-8, surface layers 1e-9 to 1e-7, electrode interfaces 1e-7 to 1e-5 F/cm).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.maths.circuit.model import build
from halfcell.maths.circuit.series_layout import layout
from halfcell.techniques.impedance.circuit_choice import TIE, enough, fit_one, undetermined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.maths.circuit.circuit_fit import Fitted
    from halfcell.maths.circuit.elements import Reals
    from halfcell.maths.circuit.model import Arc
    from halfcell.techniques.impedance.spectrum import Spectrum
    from halfcell.techniques.ionic_conductivity.settings import Settings

_BODIES = ("R0", "p(R1,CPE1)", "R0-p(R1,CPE1)", "p(R1,CPE1)-p(R2,CPE2)", "R0-p(R1,CPE1)-p(R2,CPE2)")
_COILS = ("", "L0-")
_TAIL, _LEAKY = "CPEe", "p(Re,CPEe)"
_TYPICAL_PER_CM = 0.1  # thickness over area of a usual pellet (0.8 mm, 10 mm), where it is not stated
_KNOWN = 0.5  # relative standard uncertainty below which a resistance is seen
INTERFACE = 1e-7  # F/cm: from here on an arc is that of an electrode interface


@dataclass(frozen=True, eq=False, kw_only=True)
class BlockingFit:
    """A fitted circuit: the parameters that are the pellet's resistances, their sum (ohm) and its uncertainty.

    `arcs` are the pellet's arcs, `interfaces` those of electrode interfaces, `leak` the index of R_e beside the tail;
    `per_cm` thickness over area (1/cm).
    """

    fitted: Fitted
    counted: tuple[int, ...]
    arcs: tuple[Arc, ...]
    interfaces: tuple[Arc, ...]
    leak: int | None
    per_cm: float

    @property
    def total(self) -> float:
        """Sum of the pellet's resistances (ohm)."""
        return float(self.fitted.uncertainty.values[list(self.counted)].sum())

    @property
    def std(self) -> float:
        """Standard uncertainty of the sum by the covariance of the fit."""
        gradient: Reals = np.zeros(len(self.fitted.theta))
        places = list(self.counted)
        gradient[places] = self.fitted.uncertainty.values[places]  # dR/dln R = R
        return float(np.sqrt(max(float(gradient @ self.fitted.uncertainty.covariance @ gradient), 0.0)))

    @property
    def exponent(self) -> int | None:
        """Index of the tail's exponent; None for a capacitor."""
        if self.leak is not None:
            return self.fitted.model.names.index("CPEe_n")
        plan = layout(self.fitted.model)
        return plan.tail_places[1] if plan is not None and plan.tail == "CPE" else None

    @property
    def is_determined(self) -> bool:
        """Whether the data determine every parameter of the circuit and see all of the pellet's resistances."""
        spread = self.fitted.uncertainty.log_std
        seen = all(spread[place] < _KNOWN for place in self.counted)
        return bool(self.counted) and seen and np.isfinite(self.std) and not undetermined(self.fitted)

    def capacitance(self, arc: Arc) -> float:
        """Capacitance (Hsu-Mansfeld, tau/R) of an arc times thickness over area, in F/cm."""
        tau = float(np.exp(self.fitted.model.log_tau(arc, self.fitted.theta)))
        return tau / float(self.fitted.uncertainty.values[arc.resistance]) * self.per_cm


def blocking_fits(spectrum: Spectrum, settings: Settings) -> tuple[BlockingFit, ...]:
    """Fits of the circuit that was set, or of all circuits with up to two arcs, with and without a lead inductance.

    Parameters
    ----------
    spectrum
        Frequencies (Hz), impedances (ohm) and weights.
    settings
        The circuit where it is set, the starts, and the pellet.

    Returns
    -------
    tuple of BlockingFit
        One per circuit, with the resistances that are the pellet (ohm).

    Raises
    ------
    InputError
        If the circuit that was set is no series that ends in a CPE or a capacitor.

    Source: J. T. S. Irvine, D. C. Sinclair, A. R. West, Adv. Mater. 2 (1990) 132, for what the arcs are.
    """
    pellet = settings.pellet
    per_cm = 1e-4 * pellet.thickness_um / pellet.area if pellet.thickness_um and pellet.area else _TYPICAL_PER_CM
    if not settings.is_auto:
        plan = layout(build(settings.circuit))
        if plan is None or plan.tail not in {"CPE", "C"}:
            what = "the circuit must be a series with a CPE or a capacitor as blocking tail"
            raise InputError(what, settings.circuit, "for example R0-p(R1,CPE1)-CPEe")
        return (_judged(fit_one(settings.circuit, spectrum, settings.starts), per_cm, None),)
    texts = [f"{coil}{body}-{_TAIL}" for coil in _COILS for body in _BODIES]
    fits: list[Fitted] = []
    for text in texts:
        if enough(text, spectrum):
            fits.append(fit_one(text, spectrum, settings.starts, fits))
    found = [_judged(fitted, per_cm, None) for fitted in fits]
    for text in _leaky(found):
        if enough(text, spectrum):
            fitted = fit_one(text, spectrum, settings.starts, fits)
            found.append(_judged(fitted, per_cm, fitted.model.names.index("Re")))
    return tuple(found)


def _leaky(found: Sequence[BlockingFit]) -> tuple[str, ...]:
    """The best circuits, of those determined and of all, with a leak beside the tail."""
    pools = [[f for f in found if f.is_determined], list(found)]
    best = [min(pool, key=lambda f: f.fitted.bic).fitted.model.text for pool in pools if pool]
    return tuple(dict.fromkeys(text.removesuffix(_TAIL) + _LEAKY for text in best))


def _judged(fitted: Fitted, per_cm: float, leak: int | None) -> BlockingFit:
    """Which resistances of a fit are the pellet's."""
    plan = layout(fitted.model)
    arcs = tuple(arc for arc in (plan.arcs if plan else ()) if arc.resistance != leak)
    bare = BlockingFit(fitted=fitted, counted=(), arcs=arcs, interfaces=(), leak=leak, per_cm=per_cm)
    own = tuple(arc for arc in arcs if bare.capacitance(arc) < INTERFACE)
    resistor = () if plan is None or plan.resistor is None else (plan.resistor,)
    return BlockingFit(
        fitted=fitted,
        counted=(*resistor, *(arc.resistance for arc in own)),
        arcs=own,
        interfaces=tuple(arc for arc in arcs if arc not in own),
        leak=leak,
        per_cm=per_cm,
    )


def chosen(found: Sequence[BlockingFit]) -> BlockingFit | None:
    """The simplest circuit that the data determine: the lowest BIC, among ties the fewest parameters; None if none.

    Parameters
    ----------
    found
        Fits of several circuits.

    Returns
    -------
    BlockingFit or None
        The chosen one; None where none is determined.

    Source: G. Schwarz, Ann. Stat. 6 (1978) 461, for the criterion.
    """
    good = [f for f in found if f.is_determined]
    if not good:
        return None
    least = min(f.fitted.bic for f in good)
    return min(
        (f for f in good if f.fitted.bic <= least + TIE), key=lambda f: (len(f.fitted.model.names), f.fitted.bic)
    )
