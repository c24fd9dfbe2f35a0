"""From a quantity with qualifier and process to the name that the rules use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.units import Unit, parse

if TYPE_CHECKING:
    from halfcell.audit.heads.conditions import Conditions

_CONDUCTIVITIES = {
    "bulk": "bulk_conductivity",
    "total": "total_conductivity",
    "grain boundary": "boundary_conductivity",
}
_BY_TAG = {
    "theoretical": "theoretical_capacity",
    "balancing": "balancing_capacity",
    "rate": "rate_capacity",
    "nominal": "rate_capacity",
    "plateau": "plateau_capacity",
    "slope": "slope_capacity",
    "design": "design_capacity",
}


def quantity_name(base: str, tags: frozenset[str], process: str, unit: Unit | None, also: Conditions) -> str:
    """The name of a quantity; empty if the parts contradict each other."""
    first = "first" in tags or also.cycle == 1
    if base == "capacity":
        return _capacity(tags, process, unit, also)
    if base in {"coulombic_efficiency", "initial_coulombic_efficiency"}:
        initial = (first or base.startswith("initial")) and "mean" not in tags
        return "initial_coulombic_efficiency" if initial else "coulombic_efficiency"
    if base in {"ionic_conductivity", "conductivity"}:
        return next((name for tag, name in _CONDUCTIVITIES.items() if tag in tags), base)
    special = {
        "capacity_loss": "fade_per_cycle" if unit and "cycle" in unit.text else "irreversible_loss" if first else base,
        "mass_fraction": "composition" if unit and unit.kind in {"at%", "mol%"} else base,
        "density": "theoretical_density" if "theoretical" in tags else base,
        "capacity_retention": "reversible_capacity" if _is(unit, "mAh/g") else base,
    }
    return special.get(base, base)


def _capacity(tags: frozenset[str], process: str, unit: Unit | None, also: Conditions) -> str:
    """The kind of a capacity."""
    if "irreversible" in tags and unit and unit.dimension[4] == -2 and "cm" not in unit.text:  # of the surface
        return ""
    if "irreversible" in tags or _is(unit, "%"):
        return "irreversible_loss" if "irreversible" in tags else ""
    named = next((name for tag, name in _BY_TAG.items() if tag in tags), "")
    if named:
        return named
    if also.cycle == 1 or "first" in tags:
        if not process and _is(unit, "mAh/cm2"):
            return "areal_capacity"
        return f"initial_{process}_capacity" if process else "initial_capacity"
    return _later(tags, process, unit, also)


def _later(tags: frozenset[str], process: str, unit: Unit | None, also: Conditions) -> str:
    """The kind of a capacity that is not said to be the first."""
    if "volumetric" in tags or _is(unit, "mAh/cm3") or _is(unit, "mAh/cm2"):
        return "areal_capacity" if _is(unit, "mAh/cm2") else "volumetric_capacity"
    if "reversible" in tags or "final" in tags or (also.cycled and not process):
        return "reversible_capacity"
    if process:
        return f"{process}_capacity"
    return "total_capacity" if "total" in tags else "capacity"


def _is(unit: Unit | None, text: str) -> bool:
    known = parse(text)
    return bool(unit and known and unit.dimension == known.dimension and unit.kind == known.kind)
