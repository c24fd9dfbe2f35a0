"""Distribution of relaxation times, by pyimpspec where it is installed (the extra ``drt``).

gamma over ln tau in ohm, from the real part by Tikhonov regularisation with non-negative least squares (TR-NNLS); its
integral over ln tau is the polarisation resistance. It shows how many processes there are. Resistances are not read off
it: with a diffusion tail its slow end and the arcs trade with each other.

Sources: A. Kulikovsky, Phys. Chem. Chem. Phys. 22 (2020) 19131 (TR-NNLS); V. Yrjana, J. Open Source Softw. 7 (2022)
4808 (pyimpspec).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.extras import require
from halfcell.core.figure import Axis, Figure, Line, Panel, Span
from halfcell.core.result import Note
from halfcell.techniques.common.figure_notes import one_panel
from halfcell.techniques.impedance.state_order import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.impedance.records import Complexes, ImpedanceResult, Reals


_STRENGTHS = (3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 1e-4)
_ENOUGH = 1.2  # residual of the real part over the noise


@dataclass(frozen=True, eq=False)
class Distribution:
    """Relaxation times tau (n,) in s and gamma (n,) in ohm.

    `strength` of the regularisation; `left` rms of what is left of Re relative to \\|Z\\|, `least` that of the weakest.
    """

    tau: Reals
    gamma: Reals
    strength: float
    left: float
    least: float

    def note(self, noise: float) -> Note:
        """How it was regularised; a doubt where even the weakest regularisation does not reach the noise."""
        left, least, floor = (f"{100 * value:.2g} %" for value in (self.left, self.least, noise))
        text = f"relaxation times by TR-NNLS of Re Z, lambda = {self.strength:g}: leaves {left} of |Z| (noise {floor}"
        if self.least <= _ENOUGH * noise:
            return Note("info", "relaxation_times", f"{text}); the strongest that leaves less than {_ENOUGH:g} x that")
        return Note("doubt", "relaxation_times", f"{text}, least {least}): sums of RC elements do not describe it")


def distribution(frequency: Reals, impedance: Complexes, noise: float) -> Distribution:
    """Distribution of a spectrum (n,), frequencies falling.

    The regularisation is the strongest that leaves no more of the real part than 1.2 x `noise` (relative to \\|Z\\|),
    or than 1.2 x what the weakest leaves where that is more (discrepancy principle): what stands out beyond is noise.

    Raises
    ------
    MissingExtra
        If pyimpspec is not installed.
    """
    library = require("pyimpspec", "drt")
    data, modulus = library.DataSet(frequency, impedance), np.abs(impedance)

    def solved(strength: float) -> Distribution:
        found = library.calculate_drt(data, method="tr-nnls", mode="real", lambda_value=strength)
        left = float(np.sqrt(np.mean(((np.asarray(found.get_impedances()).real - impedance.real) / modulus) ** 2)))
        tau, gamma = (np.asarray(values, dtype=float) for values in (found.get_time_constants(), found.get_gammas()))
        return Distribution(tau, gamma, strength, left, left)

    made = [solved(strength) for strength in _STRENGTHS]
    least = min(one.left for one in made)
    best = next(one for one in made if one.left <= _ENOUGH * max(noise, least))
    return replace(best, least=least)


def relaxation_figure(results: Sequence[ImpedanceResult]) -> Figure:
    """Distribution of relaxation times; dashed rules are the time constants of the fitted arcs.

    Raises
    ------
    InputError
        If none was computed.
    """
    results = [r for r in in_order(results) if r.relaxation is not None]
    if not results:
        raise InputError("no distribution of relaxation times was computed", hint="set relaxation_times = true")
    layers: list[Any] = []
    for i, r in enumerate(results):
        tau, gamma = r.relaxation if r.relaxation is not None else (np.zeros(0), np.zeros(0))
        layers.append(Line(x=tau, y=gamma, label=r.label or "γ", colour=i))
        for row in r.arcs:
            place = float(row["time_constant_s"] or 0.0)
            layers.append(Span(start=place, stop=place, colour=i))
    x, y = Axis(label="τ", unit="s", log=True), Axis(label="γ", unit="Ω", low=0.0)
    figure = one_panel(results, Panel(x=x, y=y, layers=tuple(layers)))
    said = [f"{r.label}: {n.text}" for r in results for n in r.notes if n.code == "relaxation_times"]
    return replace(figure, notes=("Dashed: time constants of the fitted arcs.", *dict.fromkeys((*said, *figure.notes))))
