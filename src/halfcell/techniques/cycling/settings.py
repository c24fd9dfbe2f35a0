"""Settings of cycling; many come from the table of cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from halfcell.core.sample import CellKind
from halfcell.core.settings import CheckedSettings
from halfcell.materials.carriers import Carrier, Reference, against

MassBasis = Literal["auto", "active", "cathode active", "anode", "cathode", "none"]
ChargeFrom = Literal["auto", "counters", "integral"]


@dataclass(frozen=True, kw_only=True)
class Settings(CheckedSettings):
    """Settings of `cycling`.

    Parameters
    ----------
    kind
        The kind of cell, which decides which half cycle comes first and how efficiencies are formed. Never guessed.
    carrier
        The ion that carries the charge; axis labels, capacity limits and words follow it.
    reference
        The electrode to which the voltage refers; ``auto`` is the carrier's metal in half cells of two electrodes.
    reference_offset_volt
        Potential of the reference against the carrier's metal (V), added to voltages of a half cell: 0.62 for Li-In.
    first
        Which half cycle a cycle begins with; ``auto``: the discharge of an anode half cell, the charge of other cells.
        Cells that are assembled charged and discharged first (Li-S, conversion cathodes) need ``discharge``.
    efficiency_of
        What the Coulombic efficiency of a cycle is: ``charge/discharge`` or ``discharge/charge``. ``auto``: the former
        in an anode half cell, else the latter. A conversion cathode that is discharged first needs the former.
    active_mass_mg, cathode_active_mass_mg, anode_mass_mg, cathode_mass_mg
        Masses (mg), for capacities in mAh/g.
    separator_mass_mg, electrolyte_mass_mg
        Masses (mg) for energy densities: of the separator in a cell with liquid electrolyte, of the solid electrolyte
        in an ASSLB.
    anode_capacity_mah_per_cm2, cathode_capacity_mah_per_cm2
        Areal capacities (mAh/cm2) of a full cell's electrodes, for the N/P ratio.
    area_cm2
        Area of the electrode (cm2), for areal capacities and current densities.
    mass_basis
        The mass that capacities refer to. ``auto``: the cathode's active mass in a full cell where it is known, else
        the active mass. ``none``: capacities in mAh.
    active_mass_std_mg
        Standard uncertainty of that mass (mg); it is part of the uncertainty of the capacities.
    stack_mass_std_mg
        Standard uncertainty (mg) of the mass that energy densities refer to.
    current_accuracy_percent, current_offset_a, voltage_accuracy_volt
        Limits of error of the cycler by its data sheet: of the current's gain (% of reading), its offset (A), and the
        voltage (V). Without the first two no uncertainty of charges and efficiencies is given, without the third none
        of energies and mean voltages.
    material, composition_wt_percent
        The active material of a half cell (``graphite``, ``Si/Sn-10``), or its composition in wt%: capacities above
        what it can hold are doubted. Without them the limit is that of any host.
    one_c_ma_per_g, one_c_ma
        The current called 1C, per gram of the basis or in mA; without it 1C is that of the measured capacity.
    reference_cycle
        Cycle to which retention refers; 0 takes the first complete cycle at the same rate.
    retention_cycle
        Cycle whose retention is given ("after 30 cycles" is 30); 0 takes the last complete one.
    retention_of
        Which capacity retention is of; ``auto``: charge in an anode half cell, discharge otherwise.
    efficiency_cycles
        First and last cycle of the mean Coulombic efficiency; without it those after the first one, without formation.
    efficiency_method
        ``cycle``, or ``reservoir``: that of plating on a foil which holds a reservoir of lithium (Adams et al. 2018).
    pulse_after_s
        Time (s) after the beginning of a pulse, or of a half cycle, at which the resistance is taken.
    diffusion_length_um
        Volume of the active material over its surface (um; a third of the radius of spheres), for diffusion
        coefficients from titrations (GITT, PITT).
    diffusion_geometry
        The form of the active material in a titration with steps of the potential (PITT): ``plane`` (a film on its
        collector) or ``sphere``.
    fade_limit_percent
        The first cycle with a retention below this (%) is given.
    profile_cycles, profile_every
        Cycles whose voltage profiles are kept for the figures; with `profile_every` = 10 also cycles 10, 20, 30 ...
    exclude_cycles
        Cycles that are left out of efficiencies, retention and the figures over cycles (a power cut, a cold night).
        They are named in a note, and their profiles are still shown where asked for.
    dqdv_window_mv, dqdv_step_mv
        Window of the differential capacity, and the distance of its points (mV). Without them the window is the
        narrowest that the noise and the last digit of the voltage allow (4 to 20 mV), and its quarter the distance.
    dvdq_window_percent
        Window of the differential voltage, in per cent of the half cycle's capacity.
    rate_cycle
        What represents a stretch of cycles at one rate: its last complete cycle, or the mean of all.
    charge_from
        Source of charge and energy: the instrument's counters, our own integral, or ``auto``: the counters where they
        agree with the integral.
    blip_percent
        A reversal with less charge than this (per cent of the median half cycle) does not end a half cycle.
    pause_after_s
        An interval between records longer than this (s) is taken as a pause without current. Without it the charge of
        every interval counts, with a doubt about long ones. The instrument's counters stop in a pause by themselves.
    lower_cutoff_volt, upper_cutoff_volt
        Voltages at which half cycles end; without them the median end voltages are taken.
    """

    kind: CellKind | None = None
    carrier: Carrier = "Li"
    reference: Reference = "auto"
    reference_offset_volt: float = 0.0
    first: Literal["auto", "charge", "discharge"] = "auto"
    efficiency_of: Literal["auto", "charge/discharge", "discharge/charge"] = "auto"
    active_mass_mg: float | None = None
    cathode_active_mass_mg: float | None = None
    anode_mass_mg: float | None = None
    cathode_mass_mg: float | None = None
    separator_mass_mg: float | None = None
    electrolyte_mass_mg: float | None = None
    anode_capacity_mah_per_cm2: float | None = None
    cathode_capacity_mah_per_cm2: float | None = None
    area_cm2: float | None = None
    mass_basis: MassBasis = "auto"
    active_mass_std_mg: float | None = None
    stack_mass_std_mg: float | None = None
    current_accuracy_percent: float | None = None
    current_offset_a: float | None = None
    voltage_accuracy_volt: float | None = None
    material: str = ""
    composition_wt_percent: Mapping[str, float] = field(default_factory=dict)
    one_c_ma_per_g: float | None = None
    one_c_ma: float | None = None
    reference_cycle: int = 0
    retention_cycle: int = 0
    retention_of: Literal["auto", "charge", "discharge"] = "auto"
    efficiency_cycles: tuple[int, ...] = ()
    efficiency_method: Literal["cycle", "reservoir"] = "cycle"
    pulse_after_s: float = 10.0
    diffusion_length_um: float | None = None
    diffusion_geometry: Literal["plane", "sphere"] = "plane"
    fade_limit_percent: float = 80.0
    profile_cycles: tuple[int, ...] = (1,)
    profile_every: int = 0
    exclude_cycles: tuple[int, ...] = ()
    dqdv_window_mv: float | None = None
    dqdv_step_mv: float | None = None
    dvdq_window_percent: float = 2.0
    rate_cycle: Literal["last", "mean"] = "last"
    charge_from: ChargeFrom = "auto"
    blip_percent: float = 1.0
    pause_after_s: float | None = None
    lower_cutoff_volt: float | None = None
    upper_cutoff_volt: float | None = None

    def keeps_profile(self, cycle: int) -> bool:
        """Whether the voltage profile of a cycle is kept for the figures."""
        often = self.profile_every > 0 and cycle > 0 and cycle % self.profile_every == 0
        return cycle in self.profile_cycles or often

    @property
    def basis(self) -> tuple[str, float | None]:
        """Name of the mass that capacities refer to, and the mass in mg; None where it is not known."""
        named = {
            "active": ("active material", self.active_mass_mg),
            "cathode active": ("cathode active material", self.cathode_active_mass_mg),
            "anode": ("anode electrode", self.anode_mass_mg),
            "cathode": ("cathode electrode", self.cathode_mass_mg),
            "none": ("no mass", None),
        }
        if self.mass_basis != "auto":
            return named[self.mass_basis]
        full = self.kind in {CellKind.FULL, CellKind.ASSLB}
        return named["cathode active" if full and self.cathode_active_mass_mg else "active"]

    @property
    def voltage_unit(self) -> str:
        """The unit of the voltages: against an electrode in a half cell, plain in other cells."""
        if self.kind is None or not self.kind.is_half:
            return "V"
        metal = not self.kind.is_solid_state
        return against(self.carrier, self.reference, self.reference_offset_volt, metal=metal)

    @property
    def retained(self) -> Literal["charge", "discharge", ""]:
        """The capacity that retention is of; empty where the kind is needed and not known."""
        if self.retention_of != "auto":
            return self.retention_of
        if self.kind is None:
            return ""
        return "charge" if self.kind.is_anode_half else "discharge"
