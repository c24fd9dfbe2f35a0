"""From a quantity with qualifier and process to the name that the rules use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.units import Unit, parse

if TYPE_CHECKING:
    from halfcell.audit.heads.conditions import Conditions

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
    if base == "capacity":
        return _capacity(tags, process, unit, also)
    if base in {"coulombic_efficiency", "initial_coulombic_efficiency"}:
        first = base.startswith("initial") or "first" in tags or also.cycle == 1
        return "initial_coulombic_efficiency" if first and "mean" not in tags else "coulombic_efficiency"
    if base == "density" and "theoretical" in tags:
        return "theoretical_density"
    if base in {"ionic_conductivity", "conductivity"}:
        named = {"bulk": "bulk_conductivity", "total": "total_conductivity", "grain boundary": "boundary_conductivity"}
        return next((name for tag, name in named.items() if tag in tags), base)
    if base == "capacity_retention" and _is(unit, "mAh/g"):
        return "reversible_capacity"
    return base


def _capacity(tags: frozenset[str], process: str, unit: Unit | None, also: Conditions) -> str:
    """The kind of a capacity."""
    if "irreversible" in tags or _is(unit, "%"):
        return "irreversible_loss" if "irreversible" in tags else ""
    named = next((name for tag, name in _BY_TAG.items() if tag in tags), "")
    if named:
        return named
    if also.cycle == 1 or "first" in tags:
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
