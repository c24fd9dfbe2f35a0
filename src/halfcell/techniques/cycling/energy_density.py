"""Energy density of a full cell per mass of its electrodes and its separator or solid electrolyte, nothing else."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.techniques.common.findings import Findings
from halfcell.techniques.cycling.capacity_scale import mah_decimals
from halfcell.techniques.cycling.instrument_error import instrument_error

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.settings import Settings

MASSES = (
    *("active_mass_mg", "anode_mass_mg", "separator_mass_mg", "electrolyte_mass_mg"),
    *("cathode_mass_mg", "cathode_active_mass_mg"),
)
BASES = {
    CellKind.FULL: "anode + separator + cathode electrodes",
    CellKind.ASSLB: "anode + solid electrolyte + cathode electrodes",
}


@dataclass(frozen=True)
class StackMass:
    """Mass (mg) that energy densities refer to (None where it is not known), and the note about it."""

    mass_mg: float | None = None
    notes: tuple[Note, ...] = ()


def stack_mass(settings: Settings) -> StackMass:
    """Mass of both electrodes without their collectors, and of what is between them; no casing.

    Between them is the separator (liquid electrolyte: without the liquid) or the solid electrolyte. None where the cell
    is no full cell, or a mass is missing.

    Parameters
    ----------
    settings
        The kind of the cell and the masses of its parts, mg.

    Returns
    -------
    StackMass
        mg; None with a note where a mass is missing.

    Source: definition.
    """
    if settings.kind not in BASES:
        return StackMass()
    between = "electrolyte_mass_mg" if settings.kind is CellKind.ASSLB else "separator_mass_mg"
    masses = {name: getattr(settings, name) for name in ("anode_mass_mg", between, "cathode_mass_mg")}
    missing = [name for name, mass in masses.items() if not mass or mass <= 0]
    if missing:
        text = (
            f"no energy density: {', '.join(missing)} not known (cells.csv); it is per mass of {BASES[settings.kind]}"
        )
        return StackMass(None, (Note("refused", "stack_mass_missing", text),))
    total = sum(masses.values())
    said = " + ".join(f"{mass:g}" for mass in masses.values())
    text = f"energy densities are per mass of {BASES[settings.kind]} ({said} = {total:g} mg); no collector, no casing"
    return StackMass(total, (Note("info", "energy_basis", text),))


def energies(
    cycles: Sequence[Cycle], mass_mg: float | None, kind: CellKind | None, settings: Settings, one_c_a: float
) -> Findings:
    """Energy of a full cell's first complete discharge, E = sum of I U dt, and its energy density.

    Uncertainties are given where the errors of current and voltage are set, that of the energy density also where
    that of the mass (``stack_mass_std_mg``) is.

    Parameters
    ----------
    cycles
        All cycles of a test.
    mass_mg
        What the energy is per, mg.
    kind, settings
        The kind of the cell; errors of instrument and mass.
    one_c_a
        Current at 1C (A), for the note; 0 where it is not known.

    Returns
    -------
    Findings
        ``energy`` (mWh), ``energy_density`` (Wh/kg), and which cycle it was.

    Source: definition.
    """
    cycle = next((c for c in cycles if c.complete and c.role != "pulses" and c.discharge), None)
    if kind not in BASES or cycle is None or cycle.discharge is None:
        return Findings()
    half, error = cycle.discharge, instrument_error(settings)
    relative = error.energy(half) if error else None
    energy = 1e3 * half.energy_wh
    std = energy * relative if relative else None
    decimals = mah_decimals(energy, least=3)
    made = {"energy": Quantity(energy, "mWh", std, "propagated" if std else "", decimals)}
    if mass_mg:
        density, spread = half.energy_wh / mass_mg * 1e6, settings.stack_mass_std_mg
        std = density * math.hypot(relative or 0.0, (spread or 0.0) / mass_mg) if spread else None
        made["energy_density"] = Quantity(density, "Wh/kg", std, "propagated" if std else "", 1)
    made["energy_cycle"] = Quantity(cycle.number, "", decimals=0)
    rate = f" at {half.current_a / one_c_a:.3g} C" if one_c_a > 0 else ""
    role = ", a cycle of formation" if cycle.role == "formation" else ""
    text = f"energy and energy density are those of the discharge of cycle {cycle.number}{rate} "
    text += f"({1e3 * half.current_a:.3g} mA){role}"
    return Findings(quantities=made, notes=(Note("info", "energy_of_cycle", text),))
