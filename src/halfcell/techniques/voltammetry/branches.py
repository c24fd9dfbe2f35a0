"""Branches of a voltammogram: charge, peaks, and the couples that the peaks may belong to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.materials.redox_steps import Assigned, assign, hosts_of
from halfcell.maths.sweeps import Peak, Sweep, find_peaks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.result import Row, Scalar
    from halfcell.materials.redox_steps import Branch as Name
    from halfcell.techniques.voltammetry.current_scale import CurrentScale
    from halfcell.techniques.voltammetry.settings import Settings

    Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Voltammogram:
    """Time (s), potential (V) and current (A) of the whole record, without rows that are not finite."""

    time: Floats
    potential: Floats
    current: Floats


@dataclass(frozen=True, kw_only=True)
class Branch:
    """One sweep: its cycle, charge (Ah, positive in its direction), peaks, and the couples they may belong to."""

    cycle: int
    sweep: Sweep
    charge_ah: float
    peaks: tuple[Peak, ...]
    couples: tuple[Assigned, ...]
    shift_v: float

    @property
    def name(self) -> Name:
        """Cathodic towards lower potentials, anodic towards higher ones."""
        return "anodic" if self.sweep.direction > 0 else "cathodic"


def branches_of(record: Voltammogram, sweeps: Sequence[Sweep], settings: Settings) -> tuple[Branch, ...]:
    """Analyse each sweep of a record; two sweeps make a cycle."""
    return tuple(_branch(record, sweep, number, settings) for number, sweep in enumerate(sweeps))


def _branch(record: Voltammogram, sweep: Sweep, number: int, settings: Settings) -> Branch:
    rows = slice(sweep.first, sweep.last + 1)
    potential, along = record.potential[rows], record.current[rows] * sweep.direction
    step = np.maximum(np.diff(record.time[rows]), 0.0)
    charge = float(np.sum(0.5 * (along[1:] + along[:-1]) * step)) / 3600.0
    part = settings.prominence_percent / 100.0
    peaks = find_peaks(potential, along, settings.smoothing_mv / 1e3, part)
    peaks = tuple(peak for peak in peaks if peak.current > 0)
    first = number < 2
    hosts = _hosts(settings)
    name: Name = "anodic" if sweep.direction > 0 else "cathodic"
    weighed = [(peak.potential, peak.prominence) for peak in peaks]
    couples, shift = (Assigned(steps=()),) * len(peaks), 0.0
    if hosts:
        couples, shift = assign(weighed, name, hosts, first=first, shift_volt=settings.shift_volt)
    return Branch(cycle=number // 2 + 1, sweep=sweep, charge_ah=charge, peaks=peaks, couples=couples, shift_v=shift)


def _hosts(settings: Settings) -> tuple[str, ...]:
    """The hosts of lithium that are named; none where another ion is taken up."""
    return hosts_of((*settings.hosts, *settings.composition_wt_percent)) if settings.carrier == "Li" else ()


def peak_rows(branches: Sequence[Branch], scale: CurrentScale) -> tuple[Row, ...]:
    """One row per peak; a branch without a peak has one row with its charge."""
    return tuple(row for branch in branches for row in _rows(branch, scale.factor if scale.per_gram else math.nan))


_OF_A_PEAK = ("peak_potential", "peak_potential_std", "peak_current", "peak_specific_current")


def _rows(branch: Branch, per_gram: float) -> list[Row]:
    sign = branch.sweep.direction
    start: dict[str, Scalar] = {"cycle": branch.cycle, "branch": branch.name}
    charges = {"charge": 1e3 * branch.charge_ah, "specific_charge": _finite(per_gram * branch.charge_ah)}
    made: list[Row] = []
    for peak, couple in zip(branch.peaks, branch.couples, strict=True):
        values = (
            *(peak.potential, _finite(peak.potential_std)),
            *(1e3 * sign * peak.current, _finite(per_gram * sign * peak.current)),
        )
        made.append({**start, **dict(zip(_OF_A_PEAK, values, strict=True)), **charges, "couple": couple.name})
    return made or [{**start, **dict.fromkeys(_OF_A_PEAK), **charges, "couple": ""}]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def branch_notes(branches: Sequence[Branch], settings: Settings) -> tuple[Note, ...]:
    """Notes on couples (none in the table, several that fit, shifts by kinetics) and on an incomplete cycle."""
    notes = []
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
    if shift > 0.02:
        text = f"peaks are assigned with a shift of up to {1e3 * shift:.0f} mV along the sweep, as in fast sweeps"
        notes.append(Note("info", "peaks_shifted", text))
    if len(branches) % 2:
        notes.append(Note("info", "last_sweep_alone", "the last cycle is incomplete: it has only one sweep"))
    return tuple(notes)
