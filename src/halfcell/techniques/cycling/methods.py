"""The methods section of cycling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from halfcell.techniques.common.methods_text import by_subject, listed, measured_with, setting, settings_range

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Result
    from halfcell.techniques.cycling.result import CyclingResult

_ANODE_HALF = {"half", "asslb half"}
_METALS = {"Li": "lithium", "Na": "sodium", "K": "potassium"}
_NAMES = {
    "half": "half cells against {metal}",
    "cathode half": "half cells of the cathodes against {metal}",
    "full": "full cells",
    "asslb half": "all-solid-state half cells",
    "asslb cathode half": "all-solid-state half cells of the cathodes",
    "asslb": "all-solid-state full cells",
    "symmetric": "symmetric cells",
}
_HELD_ROWS = ("charge_cv_share", "discharge_cv_share")
_HELD_PERCENT = 1.0  # of the charge at constant voltage, from which on a half cycle is not only galvanostatic


def methods(results: Sequence[Any]) -> str:
    """What was cycled, what capacities refer to, how efficiency and retention are defined."""
    metal = _METALS.get(str(setting(results, "carrier")), "the carrier’s metal")
    what = listed(_NAMES.get(result.kind, "cells").format(metal=metal) for result in results)
    parts = [
        measured_with(results, f"{what[:1].upper()}{what[1:]} were cycled {_protocol(results)}"),
        _capacities(results),
    ]
    parts += [_efficiency(results), _retention(results), _rates(results)]
    parts.append(_differential(results))
    return " ".join(part for part in parts if part)


def _protocol(results: Sequence[CyclingResult]) -> str:
    """Galvanostatically, or with parts at constant voltage where half cycles hold charge so."""
    held = [result.label for result in results if _is_held(result)]
    if not held:
        return "galvanostatically"
    which = f" ({listed(held)})" if len(held) < len(results) and any(held) else ""
    return f"at constant current, with parts at constant voltage{which}"


def _is_held(result: CyclingResult) -> bool:
    shares = [row.get(name) for row in result.rows for name in _HELD_ROWS]
    return any(isinstance(share, int | float) and share > _HELD_PERCENT for share in shares)


def _capacities(results: Sequence[CyclingResult]) -> str:
    per_gram = [result for result in results if result.capacity_unit == "mAh/g"]
    if not per_gram:
        return ""
    basis = listed(result.basis for result in per_gram)
    masses = settings_range(per_gram, "active_mass_mg", "mg") if basis == "active material" else ""
    return f"Capacities are given per gram of {basis}{f' ({masses} per cell)' if masses else ''}."


def _efficiency(results: Sequence[CyclingResult]) -> str:
    kinds = {result.kind for result in results}
    anodes, others = kinds & _ANODE_HALF, kinds - _ANODE_HALF - {"", "symmetric"}
    said = {"charge/discharge": "charge over the discharge", "discharge/charge": "discharge over the charge"}
    chosen = said.get(str(setting(results, "efficiency_of")))
    if chosen and (anodes or others):
        return f"The Coulombic efficiency is the {chosen} capacity of the same cycle."
    if anodes and others:
        return (
            "The Coulombic efficiency is the charge (delithiation) capacity over the discharge (lithiation) "
            "capacity of "
            "the same cycle in half cells of the anode, and the discharge over the charge capacity in all other cells."
        )
    if anodes:
        return (
            "The Coulombic efficiency is the charge (delithiation) capacity over the discharge (lithiation) "
            "capacity of "
            "the same cycle."
        )
    return "The Coulombic efficiency is the discharge over the charge capacity of the same cycle." if others else ""


def _retention(results: Sequence[CyclingResult]) -> str:
    which = listed(result.retained for result in results if "capacity_retention" in result.quantities)
    if not which:
        return ""
    words = {"charge": "charge capacity", "discharge": "discharge capacity"}.get(
        which, "charge (half cells of the anode) or discharge capacity (all others)"
    )
    reference = setting(results, "reference_cycle")
    begin = f"cycle {reference}" if reference else "the first complete cycle at the same rate"
    return f"The capacity retention is the {words} relative to that of {begin}."


def _rates(results: Sequence[CyclingResult]) -> str:
    """What 1C is, and the rate equation if it was fitted."""
    one_c = by_subject(results, _one_c)
    said = f"1C stands for {one_c}." if one_c else ""
    fitted = any("rate_exponent" in result.quantities for result in results)
    equation = "Capacities over rate were described by a rate equation [@hc-tian2019]." if fitted else ""
    return " ".join(part for part in (said, equation) if part)


def _one_c(result: Result) -> str:
    value = result.settings.get("one_c_ma_per_g")
    return f"{value:.4g} mA g^{{−1}}" if isinstance(value, int | float) else ""


def _differential(results: Sequence[CyclingResult]) -> str:
    window, step = setting(results, "dqdv_window_mv"), setting(results, "dqdv_step_mv")
    if not window or not step or not any(curve.chosen for result in results for curve in result.curves):
        return ""
    return f"Differential capacities were calculated over a window of {window:g} mV in steps of {step:g} mV."
