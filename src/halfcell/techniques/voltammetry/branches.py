"""Branches of a voltammogram: charge, peaks, and the couples that the peaks may belong to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.materials.redox_steps import Assigned, assign, hosts_of
from halfcell.maths.current_peaks import Peak, find_peaks, smoothed_width
from halfcell.maths.turning_points import turning_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.result import Row, Scalar
    from halfcell.materials.redox_steps import Branch as Name
    from halfcell.maths.sweeps import Sweep
    from halfcell.techniques.voltammetry.current_scale import CurrentScale
    from halfcell.techniques.voltammetry.settings import Settings

    Floats = NDArray[np.float64]


_COUNTS = 0.01  # of the range of the charge: a smaller rise or fall is noise
_AGAINST = 0.5  # of the charge by sign: so much flows against the sweeps where the sign of the current is inverted
_LAGS = 0.01  # of the charge: a larger difference between the charges by sign and by sweep is told
_FIRST = 2  # sweeps: both of the first cycle
_TOLD = 0.02  # V: a larger shift is told; smaller ones are within the precision of the table


@dataclass(frozen=True, eq=False)
class Voltammogram:
    """Time (s), potential (V) and current (A) of the whole record, without rows that are not finite."""

    time: Floats
    potential: Floats
    current: Floats


@dataclass(frozen=True, kw_only=True)
class Branch:
    """One sweep: its cycle, charges (Ah), peaks, and the couples they may belong to.

    `charge_ah` is that of the current of its sign within the whole cycle; `sweep_ah` is what flowed during the sweep,
    net: after a turn the current keeps its sign for a while, so that the two differ. The
    peaks were looked for in the current smoothed over `smoothed_v`, 0 for not at all; its records are `step_v` apart.
    """

    cycle: int
    sweep: Sweep
    charge_ah: float
    sweep_ah: float
    peaks: tuple[Peak, ...]
    couples: tuple[Assigned, ...]
    shift_v: float
    smoothed_v: float
    step_v: float

    @property
    def name(self) -> Name:
        """Cathodic towards lower potentials, anodic towards higher ones."""
        return "anodic" if self.sweep.direction > 0 else "cathodic"


def branches_of(record: Voltammogram, sweeps: Sequence[Sweep], settings: Settings) -> tuple[Branch, ...]:
    """Analyse each sweep of a record; two sweeps make a cycle.

    Parameters
    ----------
    record
        Time (s), potential (V) and current (A), shape (n,).
    sweeps
        Its sweeps.
    settings
        The materials whose couples are looked for.

    Returns
    -------
    tuple of Branch
        One per sweep: charges (Ah) and peaks.

    Source: procedure of this package.
    """
    return tuple(_branch(record, sweeps, number, settings) for number in range(len(sweeps)))


def _branch(record: Voltammogram, sweeps: Sequence[Sweep], number: int, settings: Settings) -> Branch:
    sweep = sweeps[number]
    rows = slice(sweep.first, sweep.last + 1)
    potential, along = record.potential[rows], record.current[rows] * sweep.direction
    step = np.maximum(np.diff(record.time[rows]), 0.0)
    charge = float(np.sum(0.5 * (along[1:] + along[:-1]) * step)) / 3600.0
    both = sweeps[number - number % 2 : number - number % 2 + 2]
    of_sign = charge_of_sign(record, both[0].first, both[-1].last, sweep.direction)
    part = settings.prominence_percent / 100.0
    peaks = find_peaks(potential, along, settings.smoothing_mv / 1e3, part)
    peaks = tuple(peak for peak in peaks if peak.current > 0)
    first = number < _FIRST
    hosts = _hosts(settings)
    name: Name = "anodic" if sweep.direction > 0 else "cathodic"
    weighed = [(peak.potential, peak.prominence) for peak in peaks]
    couples, shift = (Assigned(steps=()),) * len(peaks), 0.0
    if hosts:
        couples, shift = assign(weighed, name, hosts, first=first, shift_volt=settings.shift_volt)
    return Branch(
        cycle=number // 2 + 1,
        sweep=sweep,
        charge_ah=of_sign,
        sweep_ah=charge,
        peaks=peaks,
        couples=couples,
        shift_v=shift,
        smoothed_v=smoothed_width(potential, settings.smoothing_mv / 1e3),
        step_v=float(np.median(np.abs(np.diff(potential)))),
    )


def charge_of_sign(record: Voltammogram, first: int, last: int, sign: int) -> float:
    """Charge of the current of one sign between two rows, inclusive.

    The sign is that of the rises and falls of the charge passed, of at least 1 % of its range: noise around zero,
    which would add up if each record counted by its own sign, does not.

    Parameters
    ----------
    record
        Time (s), potential (V) and current (A).
    first, last
        Rows.
    sign
        +1 or -1.

    Returns
    -------
    float
        Ah, positive.

    Source: definition.
    """
    rows = slice(first, last + 1)
    current, step = record.current[rows], np.maximum(np.diff(record.time[rows]), 0.0)
    passed = 0.5 * (current[1:] + current[:-1]) * step / 3600.0
    ends = turning_points(passed, _COUNTS * float(np.ptp(np.append(0.0, np.cumsum(passed)))))
    moved = np.add.reduceat(passed, ends[:-1]) if len(passed) else np.zeros(0)
    return float(np.sum(np.maximum(sign * moved, 0.0)))


def _hosts(settings: Settings) -> tuple[str, ...]:
    """The hosts of lithium that are named; none where another ion is taken up."""
    return hosts_of((*settings.hosts, *settings.composition_wt_percent)) if settings.carrier == "Li" else ()


def peak_rows(branches: Sequence[Branch], scale: CurrentScale) -> tuple[Row, ...]:
    """One row per peak; a branch without a peak has one row with its charge."""
    return tuple(row for branch in branches for row in _rows(branch, scale.factor if scale.per_gram else math.nan))


_OF_A_PEAK = ("peak_potential", "peak_potential_std")
_HEIGHTS = ("peak_current", "peak_current_std", "peak_specific_current", "peak_specific_current_std")
_FEWEST = 2  # records above half of the prominence: with one the top may be twice as high
_FEW = 6  # records above half of the prominence: with fewer the height is doubted


def _rows(branch: Branch, per_gram: float) -> list[Row]:
    sign = branch.sweep.direction
    start: dict[str, Scalar] = {"cycle": branch.cycle, "branch": branch.name}
    charges = {"charge": 1e3 * branch.charge_ah, "specific_charge": _finite(per_gram * branch.charge_ah)}
    charges["sweep_charge"] = 1e3 * branch.sweep_ah
    made: list[Row] = []
    for peak, couple in zip(branch.peaks, branch.couples, strict=True):
        values = dict(zip(_OF_A_PEAK, (peak.potential, _finite(peak.potential_std)), strict=True))
        made.append({**start, **values, **_heights(peak, sign, per_gram), **charges, "couple": couple.name})
    return made or [{**start, **dict.fromkeys((*_OF_A_PEAK, *_HEIGHTS)), **charges, "couple": ""}]


def _heights(peak: Peak, sign: int, per_gram: float) -> dict[str, Scalar]:
    """Current of a peak (mA, and mA/g) with its uncertainty; None where too few records tell it."""
    if peak.points < _FEWEST:
        return dict.fromkeys(_HEIGHTS)
    values = (factor * size for factor in (1e3, per_gram) for size in (sign * peak.current, peak.current_std))
    return dict(zip(_HEIGHTS, map(_finite, values), strict=True))


def _sampling_notes(branches: Sequence[Branch], smoothing_mv: float) -> tuple[Note, ...]:
    """An info where sweeps were not smoothed, a doubt or a refusal where peaks have few records."""
    apart = f"{1e3 * float(np.median([branch.step_v for branch in branches])):.3g} mV between records"
    peaks = [peak for branch in branches for peak in branch.peaks]
    bare = sum(branch.smoothed_v == 0 for branch in branches)
    gone = [peak for peak in peaks if peak.points < _FEWEST]
    few = [peak for peak in peaks if _FEWEST <= peak.points < _FEW]
    notes = []
    if bare and smoothing_mv > 0:
        text = f"{bare} of {len(branches)} sweeps were not smoothed: {smoothing_mv:g} mV hold "
        text += f"fewer than 5 records ({apart})"
        notes.append(Note("info", "not_smoothed", text))
    remedy = "record more points in a sweep"
    if few:
        text = f"{len(few)} of {len(peaks)} peaks have only 2 to 5 records above half their height ({apart}): the "
        notes.append(
            Note("doubt", "coarse_peaks", f"{text}top lies between records, and the uncertainty says how far: {remedy}")
        )
    if gone:
        text = f"no current for {len(gone)} of {len(peaks)} peaks: only one record above half their height "
        notes.append(Note("refused", "peak_current_unknown", f"{text}({apart}), the top may be much higher: {remedy}"))
    return tuple(notes)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _after_turns(branches: Sequence[Branch]) -> list[Note]:
    """A note where the current keeps its sign after turns, so that the charges by sign and by sweep differ."""
    unlike = [b for b in branches if abs(b.sweep_ah - b.charge_ah) > _LAGS * max(b.charge_ah, 1e-30)]
    if not unlike:
        return []
    worst = max(unlike, key=lambda b: abs(b.sweep_ah - b.charge_ah) / max(b.charge_ah, 1e-30))
    text = f"in {len(unlike)} of {len(branches)} sweeps the current keeps its sign after the turn: the {worst.name} "
    text += f"current of cycle {worst.cycle} holds {1e3 * worst.charge_ah:.4g} mAh, its sweep alone "
    text += f"{1e3 * worst.sweep_ah:.4g} mAh net"
    return [Note("info", "sign_after_turn", text)]


def _against(branches: Sequence[Branch]) -> list[Note]:
    """A doubt where the current flows against the sweeps."""
    along = [branch.sweep_ah > 0 for branch in branches]
    if sum(along) > 0.5 * len(along) or sum(b.sweep_ah for b in branches) > -_AGAINST * sum(
        b.charge_ah for b in branches
    ):
        return []
    text = "the current is negative while the potential rises and positive while it falls: the instrument may count "
    text += (
        "reduction as positive, or the potential may be that of the counter electrode; branches and charges are then "
    )
    return [Note("doubt", "current_against_sweep", f"{text}exchanged and no peak is found: invert the current")]


def branch_notes(branches: Sequence[Branch], settings: Settings) -> tuple[Note, ...]:
    """Notes on couples (none in the table, several that fit, shifts by kinetics) and on an incomplete cycle."""
    notes = list(_sampling_notes(branches, settings.smoothing_mv))
    pairs = [pair for branch in branches for pair in zip(branch.peaks, branch.couples, strict=True)]
    bare = sum(not couple.steps for _, couple in pairs)
    several = sum(len(couple.steps) > 1 for _, couple in pairs)
    if settings.carrier != "Li":
        text = f"no couples: the table of redox steps is that of lithium, and the carrier is {settings.carrier}"
        notes.append(Note("refused", "couples_not_assigned", text))
    elif not _hosts(settings):
        text = "no couples: give the hosts or the composition of the sample (samples.csv, or --set hosts=Si,Sn)"
        notes.append(Note("refused", "couples_not_assigned", text))
    elif bare:
        text = f"{bare} of {len(pairs)} peaks are outside the range of every couple in the table"
        notes.append(Note("doubt", "couple_unknown", text))
    if several:
        text = f"{several} of {len(pairs)} peaks fit several couples of the hosts"
        notes.append(Note("doubt", "couple_ambiguous", text))
    shift = max((branch.shift_v for branch in branches if branch.peaks), default=0.0)
    if shift > _TOLD:
        text = f"peaks are assigned with a shift of up to {1e3 * shift:.0f} mV along the sweep, as in fast sweeps"
        notes.append(Note("info", "peaks_shifted", text))
    notes += _against(branches) or _after_turns(branches)
    if len(branches) % 2:
        notes.append(Note("info", "last_sweep_alone", "the last cycle is incomplete: it has only one sweep"))
    return tuple(notes)
