"""Distribution of relaxation times, by pyimpspec where it is installed (the extra ``drt``).

gamma over ln tau in ohm, from the real part by Tikhonov regularisation with non-negative least squares (TR-NNLS); its
integral over ln tau is the polarisation resistance. It shows how many processes there are. Resistances are not read off
it: with a diffusion tail its slow end and the arcs trade with each other.

Sources: A. Kulikovsky, Phys. Chem. Chem. Phys. 22 (2020) 19131 (TR-NNLS); V. Yrjana, J. Open Source Softw. 7 (2022)
4808 (pyimpspec).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.extras import require
from halfcell.core.figure import Axis, Figure, Line, Panel, Span
from halfcell.techniques.impedance.states import in_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.impedance.records import Complexes, ImpedanceResult, Reals


_STRENGTHS = (3.0, 1.0, 0.3, 0.1, 0.03, 0.01, 3e-3, 1e-3, 1e-4)
_ENOUGH = 1.2  # residual of the real part over the noise


def distribution(frequency: Reals, impedance: Complexes, noise: float) -> tuple[Reals, Reals]:
    """Relaxation times tau (n,) in s and gamma (n,) in ohm of a spectrum (n,), frequencies falling.

    The regularisation is the strongest that leaves no more than 1.2 x `noise` (relative to \\|Z\\|) of the real part
    (discrepancy principle): what stands out beyond it is noise.

    Raises
    ------
    MissingExtra
        If pyimpspec is not installed.
    """
    library = require("pyimpspec", "drt")
    data, modulus = library.DataSet(frequency, impedance), np.abs(impedance)
    tau = gamma = np.zeros(0)
    for strength in _STRENGTHS:
        found = library.calculate_drt(data, method="tr-nnls", mode="real", lambda_value=strength)
        tau, gamma = np.asarray(found.get_time_constants()), np.asarray(found.get_gammas())
        left = (np.asarray(found.get_impedances()).real - impedance.real) / modulus
        if float(np.sqrt(np.mean(left**2))) <= _ENOUGH * noise:
            break
    return np.asarray(tau, dtype=float), np.asarray(gamma, dtype=float)


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
    simulated = any(r.simulated for r in results)
    return Figure(panels=(Panel(x=x, y=y, layers=tuple(layers)),), simulated=simulated)
