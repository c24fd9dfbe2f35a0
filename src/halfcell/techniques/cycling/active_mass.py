"""The mass behind a capacity per gram: what the file states, and whether the capacity is possible with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.materials.capacity_limits import capacity_limit, highest_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.cycling.capacity_scale import Scale
    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.settings import Settings

_MARGIN = 1.05  # times what a host holds: error of weighing
_IRREVERSIBLE = 1.6  # a single half cycle may include side reactions as well as what the host takes up
_BEYOND = 2.0  # times the most that any host holds: neither side reactions nor weighing explain it
_LEAST_MAH_PER_G = 5.0  # less than this in the best cycle is no capacity of an active material
_DIFFERS = 0.03  # fraction by which the mass set may differ from the file's without a note
_DEFAULTS_MG = (0.0, 0.001, 1.0, 1000.0)  # what instruments write when no mass was entered
_TEXT = re.compile(r"\s*(\d+(?:[.,]\d+)?)\s*(m?g)?\s*")
_NAMES = {"mass_g": 1e3, "mass": 1e3, "active_mass_mg": 1.0, "Mass of active material": 1.0, "Characteristic mass": 1.0}
_A_UNIT = 30  # times: no mistake of weighing is so large, one of units is 1000
_BOTH = 2  # directions: charge and discharge
_EQUAL = 1e-6  # relative: masses that are a default of an instrument
_WRONG_UNIT = 10  # times what a host holds: no side reaction is so large, one of units is


def stated_mass(meta: Mapping[str, object]) -> float | None:
    """Active mass (mg) stated in the instrument's file; None where there is none, or only the instrument's default."""
    vendor = meta.get("vendor")
    if not isinstance(vendor, Mapping):
        return None
    for name, scale in _NAMES.items():
        found = _TEXT.fullmatch(str(vendor[name])) if name in vendor else None
        if found is None:
            continue
        unit = {"g": 1e3, "mg": 1.0, None: scale}[found[2]]
        mass = float(found[1].replace(",", ".")) * unit
        if all(abs(mass - default) > _EQUAL * default for default in _DEFAULTS_MG):
            return mass
    return None


def with_file_mass(notes: Sequence[Note], settings: Settings, stated: float | None) -> tuple[Note, ...]:
    """The notes on the mass, with the mass stated in the file where none was set or another one."""
    refused = any(note.code == "capacity_impossible" for note in notes)
    noted = [note for note in notes if not (refused and note.code == "mass_basis")]
    if stated is None or settings.mass_basis == "none":
        return tuple(noted)
    said = f"the file states {stated:.4g} mg"
    noted = [replace(n, text=f"{n.text}; {said}") if n.code == "mass_missing" else n for n in noted]
    mass = settings.basis[1]
    if mass is not None and mass > 0 and abs(stated / mass - 1.0) > _DIFFERS:
        text = f"the mass that was set ({mass:g} mg) is not that of the file: {said}"
        noted.append(Note("doubt", "mass_not_the_files", text))
    return tuple(noted)


def mass_remarks(measurement: Measurement, settings: Settings) -> tuple[tuple[str, str], ...]:
    """The mass that was set against the one that the file states, for a check before any analysis."""
    stated, (_, mass) = stated_mass(measurement.meta), settings.basis
    if stated is None or mass is None or not mass > 0 or abs(stated / mass - 1.0) <= _DIFFERS:
        return ()
    names = ("cathode_active_mass_mg", "active_mass_mg", "anode_mass_mg", "cathode_mass_mg")
    name = next((name for name in names if getattr(settings, name) == mass), "active_mass_mg")
    ratio = max(mass / stated, stated / mass)
    far = f", {ratio:.0f} times {'less' if stated < mass else 'more'}: is it in mg?" if ratio > _A_UNIT else ""
    return ((name, f"{mass:g} mg was set, and the raw file states {stated:.4g} mg{far}"),)


def checked_against_limits(cycles: Sequence[Cycle], scale: Scale, settings: Settings) -> tuple[Scale, tuple[Note, ...]]:
    """The scale, with a doubt where a capacity is above what its material holds; mAh and a refusal where above any.

    The smaller of charge and discharge of each cycle counts: the other includes side reactions.
    """
    held = max(((_reversible(cycle) * scale.factor, cycle.number) for cycle in cycles), default=(0.0, 0))
    if scale.unit != "mAh/g" or held[0] <= 0:
        return scale, ()
    usual = median(_reversible(cycle) for cycle in cycles) * scale.factor
    most = highest_of(settings.carrier)
    ask = f"is {settings.basis[1]:g} mg the mass of the active material?"
    if usual > _WRONG_UNIT * most.mah_per_g:
        ask = f"is the mass in mg? {settings.basis[1]:g} may be in g, 1000 times more"
    if usual > _BEYOND * most.mah_per_g:
        text = f"no capacity per gram: with {settings.basis[1]:g} mg the median cycle has {usual:.0f} mAh/g, and no"
        text += f" material holds more than {most.mah_per_g:.0f} ({most.basis}); {ask}"
        mah = replace(scale, factor=1e3, unit="mAh", basis="no mass", relative_std=None)
        return mah, (Note("refused", "capacity_impossible", text),)
    known = settings.kind is not None and settings.kind.is_half  # in a full cell it is open whose material is named
    if held[0] < _LEAST_MAH_PER_G and settings.kind is not CellKind.SYMMETRIC:
        text = f"no cycle has more than {held[0]:.3g} mAh/g, far less than any active material holds; {ask} "
        text += f"It may be {settings.basis[1]:g} ug, or given in another unit"
        return scale, (Note("doubt", "capacity_far_below", text),)
    named = (settings.material, settings.composition_wt_percent) if known else ("", {})
    limit, why = capacity_limit(*named, carrier=settings.carrier)
    if held[0] <= _MARGIN * limit:
        return scale, ()
    text = f"{held[0]:.0f} mAh/g in cycle {held[1]} is more than the material holds ({limit:.0f} mAh/g: {why}); {ask}"
    return scale, (Note("doubt", "capacity_above_theory", text),)


def _reversible(cycle: Cycle) -> float:
    """The smaller capacity of a cycle (Ah); of a single half cycle its capacity less the most side reactions."""
    charges = [half.charge_ah for half in cycle.halves]
    return min(charges) if len(charges) == _BOTH else charges[0] / _IRREVERSIBLE
