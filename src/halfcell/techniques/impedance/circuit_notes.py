"""Notes on the choice of a circuit: how it was chosen, and which other circuits are better or as good."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from halfcell.core.result import Note, Row
from halfcell.techniques.impedance.arcs import arc_sum
from halfcell.techniques.impedance.circuit_choice import DECISIVE, TIE, supported

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.maths.circuit.circuit_fit import Fitted
    from halfcell.techniques.impedance.spectrum import Spectrum


Chooser = Literal["user", "spectrum", "series", "own"]


def circuit_rows(main: Fitted, others: Sequence[Fitted]) -> tuple[Row, ...]:
    """Rows of all circuits that were fitted, in order of BIC; none if there is only one."""
    return tuple(_row(fitted, main) for fitted in sorted((main, *others), key=lambda f: f.bic)) if others else ()


def choice_notes(main: Fitted, others: Sequence[Fitted], spectrum: Spectrum, chooser: Chooser) -> tuple[Note, ...]:
    """Notes on the circuit: how it was chosen if none was set, one that is better, those that fit equally well."""
    found = [] if chooser == "user" else [_chosen(main, len(others) + 1, spectrum, chooser)]
    best = min((main, *others), key=lambda fitted: fitted.bic)
    if best.bic < main.bic - DECISIVE:
        return (*found, _better(main, best, supported(best, spectrum)))
    ties = [f for f in others if abs(f.bic - main.bic) < TIE and _differ(main, f) and supported(f, spectrum)]
    if ties:
        text = "; ".join(f"{f.model.text} fits equally well ({_arcs(f)})" for f in ties[:2])
        found.append(Note("doubt", "circuits_tie", text))
    return tuple(found)


def _chosen(main: Fitted, count: int, spectrum: Spectrum, chooser: Chooser) -> Note:
    determined = supported(main, spectrum)
    if chooser == "own":
        text = f"the circuit of the series does not describe this spectrum, which keeps its own, {main.model.text}"
        return Note("doubt", "own_circuit", f"{text}: its arcs cannot be compared with those of the other states")
    if chooser == "series":
        text = f"no circuit was set: {main.model.text} has the lowest total BIC over the series"
        alone = "" if determined else "; this spectrum alone does not determine it"
        return Note("info" if determined else "doubt", "circuit_chosen", text + alone)
    if determined:
        text = f"no circuit was set: of {count} tried, {main.model.text} is the simplest that the data determine"
        return Note("info", "circuit_chosen", text)
    text = f"no circuit was set, and the data determine none of the {count} tried; {main.model.text} has the lowest BIC"
    return Note("doubt", "circuit_chosen", text)


def _better(main: Fitted, best: Fitted, determined: bool) -> Note:
    """A circuit with a much lower BIC, which is no better answer if the data do not determine it."""
    if not determined:
        less = f"{100 * best.uncertainty.rms:.2g} % of |Z| instead of {100 * main.uncertainty.rms:.2g} %"
        text = f"the residual of {best.model.text} is {less}, but the data do not determine all of its parameters"
        return Note("info", "richer_circuit", text)
    text = f"{best.model.text} describes the spectrum better (BIC lower by {main.bic - best.bic:.0f}; {_arcs(best)})"
    return Note("doubt", "better_circuit", text)


def _differ(main: Fitted, other: Fitted) -> bool:
    """Whether another circuit has other arcs: another number, or a resistance that differs by two uncertainties."""
    ours, theirs = _resistances(main), _resistances(other)
    if ours.keys() != theirs.keys():
        return True
    spread = dict(zip(main.model.names, main.uncertainty.log_std.tolist(), strict=True))
    return any(abs(math.log(theirs[n] / ours[n])) > max(2 * spread[n], 0.01) for n in ours)


def _resistances(fitted: Fitted) -> dict[str, float]:
    names = [fitted.model.names[arc.resistance] for arc in fitted.model.arcs]
    return {name: fitted.values[name] for name in names}


def _arcs(fitted: Fitted) -> str:
    return ", ".join(f"{name} {value:.4g} ohm" for name, value in _resistances(fitted).items())


def _row(fitted: Fitted, main: Fitted) -> Row:
    total = arc_sum(fitted)
    return {
        "circuit": fitted.model.text,
        "bic_difference": fitted.bic - main.bic,
        "rms_percent": 100 * fitted.uncertainty.rms,
        "arc_resistance_sum_ohm": None if total is None else total.value,
        "chosen": fitted is main,
    }
