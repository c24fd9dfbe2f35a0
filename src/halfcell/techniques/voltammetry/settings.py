"""What can be set for an analysis of voltammetry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of `voltammetry`.

    Parameters
    ----------
    active_mass_mg
        Mass (mg), for currents and charges per gram; without it they are in mA and mAh.
    composition_wt_percent
        The sample's components; their hosts are the couples that a peak may be.
    hosts
        Hosts that a peak may be (Si, Sn, graphite, carbon, Al), beside those of the composition; without any, no
        couples are assigned.
    reference_offset_volt
        Potential of the reference against Li+/Li (V), added to all potentials: 0.62 for Li-In.
    smoothing_mv
        Width of the smoothing before peaks are looked for (mV); features narrower are lost.
    prominence_percent
        How far a peak stands out at least, as a part of the current's range of its sweep (%).
    shift_volt
        How far kinetics may shift the peaks of one sweep from the table of couples (V).
    shown_cycles
        Cycles whose curves the figures show; empty: the last complete one.
    """

    active_mass_mg: float | None = None
    composition_wt_percent: Mapping[str, float] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    reference_offset_volt: float = 0.0
    smoothing_mv: float = 20.0
    prominence_percent: float = 2.0
    shift_volt: float = 0.15
    shown_cycles: tuple[int, ...] = ()
