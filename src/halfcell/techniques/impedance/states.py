"""Spectra of one subject in several states: one circuit for all, its arcs followed from state to state.

Each spectrum is fitted alone, its arcs ordered by time constant. From each state to the next the arcs are paired so
that the sum of squared changes of ln tau and ln C (Hsu-Mansfeld) is least: an arc that overtakes another keeps its
name, and the crossing is said. A pairing other than the order of tau must be better by 1 in that sum, so that noise
does not rename arcs. A state whose data do not fix its arcs names none: the next is held against the last that does.
"""

from __future__ import annotations

from itertools import pairwise, permutations
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths.circuit.circuit_fit import RESOLUTION
from halfcell.techniques.impedance.analyse import Analysed, fitted_spectrum, is_auto, result_of
from halfcell.techniques.impedance.circuit_choice import WORSE, supported, undetermined
from halfcell.techniques.impedance.records import ImpedanceResult, Reals, Settings
from halfcell.techniques.impedance.state_order import state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement

_BETTER = 1.0
_FIXED = float(np.log(2.0))


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[ImpedanceResult, ...]:
    """Fit every spectrum with one circuit and track its arcs; results in the order given.

    The states are followed in the order of the number in the file's name (tag ``cycle`` or the first other that is a
    number), else as given. With ``circuit = "auto"`` the circuits chosen for single states are fitted to all, and
    the one of least BIC in sum is taken; a spectrum that it does not serve keeps its own, which is said.

    Raises
    ------
    InputError, Refused
        As `analyse`.
    """
    found = [fitted_spectrum(measurement, settings) for measurement in measurements]
    if is_auto(settings) and len(found) > 1:
        found = _with_common_circuit(found, settings.starts)
    order = sorted(
        range(len(found)), key=lambda i: (state(measurements[i].meta) is None, state(measurements[i].meta) or 0.0, i)
    )
    notes: dict[int, tuple[Note, ...]] = {}
    known = [i for i in order if _places_known(found[i])]
    for before, after in pairwise(known):
        found[after], notes[after] = _followed(found[before], found[after])
    return tuple(
        result_of(measurement, settings, one, notes.get(i, ()))
        for i, (measurement, one) in enumerate(zip(measurements, found, strict=True))
    )


def _with_common_circuit(found: Sequence[Analysed], starts: int) -> list[Analysed]:
    """All with one circuit: of those chosen for single spectra that of least BIC in sum over all.

    Unlike spectra share no circuit: one that the common circuit does not serve keeps the one it supports alone. Where
    fewer than half determine all of the common circuit, so does every one that does not.
    """
    texts = sorted({one.main.model.text for one in found})
    tried = [[one.with_circuit(text, starts) for one in found] for text in texts]
    shared = min(tried, key=lambda row: sum(one.main.bic for one in row))
    known = [supported(one.main, one.spectrum) for one in shared]
    common = 2 * sum(known) >= len(known)
    rows = zip(shared, found, known, strict=True)
    return [one if serves(one, alone, whole=common or whole) else alone.kept() for one, alone, whole in rows]


def serves(shared: Analysed, alone: Analysed, *, whole: bool = True) -> bool:
    """Whether a common circuit says of a spectrum what its own circuit says.

    Not where too few determine it for a circuit of the series (`whole` false), where it leaves more than four times the
    residual, where the series resistance is lost, or where no arc is determined of those that are with its own.
    """
    if shared.main.model.text == alone.main.model.text:
        return True
    if not whole or shared.main.uncertainty.rms > WORSE * max(alone.main.uncertainty.rms, RESOLUTION):
        return False
    lost = _determined(alone) - _determined(shared)
    no_arc = not _determined(shared) - {"Rs"} and bool(_determined(alone) - {"Rs"})
    return "Rs" not in lost and not no_arc


def _determined(one: Analysed) -> set[str]:
    """Names of the series resistance and of the arcs' resistances that the data determine."""
    model, left = one.main.model, undetermined(one.main)
    arcs = {arc.resistance for arc in model.arcs}
    return {name for i, name in enumerate(model.names) if i not in left and (i in arcs or name == "Rs")}


def _places_known(one: Analysed) -> bool:
    """Whether the data of a state fix all its arcs (R and Q to a factor of two, 95 %): places to follow from and to."""
    doubt, arcs = one.main.uncertainty, one.main.model.arcs
    wide = [float(doubt.log_std[place]) * doubt.t for arc in arcs for place in (arc.resistance, arc.q)]
    return all(value < _FIXED for value in wide)


def _followed(before: Analysed, after: Analysed) -> tuple[Analysed, tuple[Note, ...]]:
    """Name the arcs of a state after those of the state before."""
    model = after.main.model
    movable = [i for i, arc in enumerate(model.arcs) if arc.top and arc.n is not None]
    if len(movable) < 2 or len(movable) > 6 or before.main.model.text != model.text:
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
    text = "arcs crossed: named after those of the state before, not by their time constants"
    return after.rearranged(tuple(order)), (Note("doubt", "arcs_crossed", text),)


def _places(one: Analysed) -> Reals:
    """ln tau and ln C = ln tau - ln R of each arc."""
    theta, model = one.main.theta, one.main.model
    log_tau = np.array([float(model.log_tau(arc, theta)) for arc in model.arcs])
    log_r = np.array([theta[arc.resistance] for arc in model.arcs])
    return np.stack([log_tau, log_tau - log_r], axis=1)
