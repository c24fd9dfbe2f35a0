r"""The arcs of a fitted circuit: time constant, effective capacitance, and whether the resistance may be quoted.

tau = (R Q)^(1/n), apex frequency 1/(2 pi tau). There are two effective capacitances of R || CPE, which differ:

* Hsu-Mansfeld (distribution normal to the surface): C = Q^(1/n) R^(1/n - 1) = tau/R;
* Brug (distribution along the surface): C = Q^(1/n) (1/Rs + 1/R)^(1 - 1/n).

Sources: G. J. Brug et al., J. Electroanal. Chem. 176 (1984) 275, eq. 21; C. H. Hsu, F. Mansfeld, Corrosion 57 (2001)
747; B. Hirschorn et al., Electrochim. Acta 55 (2010) 6218.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.maths.circuit.grammar import Parallel, Series, leaves
from halfcell.maths.circuit.model import Arc, Model
from halfcell.maths.circuit.series_layout import layout
from halfcell.techniques.impedance.circuit_choice import supported, undetermined
from halfcell.techniques.impedance.circuit_spread import spread_over_circuits
from halfcell.techniques.impedance.quoting import has_loop, quotable, refusal, widening

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from halfcell.maths.circuit.circuit_fit import Fitted
    from halfcell.maths.circuit.elements import Reals
    from halfcell.techniques.impedance.spectrum import Spectrum

_TRADED = 0.9  # correlation of two resistances whose sum is known much better than each


def arc_rows(
    fitted: Fitted, others: Sequence[Fitted], spectrum: Spectrum, limit: float, lack: float
) -> tuple[Row, ...]:
    """One row per arc, in the order of the circuit string.

    Parameters
    ----------
    fitted, others
        The chosen fit, and those of other circuits.
    spectrum
        What was fitted.
    limit
        Relative standard uncertainty (%) of a resistance that may be quoted.
    lack
        Residual of the circuit over the noise.

    Returns
    -------
    tuple of Row
        tau (s), apex frequency (Hz), capacitances (F), and whether the resistance may be quoted.

    Source: as this module.
    """
    relative = [100 * float(fitted.uncertainty.log_std[arc.resistance]) for arc in fitted.model.arcs]
    factor = widening(fitted, spectrum, lack)
    total = None if has_loop(fitted, spectrum) else sum_over_circuits(fitted, others, spectrum, lack)
    known = total is not None and factor * 100 * (total.std or 0.0) < limit * total.value
    rows = []
    for arc, good in zip(fitted.model.arcs, quotable(relative, limit), strict=True):
        why = refusal(arc, fitted, others, spectrum, (factor, limit)) if good else ""
        row = _row(fitted, arc, spectrum)
        quoted = bool(good and not why and row["inside_window"])
        instead = "" if quoted else "sum" if known and len(fitted.model.arcs) > 1 else "none"
        within = factor * 100 * float(fitted.uncertainty.log_std[arc.resistance]) if quoted and factor > 1 else None
        rows.append({**row, "quoted": quoted, "refused_because": why, "instead": instead, "within_percent": within})
    return tuple(rows)


def _row(fitted: Fitted, arc: Arc, spectrum: Spectrum) -> Row:
    """What is known of an arc; nothing is derived from a parameter that the data do not determine."""
    found, left = fitted.uncertainty, undetermined(fitted)
    log_tau = float(fitted.model.log_tau(arc, fitted.theta))
    f, tau = spectrum.frequency[spectrum.used], float(np.exp(log_tau))
    resistance = float(found.values[arc.resistance])
    sized, timed = arc.resistance not in left, arc.resistance not in left and arc.q not in left
    brug = _brug(fitted, arc, fitted.theta) if timed else None
    return {
        "arc": arc.name,
        "resistance_ohm": resistance if sized else None,
        "low_ohm": float(found.low[arc.resistance]) if sized else None,
        "high_ohm": float(found.high[arc.resistance]) if sized else None,
        "relative_std_percent": 100 * float(found.log_std[arc.resistance]),
        "time_constant_s": tau if timed else None,
        "apex_frequency_hz": 1 / (2 * np.pi * tau) if timed else None,
        "exponent": float(found.values[arc.n]) if arc.n is not None else 1.0,
        "capacitance_hsu_mansfeld_f": tau / resistance if timed else None,
        "capacitance_brug_f": brug,
        "inside_window": bool(f.min() <= 1 / (2 * np.pi * tau) <= f.max()),
    }


def _brug(fitted: Fitted, arc: Arc, theta: Reals) -> float | None:
    """Brug's capacitance with the series resistor of the circuit; None where it has none or the data do not know it."""
    plan = layout(fitted.model)
    if plan is None or plan.resistor is None or plan.resistor in undetermined(fitted):
        return None
    n = float(theta[arc.n]) if arc.n is not None else 1.0
    log_q = n * float(fitted.model.log_tau(arc, theta)) - float(theta[arc.resistance])
    conductance = np.exp(-theta[plan.resistor]) + np.exp(-theta[arc.resistance])
    return float(np.exp(log_q / n) * conductance ** (1 - 1 / n))


def arc_quantities(fitted: Fitted, rows: Sequence[Row]) -> dict[str, Quantity]:
    """Time constant, apex frequency and effective capacitances of the arcs with the uncertainty of the fit.

    tau = (R Q)^(1/n), 1/(2 pi tau), tau/R, and Q^(1/n) (1/Rs + 1/R)^(1 - 1/n). Each is propagated with the whole
    covariance: R, tau and n of an arc are correlated, and so is the series resistor.

    Parameters
    ----------
    fitted, rows
        The chosen fit, and the rows of its arcs.

    Returns
    -------
    dict of Quantity
        s, Hz and F, by arc.

    Source: C. H. Hsu, F. Mansfeld, Corrosion 57 (2001) 747; G. J. Brug et al., J. Electroanal. Chem. 176 (1984) 275,
    eq. 21.
    """
    found: dict[str, Quantity] = {}
    for arc, row in zip(fitted.model.arcs, rows, strict=True):
        tau, size, brug = (_relative(fitted, arc, logarithm) for logarithm in (_log_tau, _log_size, _log_brug))
        for name, key, unit, relative in (
            ("time_constant", "time_constant_s", "s", tau),
            ("apex_frequency", "apex_frequency_hz", "Hz", tau),
            ("capacitance_hsu_mansfeld", "capacitance_hsu_mansfeld_f", "F", size),
            ("capacitance_brug", "capacitance_brug_f", "F", brug),
        ):
            value = row[key]
            if isinstance(value, float):
                std = None if relative is None else value * relative
                found[f"{row['arc']}.{name}"] = Quantity(value, unit, std, "fit covariance" if std else "")
    return found


def _log_tau(fitted: Fitted, arc: Arc, theta: Reals) -> float:
    return float(fitted.model.log_tau(arc, theta))


def _log_size(fitted: Fitted, arc: Arc, theta: Reals) -> float:
    return _log_tau(fitted, arc, theta) - float(theta[arc.resistance])


def _log_brug(fitted: Fitted, arc: Arc, theta: Reals) -> float:
    return float(np.log(_brug(fitted, arc, theta) or np.nan))


def _relative(fitted: Fitted, arc: Arc, logarithm: Callable[[Fitted, Arc, Reals], float]) -> float | None:
    """Relative standard uncertainty of what `logarithm` gives of an arc; None where it is not known."""
    steps, theta = 1e-5 * np.eye(len(fitted.theta)), fitted.theta
    ends = [(logarithm(fitted, arc, theta + s), logarithm(fitted, arc, theta - s)) for s in steps]
    gradient = np.array([(high - low) / 2e-5 for low, high in ends])
    variance = float(gradient @ fitted.uncertainty.covariance @ gradient)
    return float(np.sqrt(variance)) if np.isfinite(variance) and variance > 0 else None


def arc_notes(rows: tuple[Row, ...], limit: float) -> tuple[Note, ...]:
    """A doubt for each arc that should not be quoted, and what to quote instead: the sum where it is known better."""
    notes = []
    for row in rows:
        advice = ": quote arc_resistance_sum instead" if row["instead"] == "sum" else ""
        if row["within_percent"] is not None:
            text = (
                f"the residuals are systematic, so that arc {row['arc']} is quoted as right within "
                f"{row['within_percent']:.2g} %, not with the uncertainty of the fit"
            )
            notes.append(Note("doubt", "quoted_with_misfit", text))
        elif not row["inside_window"]:
            apex = f", at {row['apex_frequency_hz']:.3g} Hz," if row["apex_frequency_hz"] else ""
            text = f"the apex of arc {row['arc']}{apex} is outside the measured frequencies"
            notes.append(Note("doubt", "arc_outside_window", text))
        elif row["refused_because"]:
            text = f"the resistance of arc {row['arc']} should not be quoted: {row['refused_because']}{advice}"
            notes.append(Note("doubt", "arc_not_quoted", text))
        elif not row["quoted"]:
            what = (
                f"the relative uncertainty of the resistance of arc {row['arc']} is {row['relative_std_percent']:.2g} %"
            )
            rule = f"it may be quoted below {limit:g} % if no other arc is above {5 * limit:g} %"
            otherwise = "" if row["resistance_ohm"] is None else ": quote its interval instead"
            notes.append(Note("doubt", "arc_unresolved", f"{what} ({rule}){advice or otherwise}"))
    return tuple(notes)


def arc_sum(fitted: Fitted) -> Quantity | None:
    """The sum of the arc resistances with its own uncertainty: it is known even where its parts are not.

    An arc that is not known to within a factor of e must be anticorrelated with another one (below -0.9), and the sum
    must be known to 10 %. Otherwise, or if an arc is not seen at all, there is no sum. Nor is there one for a circuit
    with a resistor in parallel that belongs to no arc (a loop, an arc with a Warburg element inside).

    Parameters
    ----------
    fitted
        The fit.

    Returns
    -------
    Quantity or None
        Ohm.

    Source: JCGM 100:2008 (GUM), 5.2.2, for the propagation with correlations.
    """
    if _has_other_branch(fitted.model):
        return None
    places, found = [arc.resistance for arc in fitted.model.arcs], fitted.uncertainty
    gradient: Reals = np.zeros(len(fitted.theta))
    gradient[places] = found.values[places]  # dR/dln R = R
    total = float(gradient.sum())
    variance = float(gradient @ found.covariance @ gradient)
    std = float(np.sqrt(max(variance, 0.0)))
    vague = [place for place in places if not found.log_std[place] <= 1]
    traded = all(any(found.correlation[place, other] < -_TRADED for other in places) for place in vague)
    if not places or not np.isfinite(std) or (vague and not (traded and std < 0.1 * total)):
        return None
    return Quantity(total, "ohm", std, "fit covariance")


def sum_over_circuits(fitted: Fitted, others: Sequence[Fitted], spectrum: Spectrum, lack: float) -> Quantity | None:
    """The sum of the arcs, with the spread over the circuits that the data determine and that are as likely.

    Parameters
    ----------
    fitted, others
        The chosen fit, and those of other circuits.
    spectrum
        What was fitted.
    lack
        Residual of the circuit over the noise.

    Returns
    -------
    Quantity or None
        Ohm; None where there is no sum.

    Source: weights exp(-BIC/2): G. Schwarz, Ann. Stat. 6 (1978) 461.
    """
    own = arc_sum(fitted)
    if own is None:
        return None
    sums = [(other.bic, arc_sum(other)) for other in others if supported(other, spectrum)]
    found = [(bic, total.value) for bic, total in sums if total is not None]
    spread = spread_over_circuits((fitted.bic, own.value), found, lack)
    std = float(np.hypot(own.std or 0.0, spread))
    return Quantity(own.value, "ohm", std, "fit covariance" if spread <= (own.std or 0.0) else "spread over models")


def _has_other_branch(model: Model) -> bool:
    """Whether a parallel branch of the circuit holds a resistor that is no arc's."""
    parts = model.tree.parts if isinstance(model.tree, Series) else (model.tree,)
    inside = {leaf.name for part in parts if isinstance(part, Parallel) for leaf in leaves(part) if leaf.kind == "R"}
    return bool(inside - {model.names[arc.resistance] for arc in model.arcs})


def strongest_pair(model: Model, correlation: Reals) -> tuple[str, str, float]:
    """The two most strongly correlated arc resistances.

    Parameters
    ----------
    model
        The circuit.
    correlation
        Of its parameters, shape (parameters, parameters).

    Returns
    -------
    tuple
        Both names and their correlation; empty names if there is only one arc.

    Source: definition.
    """
    places = [arc.resistance for arc in model.arcs]
    pairs = [(i, j) for n, i in enumerate(places) for j in places[n + 1 :]]
    if not pairs:
        return "", "", 0.0
    i, j = max(pairs, key=lambda pair: abs(np.nan_to_num(correlation[pair])))
    return model.names[i], model.names[j], float(correlation[i, j])
