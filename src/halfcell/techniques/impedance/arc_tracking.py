"""Spectra of one subject in several states: one circuit for all, its arcs tracked from state to state.

Each spectrum is fitted by itself, with its arcs in order of time constant. From each state to the next the arcs are
paired so that the sum of squared changes of ln tau and ln C (Hsu-Mansfeld) is smallest: an arc that overtakes another
keeps its name, and a note reports the crossing. A pairing other than the order of tau must lower the sum by at least 1,
so that noise does not rename arcs. A state whose data do not determine its arcs is skipped: the next one is compared
with the last state that does.
"""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.circuit.elements import Reals
from halfcell.techniques.impedance.analyse import result_of
from halfcell.techniques.impedance.common_circuit import with_common_circuit
from halfcell.techniques.impedance.result import ImpedanceResult
from halfcell.techniques.impedance.settings import Settings
from halfcell.techniques.impedance.spectrum_fit import FittedSpectrum, fit_spectrum
from halfcell.techniques.impedance.state_order import state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement

_BETTER = 1.0  # by which a pairing of arcs must be better than that by time constants
_DETERMINED = float(np.log(2.0))
_FEWEST = 2  # arcs: one cannot cross
_MOST = 6  # arcs: of more there are too many orders, and no spectrum shows them


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[ImpedanceResult, ...]:
    """Fit every spectrum with one circuit and track its arcs; results are in the order given.

    The states are tracked in the order of the number in the file's name (tag ``cycle`` or the first other tag that is a
    number), else as given. With ``circuit = "auto"`` the circuits chosen for single states are fitted to all spectra,
    and the one with the lowest total BIC is taken; a spectrum that it does not describe keeps its own, with a note.

    Raises
    ------
    InputError, Refused
        As `analyse`.
    """
    found = [fit_spectrum(measurement, settings) for measurement in measurements]
    if settings.is_auto and len(found) > 1:
        found = with_common_circuit(found, settings.starts)
    order = sorted(
        range(len(found)), key=lambda i: (state(measurements[i].meta) is None, state(measurements[i].meta) or 0.0, i)
    )
    notes: dict[int, tuple[Note, ...]] = {}
    known = [i for i in order if _is_determined(found[i])]
    for before, after in pairwise(known):
        found[after], notes[after] = _named_after(found[before], found[after])
    return tuple(
        result_of(measurement, settings, one, notes.get(i, ()))
        for i, (measurement, one) in enumerate(zip(measurements, found, strict=True))
    )


def _is_determined(one: FittedSpectrum) -> bool:
    """Whether the data of a state determine all its arcs (R and Q to a factor of two, 95 %)."""
    doubt, arcs = one.main.uncertainty, one.main.model.arcs
    wide = [float(doubt.log_std[place]) * doubt.t for arc in arcs for place in (arc.resistance, arc.q)]
    return all(value < _DETERMINED for value in wide)


def _named_after(before: FittedSpectrum, after: FittedSpectrum) -> tuple[FittedSpectrum, tuple[Note, ...]]:
    """The arcs of a state named after those of the state before, and a note where they crossed."""
    model = after.main.model
    movable = [i for i, arc in enumerate(model.arcs) if arc.top and arc.n is not None]
    if len(movable) < _FEWEST or len(movable) > _MOST or before.main.model.text != model.text:
        return after, ()
    old, new = _places(before)[movable], _places(after)[movable]
    orders = list(permutations(range(len(movable))))
    costs = [float(np.sum((new[list(order)] - old) ** 2)) for order in orders]
    best = int(np.argmin(costs))
    if best == 0 or costs[0] - costs[best] < _BETTER:
        return after, ()
    order = list(range(len(model.arcs)))
    for place, source in zip(movable, orders[best], strict=True):
        order[place] = movable[source]
    text = "arcs crossed: they are named as in the state before, not in the order of their time constants"
    return after.rearranged(tuple(order)), (Note("doubt", "arcs_crossed", text),)


def _places(one: FittedSpectrum) -> Reals:
    """ln tau and ln C = ln tau - ln R of each arc."""
    theta, model = one.main.theta, one.main.model
    log_tau = np.array([float(model.log_tau(arc, theta)) for arc in model.arcs])
    log_r = np.array([theta[arc.resistance] for arc in model.arcs])
    return np.stack([log_tau, log_tau - log_r], axis=1)
