"""Settings of voltammetry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from halfcell.core.settings import CheckedSettings
from halfcell.materials.carriers import Carrier, Reference


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `voltammetry`.

    Parameters
    ----------
    carrier
        The ion that is taken up; there is a table of couples for lithium only.
    reference
        The electrode to which the potential refers. ``auto`` is the carrier's metal where hosts are named, an offset is
        given or the carrier is not lithium, else it is not known.
    active_mass_mg
        Mass (mg) for currents and charges per gram; without it they are in mA and mAh.
    composition_wt_percent
        Composition of the sample in wt%; a peak may belong to the couples of its hosts.
    hosts
        Further hosts whose couples a peak may belong to (Si, Sn, graphite, carbon, Al); without any host no couples are
        assigned.
    reference_offset_volt
        Potential of the reference against the carrier's metal (V), added to all potentials: 0.62 for Li-In.
    series_resistance_ohm
        Uncompensated resistance (ohm): the potential is corrected by the current times it. Sweeps and scan rate are
        those that were set, before the correction.
    area_cm2, concentration_mol_per_cm3, electrons, temperature_degc
        Area of the electrode, concentration of the reactant, electrons per reactant and temperature, for the diffusion
        coefficient from a series of scan rates (Randles and Sevcik).
    smoothing_mv
        Width of the smoothing before the search for peaks (mV); narrower features are lost. Where it holds fewer than
        five records, nothing is smoothed. The quantity ``smoothing_width`` is the width that was really used.
    prominence_percent
        Smallest prominence of a peak, in per cent of the range of the current in its sweep.
    shift_volt
        Largest shift of the peaks of a sweep from the table of couples by kinetics (V).
    shown_cycles
        Cycles shown in the figures; without any, the last complete one.
    """

    carrier: Carrier = "Li"
    reference: Reference = "auto"
    active_mass_mg: float | None = None
    composition_wt_percent: Mapping[str, float] = field(default_factory=dict)
    hosts: tuple[str, ...] = ()
    reference_offset_volt: float = 0.0
    series_resistance_ohm: float | None = None
    area_cm2: float | None = None
    concentration_mol_per_cm3: float | None = None
    electrons: int = 1
    temperature_degc: float = 25.0
    smoothing_mv: float = 20.0
    prominence_percent: float = 2.0
    shift_volt: float = 0.15
    shown_cycles: tuple[int, ...] = ()
