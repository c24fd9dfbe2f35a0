"""Notes on the fit of one circuit to one spectrum: lack of fit, undetermined parameters, correlated arcs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.result import Level, Note
from halfcell.core.sample import CellKind
from halfcell.maths.circuit.grammar import leaves
from halfcell.maths.circuit.porous import has_line
from halfcell.techniques.impedance.arcs import strongest_pair
from halfcell.techniques.impedance.circuit_choice import inductive, loop_points, undetermined
from halfcell.techniques.impedance.quoting import MISFIT, ROUNDING, has_loop

if TYPE_CHECKING:
    from halfcell.core.quantity import Quantity
    from halfcell.maths.circuit.circuit_fit import Fitted
    from halfcell.techniques.impedance.settings import Settings
    from halfcell.techniques.impedance.spectrum import Spectrum
    from halfcell.techniques.impedance.spectrum_fit import FittedSpectrum

_CORRELATED = 0.95  # from here on one of two parameters is known three times better, if the other is given
_MANY_STARTS = 8  # of which a good optimum is reached more than once


def fit_notes(found: FittedSpectrum, quantities: dict[str, Quantity], settings: Settings) -> list[Note]:
    """Doubts about a fit: its residual, its bounds, parameters that are undetermined, correlated or not reproduced."""
    main, notes = found.main, []
    lack = quantities["lack_of_fit"].value
    if lack > MISFIT and main.uncertainty.rms > ROUNDING:
        what = f"the residual of the circuit is {lack:.1f} times the noise"
        why = (
            "no circuit describes a spectrum that violates the Kramers-Kronig relations"
            if found.spectrum.violated
            else "the circuit does not describe the spectrum"
        )
        text = f"{what}: {why}, and its intervals are misleading"
        notes.append(Note("doubt", "lack_of_fit", text))
    notes += [*_inductive(main, found.spectrum), *_loop(main, found.spectrum)]
    notes += [_at_bound(main, place) for place in main.uncertainty.held]
    left = undetermined(main)
    if left:
        names = ", ".join(main.model.names[place] for place in left)
        interval = "95 % interval wider than a factor of ten in either direction"
        text = f"not given, because the data do not determine it ({interval}): {names}"
        hint = '; circuit = "auto" chooses the simplest circuit that they determine' if found.chooser == "user" else ""
        notes.append(Note("refused" if found.chooser == "user" else "doubt", "undetermined", text + hint))
    first, second, correlation = strongest_pair(main.model, main.uncertainty.correlation)
    if abs(correlation) > _CORRELATED:
        known = "sum" if correlation < 0 else "ratio"
        text = f"{first} and {second} are correlated ({correlation:+.3f}): only their {known} is well known"
        notes.append(Note("doubt", "correlated_arcs", text))
    if main.reached == 1 and main.starts > _MANY_STARTS:
        text = f"only one of {main.starts} starts reached the optimum: there may be a better one"
        notes.append(Note("doubt", "lone_optimum", text))
    return [*notes, *_kind_notes(main, settings)]


def _kind_notes(main: Fitted, settings: Settings) -> list[Note]:
    """What the kind of the cell says of its resistances."""
    notes = []
    if settings.kind is CellKind.SYMMETRIC and settings.area_cm2 and (main.model.arcs or has_line(main.model)):
        what = "area-specific resistances of arcs and lines are per interface, R A/2"
        text = f"symmetric cell: {what}; that of a resistor is R A"
        notes.append(Note("info", "per_interface", text))
    if settings.kind is not None and settings.kind.is_anode_half:
        text = "two-electrode cell against lithium: the arcs include the contribution of the counter electrode"
        notes.append(Note("info", "counter_electrode", text))
    return notes


def _at_bound(main: Fitted, place: int) -> Note:
    """An exponent at its bound; 1 is a plain capacitor."""
    name, value = main.model.names[place], main.uncertainty.values[place]
    level: Level = "info" if value == 1.0 else "doubt"
    return Note(level, "exponent_at_bound", f"{name} is at its bound {value:g}: its uncertainty is unknown")


def _inductive(main: Fitted, spectrum: Spectrum) -> list[Note]:
    """Inductive points at the high-frequency end that a circuit without an inductor cannot follow."""
    marks = inductive(spectrum)
    if not marks.any() or any(leaf.kind in {"L", "La"} for leaf in leaves(main.model.tree)):
        return []
    lowest = spectrum.frequency[marks].min()
    text = f"{int(marks.sum())} points at high frequency are inductive (from {lowest:.3g} Hz upwards)"
    return [Note("doubt", "inductive_points", f"{text}: add L to the circuit or set highest_frequency_hertz")]


def _loop(main: Fitted, spectrum: Spectrum) -> list[Note]:
    """An inductive loop at the low-frequency end that the circuit does not have."""
    if not has_loop(main, spectrum):
        return []
    marks = loop_points(spectrum)
    highest = float(spectrum.frequency[marks].max())
    what = f"{int(marks.sum())} points at low frequency are inductive (from {highest:.3g} Hz downwards)"
    cause = "a loop (a slow side reaction, relaxing layers) or a cell that drifted"
    cut = "" if (marks & spectrum.used).any() else ", cut off, which does not take it out of the arc before it"
    text = f"{what}: {cause}{cut}; neither arcs nor their sum are quoted"
    remedy = "set a circuit with a loop beside an arc, as in Rs-p(R1,CPE1)-p(R2,CPE2,Rloop-Lloop)"
    remedy += " and fit the whole range" if cut else ""
    return [Note("doubt", "low_frequency_loop", f"{text}; {remedy}")]
