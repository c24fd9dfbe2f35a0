"""States of one electrode: one list of phases, one displacement and background, each phase's amount over the states."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.maths.state_series import changes, common_value, difference
from halfcell.techniques.common.state_differences import change_notes, change_rows, state_name
from halfcell.techniques.diffraction.absence import hidden_amplitude
from halfcell.techniques.diffraction.analyse import analyse, assembled, ticks
from halfcell.techniques.diffraction.phase_identification import identify_beyond
from halfcell.techniques.diffraction.possible_elements import with_elements
from halfcell.techniques.diffraction.result import DiffractionResult
from halfcell.techniques.diffraction.scan import Scan, scan
from halfcell.techniques.diffraction.single_lines import single_lines
from halfcell.techniques.diffraction.whole_pattern_fit import Whole, first_model, other_sizes, with_halos

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.diffraction.settings import Settings

_THERE = 3.0  # sigma
_CHEBYSHEV = 3  # degree of each state's own background beside the common one


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class _State:
    """One state: its scan, the fit of the phases that are there, and every phase's (amount, standard uncertainty)."""

    data: Scan
    fit: PatternFit
    names: tuple[str, ...]
    amounts: dict[str, tuple[float, float]]


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[DiffractionResult, ...]:
    """Analyse the states of one electrode together.

    Each state is fitted with all phases of the list (or all that any state shows), those not there are dropped; then
    again with one displacement (the weighted mean) and one background (the mean of the states', plus a cubic of each
    state's own). A phase's amount is its amplitude, over the holder's where one is named, in per cent of its largest;
    a phase that is not there has its amplitude from the residual, at the size it has where it is strongest.

    Ranges of one file are no states: each is analysed by itself; so is each pattern where no phase is identified.

    Raises
    ------
    Refused
        As for a single pattern.
    """
    if len({measurement.where for measurement in measurements if measurement.where}) == 1:
        return tuple(_range(measurement, settings) for measurement in measurements)
    scans = [scan(measurement, settings) for measurement in measurements]
    data = [one for one, _ in scans]
    listed, doubtful, said = _listed(data, settings)
    names = tuple(dict.fromkeys((*listed, *settings.holder)))
    if not names:
        return tuple(_range(measurement, settings) for measurement in measurements)
    first = [_fitted(one, settings, names) for one in data]
    states = [_again(state, first, settings) for state in first]
    table = _amounts(states, names, settings)
    results = []
    for index, (measurement, state) in enumerate(zip(measurements, states, strict=True)):
        result = _one(measurement, state, settings)
        changed = _changed(table, index)
        notes = (*scans[index][1], *said, *result.notes, *change_notes(changed), *_doubted(names, table, index))
        quantities = {**result.quantities, **{f"{n}.amount": amounts[index] for n, (amounts, _) in table.items()}}
        results.append(
            dataclasses.replace(
                result,
                quantities=quantities,
                rows=(*change_rows("phase", state_name(measurement), changed), *result.rows),
                notes=notes,
                ticks={name: ticks(name, state.data) for name in names},
                state=state_name(measurement),
                doubtful=doubtful,
                difference=_difference(states, index, settings) if index else None,
            )
        )
    return tuple(results)


def _range(measurement: Measurement, settings: Settings) -> DiffractionResult:
    """One range of a file; a range that cannot be analysed says why and does not stop the others."""
    try:
        return analyse(measurement, settings)
    except Refused as refused:
        counts = measurement["intensity_count"]
        return DiffractionResult(
            technique="diffraction",
            notes=(Note("refused", "range_refused", str(refused)),),
            two_theta=measurement["two_theta_degree"],
            counts=counts,
            variance=np.maximum(counts, 1.0),
        )


def _listed(data: Sequence[Scan], settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Note, ...]]:
    """The phases of the settings, or all that are identified in any state; the doubtful ones; what is to be said."""
    if settings.phases:
        return settings.phases, (), ()
    narrowed, said = with_elements(settings, cycled=True)
    found, notes = zip(*(identify_beyond(one, narrowed, settings) for one in data), strict=True)
    names = tuple(dict.fromkeys(name for one in found if one.named for name in one.best))
    sure = {name for one in found if one.named for name in one.best if name not in one.doubtful}
    doubtful = tuple(name for name in names if name not in sure)
    return names, doubtful, tuple(dict.fromkeys((*said, *(note for each in notes for note in each))))


def _fitted(data: Scan, settings: Settings, names: tuple[str, ...]) -> _State:
    """Fit the phases that are there: those whose amplitude is not above three sigma are dropped, the weakest first."""
    there = names
    while True:
        fit = fit_pattern(first_model(data, settings, there, {}), data.counts, data.variance)
        fit = with_halos(fit, data) if settings.halos == "auto" else fit
        strength = [fit.scale(i)[0] / max(fit.scale(i)[1], 1e-300) for i in range(len(there))]
        if not there or min(strength) > _THERE:
            return _State(data=data, fit=fit, names=there, amounts={})
        there = tuple(name for i, name in enumerate(there) if i != int(np.argmin(strength)))


def _again(state: _State, all_states: Sequence[_State], settings: Settings) -> _State:
    """The fit with displacement and background that the states have in common."""
    shifted = [one for one in all_states if one.names and one.fit.pattern.model.shifts]
    model = first_model(state.data, settings, state.names, {})
    if shifted and state.names:
        name = settings.aberration
        mean, std = common_value([one.fit.value(name) for one in shifted], [one.fit.std(name) for one in shifted])
        model = dataclasses.replace(model, shift_start=mean, shift_std=max(std, 0.002))
    same = all(np.array_equal(one.data.two_theta, state.data.two_theta) for one in all_states)
    if same and settings.background_degree is None:
        shape = np.mean([_plain(one) for one in all_states], axis=0)
        model = dataclasses.replace(model, common=shape / shape.max(), degree=_CHEBYSHEV)
    fit = fit_pattern(model, state.data.counts, state.data.variance)
    fit = with_halos(fit, state.data) if settings.halos == "auto" else fit
    return dataclasses.replace(state, fit=fit)


def _plain(state: _State) -> np.ndarray:
    """A state's smooth background without its halos, over its mean."""
    fit = state.fit
    phi, _ = fit.pattern.evaluate(fit.solution.p)
    first = sum(phase.lines.columns for phase in fit.pattern.model.phases)
    last = first + fit.pattern.background.shape[1]
    smooth = phi[:, first:last] @ fit.solution.c[first:last]
    return np.asarray(smooth / smooth.mean())


def _amounts(
    states: Sequence[_State], names: tuple[str, ...], settings: Settings
) -> dict[str, tuple[list[Quantity], tuple[str, ...]]]:
    """Amount of each phase in each state (per cent of its largest), and what it does from state to state.

    A phase that no state holds has none.
    """
    holders = [_holder(state, settings) for state in states]
    found: dict[str, tuple[list[Quantity], tuple[str, ...]]] = {}
    for name in names:
        size = _size(states, name)
        pairs = [_amount(state, name, size) for state in states]
        value = np.array([v for v, _ in pairs]) / holders
        std = np.array([s for _, s in pairs]) / holders
        top = float(value.max())
        if not np.isfinite(value).all() or top <= _THERE * std[int(np.argmax(value))]:
            continue  # nowhere there: an amount in per cent of nothing would be nonsense
        amounts = [
            Quantity(100 * v / top, "%", 100 * s / top, "fit covariance") for v, s in zip(value, std, strict=True)
        ]
        found[name] = (amounts, changes(value.tolist(), std.tolist(), _THERE))
    return found


def _holder(state: _State, settings: Settings) -> float:
    """Amplitude of the holder's phases in a state; 1 where none is named."""
    named = [state.fit.scale(state.names.index(name))[0] for name in settings.holder if name in state.names]
    return float(sum(named)) if named else 1.0


def _size(states: Sequence[_State], name: str) -> float:
    """L_V in nm of a phase where it is strongest; 10 where it is nowhere."""
    there = [state for state in states if name in state.names]
    if not there:
        return 10.0
    best = max(there, key=lambda state: state.fit.scale(state.names.index(name))[0])
    return float(np.exp(best.fit.value(f"{name}.ln_size")))


def _amount(state: _State, name: str, size: float) -> tuple[float, float]:
    if name in state.names:
        return state.fit.scale(state.names.index(name))
    return hidden_amplitude(state.fit, state.data, name, size)


def _one(measurement: Measurement, state: _State, settings: Settings) -> DiffractionResult:
    """The result of one state, as of a single pattern."""
    others = other_sizes(state.fit, state.data, state.names)
    whole = Whole(fit=state.fit, names=state.names, strained=(), others=others)
    lines = {name: single_lines(name, state.data, settings) for name in state.names}
    return assembled(measurement, state.data, settings, whole, lines)


def _doubted(
    names: tuple[str, ...], table: dict[str, tuple[list[Quantity], tuple[str, ...]]], index: int
) -> tuple[Note, ...]:
    """Phases of the list that no state holds, and amounts below zero by more than their uncertainty."""
    notes: tuple[Note, ...] = ()
    if missing := [name for name in names if name not in table]:
        text = f"{', '.join(missing)}: in none of the states (not above {_THERE:g} sigma anywhere), so no amount"
        notes = (Note("refused", "no_amount", text),)
    for name, (amounts, _) in table.items():
        value, std = amounts[index].value, amounts[index].std or 0.0
        if value < -_THERE * std:
            text = f"{name}: an amount of {amounts[index]} cannot be: something else lowers the counts at its lines"
            notes += (Note("doubt", "negative_amount", text),)
    return notes


def _changed(
    table: dict[str, tuple[list[Quantity], tuple[str, ...]]], index: int
) -> dict[str, tuple[float, float, str]]:
    """Amount, its standard uncertainty and change of each phase in one state."""
    return {n: (float(a[index].value), float(a[index].std or 0.0), does[index]) for n, (a, does) in table.items()}


def _difference(states: Sequence[_State], index: int, settings: Settings) -> tuple[np.ndarray, np.ndarray] | None:
    """Counts minus those of the first state on the holder's scale, with the noise of both; None on other angles."""
    one, other = states[0], states[index]
    if not np.array_equal(one.data.two_theta, other.data.two_theta):
        return None
    scale = _holder(other, settings) / _holder(one, settings)
    return difference((one.data.counts, one.fit.variance), (other.data.counts, other.fit.variance), scale)
