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
from halfcell.maths.circuit.model import Arc, Model
from halfcell.maths.circuit.series_layout import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.maths.circuit.circuit_fit import Fitted
    from halfcell.maths.circuit.elements import Reals
    from halfcell.techniques.impedance.spectrum import Spectrum


def arc_rows(fitted: Fitted, spectrum: Spectrum, limit: float) -> tuple[Row, ...]:
    """One row per arc, in the order of the circuit string; `limit` in percent."""
    relative = [100 * float(fitted.uncertainty.log_std[arc.resistance]) for arc in fitted.model.arcs]
    good = quotable(relative, limit)
    return tuple(_row(fitted, arc, spectrum, q) for arc, q in zip(fitted.model.arcs, good, strict=True))


def quotable(relative: Sequence[float], limit: float) -> tuple[bool, ...]:
    """Which arcs may be quoted, from the relative standard uncertainties (%) of all arcs of a circuit.

    That of the arc itself must be below `limit`, and that of no other arc above 5 x `limit`: where one arc is hardly
    visible, the linear error model fails for the others as well. In simulated pairs of arcs 99 % of those quoted at 2 %
    are within 5 % of the truth.
    """
    hidden = any(not value <= 5 * limit for value in relative)
    return tuple(value < limit and not hidden for value in relative)


def _row(fitted: Fitted, arc: Arc, spectrum: Spectrum, quoted: bool) -> Row:
    found, model = fitted.uncertainty, fitted.model
    log_tau = float(model.log_tau(arc, fitted.theta))
    tau = float(np.exp(log_tau))
    relative = float(found.log_std[arc.resistance])
    f = spectrum.frequency[spectrum.used]
    inside = bool(f.min() <= 1 / (2 * np.pi * tau) <= f.max())
    resistance = float(found.values[arc.resistance])
    return {
        "arc": arc.name,
        "resistance_ohm": resistance,
        "low_ohm": float(found.low[arc.resistance]),
        "high_ohm": float(found.high[arc.resistance]),
        "relative_std_percent": 100 * relative,
        "time_constant_s": tau,
        "apex_frequency_hz": 1 / (2 * np.pi * tau),
        "exponent": float(found.values[arc.n]) if arc.n is not None else 1.0,
        "capacitance_hsu_mansfeld_f": tau / resistance,
        "capacitance_brug_f": _brug(fitted, arc, resistance, log_tau),
        "inside_window": inside,
        "quoted": bool(quoted and inside),
    }


def _brug(fitted: Fitted, arc: Arc, resistance: float, log_tau: float) -> float | None:
    """Brug's capacitance with the series resistor of the circuit; None where the circuit has none."""
    plan = layout(fitted.model)
    if plan is None or plan.resistor is None:
        return None
    n = float(fitted.uncertainty.values[arc.n]) if arc.n is not None else 1.0
    log_q = n * log_tau - np.log(resistance)
    series = float(fitted.uncertainty.values[plan.resistor])
    return float(np.exp(log_q / n) * (1 / series + 1 / resistance) ** (1 - 1 / n))


def arc_notes(rows: tuple[Row, ...], limit: float, *, summed: bool) -> tuple[Note, ...]:
    """A doubt for each arc that should not be quoted, and what to quote instead: the sum of the arcs if it is given."""
    advice = "quote arc_resistance_sum instead" if summed and len(rows) > 1 else "quote its interval instead"
    notes = []
    for row in rows:
        if not row["inside_window"]:
            apex = f"{row['apex_frequency_hz']:.3g} Hz"
            text = f"the apex of arc {row['arc']}, at {apex}, is outside the measured frequencies"
            notes.append(Note("doubt", "arc_outside_window", text))
        elif not row["quoted"]:
            what = (
                f"the relative uncertainty of the resistance of arc {row['arc']} is {row['relative_std_percent']:.2g} %"
            )
            rule = f"it may be quoted below {limit:g} % if no other arc is above {5 * limit:g} %"
            text = f"{what} ({rule}): {advice}"
            notes.append(Note("doubt", "arc_unresolved", text))
    return tuple(notes)


def arc_sum(fitted: Fitted) -> Quantity | None:
    """The sum of the arc resistances with its own uncertainty: it is known even where its parts are not.

    An arc that is not known to within a factor of e must be anticorrelated with another one (below -0.9), and the sum
    must be known to 10 %. Otherwise, or if an arc is not seen at all, there is no sum: None.
    """
    places, found = [arc.resistance for arc in fitted.model.arcs], fitted.uncertainty
    gradient: Reals = np.zeros(len(fitted.theta))
    gradient[places] = found.values[places]  # dR/dln R = R
    total = float(gradient.sum())
    variance = float(gradient @ found.covariance @ gradient)
    std = float(np.sqrt(max(variance, 0.0)))
    vague = [place for place in places if not found.log_std[place] <= 1]
    traded = all(any(found.correlation[place, other] < -0.9 for other in places) for place in vague)
    if not places or not np.isfinite(std) or (vague and not (traded and std < 0.1 * total)):
        return None
    return Quantity(total, "ohm", std, "fit covariance")


def strongest_pair(model: Model, correlation: Reals) -> tuple[str, str, float]:
    """The two most strongly correlated arc resistances and their correlation; empty names if there is only one arc."""
    places = [arc.resistance for arc in model.arcs]
    pairs = [(i, j) for n, i in enumerate(places) for j in places[n + 1 :]]
    if not pairs:
        return "", "", 0.0
    i, j = max(pairs, key=lambda pair: abs(np.nan_to_num(correlation[pair])))
    return model.names[i], model.names[j], float(correlation[i, j])
