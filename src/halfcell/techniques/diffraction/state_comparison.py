"""States of one electrode compared: one list of phases, one displacement and background, amounts of each phase."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.powder.pattern_fit import PatternFit, fit_pattern
from halfcell.maths.state_series import Change, changes, common_value, difference
from halfcell.techniques.common.state_differences import AmountInState, change_notes, change_rows, state_name
from halfcell.techniques.diffraction.absence import hidden_amplitude
from halfcell.techniques.diffraction.amorphous_halos import with_halos
from halfcell.techniques.diffraction.analyse import analyse
from halfcell.techniques.diffraction.own_phases import with_own_phases
from halfcell.techniques.diffraction.pattern_result import indices, pattern_result, ticks
from halfcell.techniques.diffraction.phase_identification import identify_beyond
from halfcell.techniques.diffraction.possible_elements import with_elements
from halfcell.techniques.diffraction.result import DiffractionResult
from halfcell.techniques.diffraction.scan import Scan, scan
from halfcell.techniques.diffraction.single_lines import single_lines
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit, first_model, other_sizes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.diffraction.settings import Settings

    Array = NDArray[np.float64]

_THERE = 3.0  # standard uncertainties of an amount or a change that is one
_CHEBYSHEV = 3  # degree of each state's own background in addition to the common one
_VERDICTS = {"grows", "shrinks", "stays"}  # what needs a common scale
_LEAST_SHIFT_STD = 0.002  # degrees, of the common displacement
_DEFAULT_SIZE_NM = 10.0  # L_V of a phase that is in none of the states


@dataclasses.dataclass(frozen=True, kw_only=True, eq=False)
class _State:
    """One state: its scan, and the fit of the phases that are present."""

    data: Scan
    fit: PatternFit
    names: tuple[str, ...]


@dataclasses.dataclass(frozen=True, kw_only=True)
class _PhaseList:
    """The phases of a series, those that are doubtful, and notes on how they were found."""

    names: tuple[str, ...]
    doubtful: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclasses.dataclass(frozen=True, kw_only=True)
class _Amounts:
    """Amount of a phase in each state (per cent of its largest), and how it changes from state to state."""

    amounts: tuple[Quantity, ...]
    changes: tuple[Change, ...]


@with_own_phases
def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[DiffractionResult, ...]:
    """Analyse the states of one electrode together.

    Each state is fitted with all phases that are set (or all that are identified in any state), and phases that are not
    present are dropped. The fit is repeated with one displacement (the weighted mean) and one background (the mean of
    all states, plus a cubic for each state). The amount of a phase is its amplitude, relative to that of the holder if
    one is set, in per cent of its largest. For a phase that is not present the amplitude is taken from the residual,
    with the size that the phase has where it is strongest.

    Ranges of one file are not states: each is analysed by itself. So is each pattern if no phase is identified.

    Raises
    ------
    Refused
        As for a single pattern.
    """
    if len({measurement.where for measurement in measurements if measurement.where}) == 1:
        return tuple(_by_itself(measurement, settings) for measurement in measurements)
    scans = [scan(measurement, settings) for measurement in measurements]
    data = [one for one, _ in scans]
    phases = _phase_list(data, settings)
    if not phases.names:
        return tuple(_by_itself(measurement, settings) for measurement in measurements)
    first = [_fitted(one, settings, phases.names) for one in data]
    states = [_refitted(state, first, settings) for state in first]
    table = _amounts(states, phases.names, settings)
    common = _has_common_scale(states, settings)
    results = []
    for index, (measurement, state) in enumerate(zip(measurements, states, strict=True)):
        result = _compared(_result(state, settings), state_name(measurement), table, index)
        notes = (*scans[index][1], *phases.notes, *result.notes, *_amount_notes(phases.names, table, index, common))
        results.append(
            dataclasses.replace(
                result,
                notes=notes,
                simulated=measurement.is_simulated,
                ticks={name: ticks(name, state.data) for name in phases.names},
                hkl={name: indices(name, state.data) for name in phases.names},
                doubtful=phases.doubtful,
                difference=_difference(states, index, settings) if index else None,
            )
        )
    return tuple(results)


def _compared(result: DiffractionResult, state: str, table: Mapping[str, _Amounts], index: int) -> DiffractionResult:
    """The result of a state with the amounts of all phases and how they changed."""
    amounts = {f"{name}.amount": one.amounts[index] for name, one in table.items()}
    changed = {
        name: AmountInState(percent=float(amount.value), std=float(amount.std or 0.0), change=one.changes[index])
        for name, one in table.items()
        for amount in (one.amounts[index],)
    }
    return dataclasses.replace(
        result,
        quantities={**result.quantities, **amounts},
        rows=(*change_rows("phase", state, changed), *result.rows),
        notes=(*result.notes, *change_notes(changed)),
        state=state,
    )


def _by_itself(measurement: Measurement, settings: Settings) -> DiffractionResult:
    """One range of a file or one pattern; if it cannot be analysed it says why and does not stop the others."""
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


def _phase_list(data: Sequence[Scan], settings: Settings) -> _PhaseList:
    """The phases that are set, or all that are identified in any state, and those of the holder."""
    if settings.phases:
        return _PhaseList(names=tuple(dict.fromkeys((*settings.phases, *settings.holder))))
    narrowed, on_elements = with_elements(settings, cycled=True)
    pairs = [identify_beyond(one, narrowed, settings) for one in data]
    found = [one for one, _ in pairs if one.is_conclusive]
    names = tuple(dict.fromkeys(name for one in found for name in one.best))
    sure = {name for one in found for name in one.best if name not in one.doubtful}
    return _PhaseList(
        names=tuple(dict.fromkeys((*names, *settings.holder))),
        doubtful=tuple(name for name in names if name not in sure),
        notes=tuple(dict.fromkeys((*on_elements, *(note for _, notes in pairs for note in notes)))),
    )


def _fitted(data: Scan, settings: Settings, names: tuple[str, ...]) -> _State:
    """Fit the phases that are present: those with an amplitude below three sigma are dropped, the weakest first."""
    there = names
    while True:
        fit = fit_pattern(first_model(data, settings, there, {}), data.counts, data.variance)
        fit = with_halos(fit, data) if settings.halos == "auto" else fit
        strength = [fit.scale(i)[0] / max(fit.scale(i)[1], 1e-300) for i in range(len(there))]
        if not there or min(strength) > _THERE:
            return _State(data=data, fit=fit, names=there)
        there = tuple(name for i, name in enumerate(there) if i != int(np.argmin(strength)))


def _refitted(state: _State, all_states: Sequence[_State], settings: Settings) -> _State:
    """A state fitted again with the displacement and the background that the states have in common."""
    shifted = [one for one in all_states if one.names and one.fit.pattern.model.shifts]
    model = first_model(state.data, settings, state.names, {})
    if shifted and state.names:
        name = model.shifts[0]
        mean, std = common_value([one.fit.value(name) for one in shifted], [one.fit.std(name) for one in shifted])
        model = dataclasses.replace(model, shift_start=mean, shift_std=max(std, _LEAST_SHIFT_STD))
    same = all(np.array_equal(one.data.two_theta, state.data.two_theta) for one in all_states)
    if same and settings.background_degree is None:
        shape = np.mean([_smooth_background(one) for one in all_states], axis=0)
        model = dataclasses.replace(model, common=shape / shape.max(), degree=_CHEBYSHEV)
    fit = fit_pattern(model, state.data.counts, state.data.variance)
    fit = with_halos(fit, state.data) if settings.halos == "auto" else fit
    return dataclasses.replace(state, fit=fit)


def _smooth_background(state: _State) -> Array:
    """The background of a state without its halos, divided by its mean."""
    fit = state.fit
    phi, _ = fit.pattern.evaluate(fit.solution.p)
    first = sum(phase.lines.columns for phase in fit.pattern.model.phases)
    last = first + fit.pattern.background.shape[1]
    smooth = phi[:, first:last] @ fit.solution.c[first:last]
    return np.asarray(smooth / smooth.mean())


def _amounts(states: Sequence[_State], names: tuple[str, ...], settings: Settings) -> dict[str, _Amounts]:
    """Amounts and changes of each phase; a phase that is in none of the states has none."""
    common = _has_common_scale(states, settings)
    holders = [_holder(state, settings) if common else 1.0 for state in states]
    found: dict[str, _Amounts] = {}
    for name in names:
        size = _size(states, name)
        pairs = [_amount(state, name, size) for state in states]
        value = np.array([v for v, _ in pairs]) / holders
        std = np.array([s for _, s in pairs]) / holders
        top = float(value.max())
        if not np.isfinite(value).all() or top <= _THERE * std[int(np.argmax(value))]:
            continue  # present in no state: a percentage of nothing would be meaningless
        amounts = tuple(
            Quantity(100 * v / top, "%", 100 * s / top, "fit covariance") for v, s in zip(value, std, strict=True)
        )
        changed = changes(value.tolist(), std.tolist(), _THERE)
        if not common:  # amounts of different states are not on one scale
            changed = tuple("present" if one in _VERDICTS else one for one in changed)
        found[name] = _Amounts(amounts=amounts, changes=changed)
    return found


def _has_common_scale(states: Sequence[_State], settings: Settings) -> bool:
    """Whether every state has lines of the holder or of an internal standard, which amounts are relative to."""
    return bool(settings.holder) and all(any(name in state.names for name in settings.holder) for state in states)


def _holder(state: _State, settings: Settings) -> float:
    """Amplitude of the holder's phases in a state; 1 if none is set."""
    named = [state.fit.scale(state.names.index(name))[0] for name in settings.holder if name in state.names]
    return float(sum(named)) if named else 1.0


def _size(states: Sequence[_State], name: str) -> float:
    """L_V (nm) of a phase in the state in which it is strongest."""
    there = [state for state in states if name in state.names]
    if not there:
        return _DEFAULT_SIZE_NM
    best = max(there, key=lambda state: state.fit.scale(state.names.index(name))[0])
    return float(np.exp(best.fit.value(f"{name}.ln_size")))


def _amount(state: _State, name: str, size: float) -> tuple[float, float]:
    if name in state.names:
        return state.fit.scale(state.names.index(name))
    return hidden_amplitude(state.fit, state.data, name, size)


def _result(state: _State, settings: Settings) -> DiffractionResult:
    """The result of one state, as that of a single pattern."""
    others = other_sizes(state.fit, state.data, state.names)
    whole = WholePatternFit(fit=state.fit, names=state.names, strained=(), others=others)
    lines = {name: single_lines(name, state.data, settings) for name in state.names}
    return pattern_result(state.data, settings, whole, lines)


def _amount_notes(names: tuple[str, ...], table: Mapping[str, _Amounts], index: int, common: bool) -> tuple[Note, ...]:
    """Amounts that are on no common scale, phases in none of the states, and significantly negative amounts."""
    notes: tuple[Note, ...] = ()
    if not common and table:
        what = (
            "amounts of the states are not on one scale: no line of a holder or an internal standard is in all of them"
        )
        why = "less powder in the beam or a shorter scan looks like a loss"
        text = f"{what}, and {why}; it is not said what grows or shrinks (set holder)"
        notes += (Note("doubt", "no_common_scale", text),)
    if missing := [name for name in names if name not in table]:
        text = f"no amount of {', '.join(missing)}: not above {_THERE:g} sigma in any of the states"
        notes += (Note("refused", "no_amount", text),)
    for name, one in table.items():
        amount = one.amounts[index]
        if amount.value < -_THERE * (amount.std or 0.0):
            text = f"{name}: an amount of {amount} is impossible: something else lowers the counts at its lines"
            notes += (Note("doubt", "negative_amount", text),)
    return notes


def _difference(states: Sequence[_State], index: int, settings: Settings) -> tuple[Array, Array] | None:
    """Counts minus those of the first state, scaled by the holder, with the noise of both; None if angles differ."""
    one, other = states[0], states[index]
    if not np.array_equal(one.data.two_theta, other.data.two_theta):
        return None
    scale = _holder(other, settings) / _holder(one, settings)
    return difference((one.data.counts, one.fit.variance), (other.data.counts, other.fit.variance), scale)
