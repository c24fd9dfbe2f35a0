"""Which circuit: neighbours of a circuit (other tail, an arc more or less, a lead inductance) ranked by BIC.

BIC = n ln(S/n) + p ln n over n = 2 N weighted residuals. A difference below 6 is a tie, above 10 decisive (R. E. Kass,
A. E. Raftery, J. Am. Stat. Assoc. 90 (1995) 773). Circuits of one impedance (R-(R||C) and its nested forms) cannot be
told apart by any fit and are not offered.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from halfcell.core.result import Note, Row
from halfcell.maths.circuit.fitting import Fitted, fit_spectra
from halfcell.maths.circuit.grammar import Element, Node, Series
from halfcell.maths.circuit.layout import TAILS, layout
from halfcell.maths.circuit.model import build

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.impedance.spectrum import Spectrum

TIE, DECISIVE = 6.0, 10.0
_ARC_NAMES = (("ct",), ("int", "ct"), ("int", "ct", "3"), ("int", "ct", "3", "4"))


def fit_one(circuit: str, spectrum: Spectrum, starts: int) -> Fitted:
    """Fit one circuit to a spectrum."""
    return fit_spectra(circuit, spectrum.frequency, spectrum.impedance[None], spectrum.weights[None], starts)[0]


def chosen(spectrum: Spectrum, starts: int) -> tuple[str, tuple[Fitted, ...]]:
    """The circuit of lowest BIC among one to three arcs and every tail, with and without inductance, and all fits."""
    fits: list[Fitted] = []
    for arcs in _ARC_NAMES[:3]:
        body = "Rs-" + "-".join(f"p(R{n},CPE{n})" for n in arcs)
        own = [fit_one(body + tail, spectrum, starts) for tail in ("", *(f"-{t}" for t in _tails()))]
        best = min(own, key=lambda fitted: fitted.bic)
        fits += [*own, fit_one("L-" + best.model.text, spectrum, starts)]
    return min(fits, key=lambda fitted: fitted.bic).model.text, tuple(fits)


def neighbours(circuit: str) -> tuple[str, ...]:
    """Circuits that differ by the tail, by one arc or by a lead inductance; none where it is not a plain series."""
    model = build(circuit)
    plan = layout(model)
    if plan is None or not plan.arcs:
        return ()
    parts = list(model.tree.parts) if isinstance(model.tree, Series) else [model.tree]
    body = [p for p in parts if not (isinstance(p, Element) and p.kind in TAILS)]
    tail = [p for p in parts if isinstance(p, Element) and p.kind in TAILS]
    found = [[*body, *other] for other in _other_tails(tail)]
    found.append([*body, "p(Rx,CPEx)", *tail] if len(plan.arcs) < 4 else [])
    if len(plan.arcs) > 1:
        last = max(i for i, part in enumerate(body) if not _single(part))
        found.append([*body[:last], *body[last + 1 :], *tail])
    coils = [p for p in parts if isinstance(p, Element) and p.kind == "L"]
    found.append([p for p in parts if p not in coils] if coils else ["Lx", *parts])
    return tuple("-".join(map(str, one)) for one in found if one)


def _single(part: Node) -> bool:
    return isinstance(part, Element) and part.kind not in {"Zarc", "K"}


def _tails() -> tuple[str, ...]:
    return tuple(f"{t}d" if t in {"CPE", "C"} else t for t in TAILS)


def _other_tails(tail: Sequence[Node]) -> list[list[str]]:
    kind = tail[0].kind if tail and isinstance(tail[0], Element) else ""
    offered = [[], *([t] for t in _tails())]
    return [o for o in offered if (o[0] if o else "").removesuffix("d") != kind]


def compared(main: Fitted, others: tuple[Fitted, ...]) -> tuple[tuple[Row, ...], tuple[Note, ...]]:
    """Rows of all circuits by BIC, and a word where one is better, or as good with other arcs."""
    ranked = sorted((main, *others), key=lambda fitted: fitted.bic)
    rows = tuple(_row(fitted, main) for fitted in ranked)
    better = [f for f in others if f.bic < main.bic - DECISIVE]
    ties = [f for f in others if abs(f.bic - main.bic) < TIE and _differ(main, f)]
    notes = []
    if better:
        best = min(better, key=lambda fitted: fitted.bic)
        text = (
            f"{best.model.text} describes the spectrum better (BIC lower by {main.bic - best.bic:.0f}; {_arcs(best)})"
        )
        notes.append(Note("doubt", "better_circuit", text))
    elif ties:
        text = "; ".join(f"{f.model.text} fits as well ({_arcs(f)})" for f in ties[:2])
        notes.append(Note("doubt", "circuits_tie", text))
    return rows, tuple(notes)


def _differ(main: Fitted, other: Fitted) -> bool:
    """Whether another circuit has other arcs: another number, or a resistance beyond two of its uncertainties."""
    ours, theirs = _resistances(main), _resistances(other)
    if ours.keys() != theirs.keys():
        return True
    spread = dict(zip(main.model.names, main.doubt.log_std.tolist(), strict=True))
    return any(abs(math.log(theirs[n] / ours[n])) > max(2 * spread[n], 0.01) for n in ours)


def _resistances(fitted: Fitted) -> dict[str, float]:
    names = [fitted.model.names[arc.resistance] for arc in fitted.model.arcs]
    return {name: fitted.values[name] for name in names}


def _arcs(fitted: Fitted) -> str:
    return ", ".join(f"{name} {value:.4g} ohm" for name, value in _resistances(fitted).items())


def _row(fitted: Fitted, main: Fitted) -> Row:
    total = sum(fitted.values[fitted.model.names[arc.resistance]] for arc in fitted.model.arcs)
    return {
        "circuit": fitted.model.text,
        "bic_difference": fitted.bic - main.bic,
        "rms_percent": 100 * fitted.doubt.rms,
        "arc_resistance_sum_ohm": total,
        "chosen": fitted is main,
    }
