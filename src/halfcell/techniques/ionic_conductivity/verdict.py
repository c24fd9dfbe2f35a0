"""Whether a spectrum determines the pellet's resistance: the blocking tail must be there, and the sum be known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.circuit.series_layout import layout
from halfcell.techniques.impedance.circuit_choice import undetermined
from halfcell.techniques.impedance.quoting import MISFIT
from halfcell.techniques.ionic_conductivity.processes import may_be_surface_layer

if TYPE_CHECKING:
    from halfcell.techniques.impedance.spectrum import Spectrum
    from halfcell.techniques.ionic_conductivity.blocking_circuits import BlockingFit

_LEAST_EXPONENT = 0.6  # of a blocking tail; diffusion has 0.5
_EXPONENT_STD = 0.05  # a tail whose exponent is known less well is not seen
_TAIL_SEEN = 0.1  # of the pellet's resistance: least modulus of the tail at the lowest frequency
_LEAST_LEAK = 10.0  # times the pellet's resistance: a smaller leak is conduction through the electrodes
LEAST_ELECTRODE = 1e-8  # F/cm: grain boundaries have less
_KNOWN = 0.1  # relative standard uncertainty of the sum
_LONGER = "measure to lower frequencies, or at a higher temperature"


def refusal(main: BlockingFit, spectrum: Spectrum) -> Note | None:
    """Why the spectrum gives no resistance of the pellet; None if it does."""
    names = main.fitted.model.names
    if not main.is_determined:
        left = ", ".join(names[place] for place in undetermined(main.fitted))
        which = f"the best, {main.fitted.model.text}, leaves {left} open" if left else "none sees all its arcs"
        text = f"no circuit with a blocking tail is determined by the data ({which}): {_LONGER}"
        return Note("refused", "pellet_resistance_not_determined", text)
    if main.std > _KNOWN * main.total:
        text = f"the resistance before the tail is known to {100 * main.std / main.total:.0f} % only: {_LONGER}"
        return Note("refused", "pellet_resistance_not_determined", text)
    exponent = main.exponent
    vague = exponent is not None and not main.fitted.uncertainty.std[exponent] < _EXPONENT_STD
    if (vague and exponent not in main.fitted.uncertainty.held) or _tail_end(main, spectrum) < _TAIL_SEEN * main.total:
        return Note("refused", "no_blocking_tail", f"the blocking tail is not reached: {_LONGER}")
    size = _tail_capacitance(main, spectrum)
    if size < LEAST_ELECTRODE:
        what = f"the last part of the spectrum has a capacitance of {size:.1g} F/cm, less than an electrode"
        text = f"{what}: it is an arc of the pellet that is not closed; {_LONGER}"
        return Note("refused", "no_blocking_tail", text)
    return _not_blocking(main, exponent)


def _not_blocking(main: BlockingFit, exponent: int | None) -> Note | None:
    """A tail that is diffusion, or that closes: the electrodes let something pass."""
    values = main.fitted.uncertainty.values
    if exponent is not None and values[exponent] < _LEAST_EXPONENT:
        what = f"the tail has an exponent of {values[exponent]:.2f}, not that of a blocking electrode (0.6 to 1)"
        text = f"{what}: diffusion, electrodes that react, or a rough contact; use ion-blocking electrodes"
        return Note("refused", "no_blocking_tail", text)
    if main.leak is not None and values[main.leak] < _LEAST_LEAK * main.total:
        what = f"the spectrum closes at low frequency ({values[main.leak]:.3g} ohm beside the tail)"
        cause = "the electrodes are not blocking, or electrons conduct as well"
        text = f"{what}: {cause}; the resistance before it is not that of ions alone"
        return Note("refused", "not_blocking", text)
    return None


def _tail_end(main: BlockingFit, spectrum: Spectrum) -> float:
    """|Z| (ohm) at the lowest frequency of what is not the pellet's: the tail, with a leak beside it."""
    lowest = float(spectrum.frequency[spectrum.used].min())
    whole = main.fitted.impedance(np.array([lowest]))[0]
    return float(np.hypot(whole.real - main.total, whole.imag))


def _tail_capacitance(main: BlockingFit, spectrum: Spectrum) -> float:
    """Capacitance of the tail at the lowest frequency times thickness over area (F/cm)."""
    model, values = main.fitted.model, main.fitted.uncertainty.values
    omega = 2 * np.pi * float(spectrum.frequency[spectrum.used].min())
    if main.exponent is None:
        plan = layout(model)
        return float(values[plan.tail_places[0]]) * main.per_cm if plan is not None else 0.0
    n = float(values[main.exponent])
    return float(values[main.exponent - 1]) * float(omega ** (n - 1) * np.sin(n * np.pi / 2)) * main.per_cm


def fit_notes(main: BlockingFit, lack: float, *, rounding: bool) -> tuple[Note, ...]:
    """Which circuit was taken, and doubts about it."""
    notes = [Note("info", "circuit_chosen", f"circuit: {main.fitted.model.text}")]
    if lack > MISFIT and not rounding:
        text = f"the residual of the circuit is {lack:.1f} times the noise: its resistances are less sure than printed"
        notes.append(Note("doubt", "lack_of_fit", text))
    names = main.fitted.model.names
    for arc in main.interfaces:
        value = float(main.fitted.uncertainty.values[arc.resistance])
        what = f"{names[arc.resistance]}, {value:.3g} ohm with {main.capacitance(arc):.1g} F/cm, is not counted"
        text = f"{what}: by its capacitance it is that of an electrode interface; look at the contact of the electrodes"
        notes.append(Note("doubt", "electrode_interface", text))
    if may_be_surface_layer(main):
        text = "an arc with 1e-8 to 1e-7 F/cm is counted, which may be a surface layer: polish the faces"
        notes.append(Note("doubt", "surface_layer", text))
    if main.leak is not None:
        value = float(main.fitted.uncertainty.values[main.leak])
        text = f"the tail bends as by {value:.3g} ohm beside it: electronic conduction, or a slow reaction"
        notes.append(Note("info", "leak", text))
    return tuple(notes)
