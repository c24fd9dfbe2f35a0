"""Analyse a voltammogram: sweeps and scan rate, peaks and charges of the branches, couples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.materials.carriers import against
from halfcell.maths.straight_line import ohmic_resistance
from halfcell.maths.sweeps import Sweep, find_sweeps, scan_rate
from halfcell.techniques.common.measurement_checks import signed_current, sound
from halfcell.techniques.voltammetry.branches import Branch, Voltammogram, branch_notes, branches_of, peak_rows
from halfcell.techniques.voltammetry.current_scale import CurrentScale, scale_of
from halfcell.techniques.voltammetry.potential_notes import corrected, holds
from halfcell.techniques.voltammetry.result import Trace, VoltammetryResult

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.voltammetry.settings import Settings

    Floats = NDArray[np.float64]

_TRACE_POINTS = 800  # of a drawn cycle
_STATED = 1e-9  # relative spread of scan rates below which times were made from a stated rate, and tell nothing of it
_BENDS = 0.01  # of the range of the potential: more than the resolution of a linear sweep
_DIFFER = 0.02  # relative: sweeps of one test have one rate, which instruments keep to a per cent
_WHOLE = 2  # branches of a cycle


def analyse(measurement: Measurement, settings: Settings) -> VoltammetryResult:
    """Find the sweeps, their scan rate, peaks and charges, and the couples that the peaks may belong to.

    Parameters
    ----------
    measurement
        Columns ``test_time_second``, ``voltage_volt`` (of the working electrode), ``current_ampere`` (positive is
        oxidation).
    settings
        Hosts or composition for the couples; a mass for currents per gram.

    Returns
    -------
    VoltammetryResult
        ``scan_rate`` (mV/s; its std is the error of their mean by their spread), ``cycle_count``, one row per peak.

    Raises
    ------
    InputError
        If the potential does not sweep, or a column is missing.
    Refused
        If the time does not rise (there is then no scan rate, no charge and no direction of the sweeps), or the
        current has no sign.

    Source: definition; the couples are those of `materials`, each with its source.
    """
    _may_sweep(measurement)
    time, current = measurement["test_time_second"], measurement["current_ampere"]
    potential = measurement["voltage_volt"] + settings.reference_offset_volt
    good = np.isfinite(time) & np.isfinite(current) & np.isfinite(potential)
    time, current, potential = time[good], current[good], potential[good]
    if not (sweeps := find_sweeps(potential)):
        raise InputError("the potential does not sweep", measurement.where, "is it voltammetry?")
    set_potential, potential = potential, potential - current * (settings.series_resistance_ohm or 0.0)
    branches = branches_of(Voltammogram(time, potential, current), sweeps, settings)
    rate, notes = _rate(time, set_potential, sweeps)
    scale = scale_of(settings.active_mass_mg)
    return VoltammetryResult(
        technique="voltammetry",
        quantities={"scan_rate": rate} | _counted(branches) | _first_charges(branches, scale),
        rows=peak_rows(branches, scale),
        notes=(
            *_lost(good),
            *_ohmic(measurement),
            *notes,
            *holds(time, set_potential, sweeps),
            *corrected(current, settings.series_resistance_ohm),
            *scale.notes,
            *branch_notes(branches, settings),
            *_no_cycle({branch.cycle for branch in branches}, settings.shown_cycles),
        ),
        traces=_traces(branches, potential, current * scale.factor, settings.shown_cycles),
        current_unit=scale.unit,
        potential_unit=_potential_unit(settings),
    )


def _potential_unit(settings: Settings) -> str:
    named = bool(settings.hosts or settings.composition_wt_percent) or settings.carrier != "Li"
    return against(settings.carrier, settings.reference, settings.reference_offset_volt, metal=named)


def _may_sweep(measurement: Measurement) -> None:
    """Refuse an unusable record, and a time that falls more often than it rises or does not end after it begins."""
    sound(signed_current(measurement), "test_time_second", "voltage_volt", "current_ampere")
    time = measurement["test_time_second"][np.isfinite(measurement["test_time_second"])]
    steps = np.diff(time)
    rises, falls = int((steps > 0).sum()), int((steps < 0).sum())
    if len(time) > 1 and (falls >= rises or time[-1] <= time[0]):
        what = f"the time falls at {falls} and rises at {rises} of {len(time)} records: no scan rate, no charge"
        raise Refused(what, measurement.where, "are the records in the order of measurement?")


def _lost(good: NDArray[np.bool_]) -> tuple[Note, ...]:
    count = int(len(good) - good.sum())
    text = f"{count} records without a finite value were left out"
    return (Note("correction", "rows_not_finite", text),) if count else ()


def _no_cycle(there: set[int], wanted: Sequence[int]) -> tuple[Note, ...]:
    """A note on the cycles of `shown_cycles` that were not measured."""
    missing = sorted(set(wanted) - there)
    if not missing:
        return ()
    span = f"cycles {min(there)} to {max(there)}" if len(there) > 1 else f"cycle {min(there)}"
    text = f"no cycle {', '.join(map(str, missing))} to show (shown_cycles): the file has {span}"
    return (Note("refused", "cycle_missing", text),)


def _ohmic(measurement: Measurement) -> tuple[Note, ...]:
    """A doubt where the curve shows only a resistance and no reaction."""
    found = ohmic_resistance(measurement["voltage_volt"], measurement["current_ampere"])
    if found is None:
        return ()
    text = f"a straight line through zero ({found:.4g} ohm), no reaction: for a pellet use the technique conductivity"
    return (Note("doubt", "ohmic_line", text),)


def _rate(time: Floats, potential: Floats, sweeps: Sequence[Sweep]) -> tuple[Quantity, tuple[Note, ...]]:
    """Scan rate (mV/s): median over the sweeps, with their spread; doubts where sweeps bend or differ."""
    found = np.array([scan_rate(time, potential, sweep) for sweep in sweeps])
    rates, bends = 1e3 * found[:, 0], found[:, 1]
    rates = rates[np.isfinite(rates)]
    if not len(rates):
        none = Note("refused", "no_scan_rate", "no scan rate: the sweeps have too few points")
        return Quantity(float("nan"), "mV/s"), (none,)
    middle, notes = float(np.median(rates)), []
    if np.nanmax(bends) > _BENDS:
        text = f"a sweep deviates by {100 * float(np.nanmax(bends)):.2g} % of its range from a line: it is not linear"
        notes.append(Note("doubt", "sweep_bends", text))
    if np.max(np.abs(rates / middle - 1.0)) > _DIFFER:
        text = f"the scan rates of the sweeps differ: {rates.min():.4g} to {rates.max():.4g} mV/s"
        notes.append(Note("doubt", "scan_rates_differ", text))
    std = float(np.std(rates, ddof=1) / np.sqrt(len(rates))) if len(rates) > 1 else None
    if std is not None and std < _STATED * abs(middle):
        std = None
    return Quantity(middle, "mV/s", std or None, "spread over windows" if std else "", 2), tuple(notes)


def _counted(branches: Sequence[Branch]) -> dict[str, Quantity]:
    """The number of cycles, and the width over which the sweeps were really smoothed."""
    count = Quantity(max(branch.cycle for branch in branches), "", decimals=0)
    width = float(np.median([1e3 * branch.smoothed_v for branch in branches]))
    return {"cycle_count": count, "smoothing_width": Quantity(width, "mV", decimals=1)}


def _first_charges(branches: Sequence[Branch], scale: CurrentScale) -> dict[str, Quantity]:
    """Charge of both branches of cycle 1."""
    first = [branch for branch in branches if branch.cycle == 1]
    unit, decimals = scale.charge_unit, 1 if scale.per_gram else None
    return {f"{b.name}_charge": Quantity(b.charge_ah * scale.factor, unit, decimals=decimals) for b in first}


def _traces(branches: Sequence[Branch], potential: Floats, current: Floats, wanted: Sequence[int]) -> tuple[Trace, ...]:
    """The curves of the cycles to show (the last complete one, where none is named), with at most 800 points each."""
    complete = [b.cycle for b in branches if sum(o.cycle == b.cycle for o in branches) == _WHOLE]
    made = []
    for number in wanted or (max(complete, default=branches[-1].cycle),):
        mine = [branch.sweep for branch in branches if branch.cycle == number]
        if mine:
            rows = np.arange(mine[0].first, mine[-1].last + 1)
            rows = rows[np.unique(np.linspace(0, len(rows) - 1, min(len(rows), _TRACE_POINTS)).astype(int))]
            made.append(Trace(cycle=number, potential=potential[rows], current=current[rows]))
    return tuple(made)
