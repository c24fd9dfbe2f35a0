"""The mass behind a capacity per gram: what the file states of it, and what a capacity says against it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any

from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.materials.capacity_limits import HIGHEST_MAH_PER_G, capacity_limit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.capacity_scale import Scale
    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.settings import Settings

_MARGIN = 1.05  # of what a host holds: error of weighing
_IRREVERSIBLE = 1.6  # a lone half cycle may hold side reactions beside what the host takes up
_BEYOND = 2.0  # times the most that any host holds: no side reaction, no weighing explains it
_DIFFERS = 0.03  # part by which the mass set and the file's may differ unsaid
_UNTYPED_MG = (0.0, 0.001, 1.0, 1000.0)  # what instruments write when nobody typed a mass
_TEXT = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(m?g)?\s*")
_NAMES = {"mass_g": 1e3, "mass": 1e3, "active_mass_mg": 1.0, "Mass of active material": 1.0, "Characteristic mass": 1.0}


def stated_mass(meta: Mapping[str, Any]) -> float | None:
    """Active mass (mg) that the instrument's file states; None where it states none, or what stands there untyped."""
    vendor = meta.get("vendor")
    if not isinstance(vendor, Mapping):
        return None
    for name, scale in _NAMES.items():
        found = _TEXT.fullmatch(str(vendor[name])) if name in vendor else None
        if found is None:
            continue
        unit = {"g": 1e3, "mg": 1.0, None: scale}[found[2]]
        mass = float(found[1].replace(",", ".")) * unit
        if all(abs(mass - untyped) > 1e-6 * untyped for untyped in _UNTYPED_MG):
            return mass
    return None


def of_file(notes: Sequence[Note], settings: Settings, stated: float | None) -> tuple[Note, ...]:
    """The notes on the mass, with what the file states of it: beside a missing one, or where the one set differs."""
    refused = any(note.code == "capacity_impossible" for note in notes)
    noted = [note for note in notes if not (refused and note.code == "mass_basis")]
    if stated is None or settings.mass_basis == "none":
        return tuple(noted)
    said = f"the file states {stated:.4g} mg"
    noted = [replace(n, text=f"{n.text}; {said}") if n.code == "mass_missing" else n for n in noted]
    mass = settings.basis[1]
    if mass is not None and mass > 0 and abs(stated / mass - 1.0) > _DIFFERS:
        text = f"the mass of {mass:g} mg that was set is not the file's: {said}"
        noted.append(Note("doubt", "mass_not_the_files", text))
    return tuple(noted)


def held_against_nature(cycles: Sequence[Cycle], scale: Scale, settings: Settings) -> tuple[Scale, tuple[Note, ...]]:
    """The scale and a doubt where a capacity is beyond what its material holds; mAh and a refusal where beyond all.

    Of each cycle the smaller of charge and discharge counts: the other holds side reactions.
    """
    held = max(((_reversible(cycle) * scale.factor, cycle.number) for cycle in cycles), default=(0.0, 0))
    if scale.unit != "mAh/g" or held[0] <= 0:
        return scale, ()
    usual = median(_reversible(cycle) for cycle in cycles) * scale.factor
    ask = f"is {settings.basis[1]:g} mg the mass of the active material?"
    if usual > 10 * HIGHEST_MAH_PER_G:
        ask = f"is the mass in mg? {settings.basis[1]:g} may be in g, 1000 times more"
    if usual > _BEYOND * HIGHEST_MAH_PER_G:
        text = f"no capacity per gram: {settings.basis[1]:g} mg make {usual:.0f} mAh/g in the median cycle, and no"
        text += f" material holds more than {HIGHEST_MAH_PER_G:.0f} (Li22Si5); {ask}"
        mah = replace(scale, factor=1e3, unit="mAh", basis="no mass", relative_std=0.0)
        return mah, (Note("refused", "capacity_impossible", text),)
    anode = settings.kind is not None and settings.kind.is_anode_half
    known = anode or settings.kind is CellKind.CATHODE_HALF  # of a full cell, whose material is named is open
    limit, why = capacity_limit(*((settings.material, settings.composition_wt_percent) if known else ("", {})))
    if held[0] <= _MARGIN * limit:
        return scale, ()
    text = f"{held[0]:.0f} mAh/g in cycle {held[1]} is more than the material holds ({limit:.0f} mAh/g: {why}); {ask}"
    return scale, (Note("doubt", "capacity_above_theory", text),)


def _reversible(cycle: Cycle) -> float:
    """The smaller capacity of a cycle (Ah); of a lone half cycle what is left without side reactions at their most."""
    charges = [half.charge_ah for half in cycle.halves]
    return min(charges) if len(charges) == 2 else charges[0] / _IRREVERSIBLE
