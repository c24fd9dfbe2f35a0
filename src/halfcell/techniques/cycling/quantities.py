"""Numbers of a cycling test: efficiencies by the cell's kind, retention against a named cycle, rows, refusals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from halfcell.core.quantity import Kind, Quantity
from halfcell.core.result import Note, Scalar
from halfcell.core.sample import CellKind
from halfcell.techniques.cycling.cycles import Cycle, same_rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.techniques.cycling.half_cycles import Half
    from halfcell.techniques.cycling.settings import Settings

SAY_KIND = "set its kind: half, cathode half, full, asslb half, asslb, symmetric (cells.csv; --set kind=half)"


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How capacities are printed: `factor` turns Ah into `unit`; `relative_std` is the mass's own uncertainty."""

    factor: float
    unit: str
    basis: str
    relative_std: float = 0.0

    def of(self, half: Half) -> Quantity:
        """The half cycle's capacity."""
        value = half.charge_ah * self.factor
        std = math.hypot(half.charge_std_ah * self.factor, value * self.relative_std)
        kind: Kind = "propagated" if self.relative_std else "instrument resolution"
        return Quantity(
            value, self.unit, std or None, kind if std else "", 1 if self.unit == "mAh/g" else mah_decimals(value)
        )


def mah_decimals(value: float, least: int = 4) -> int:
    """Four digits after the point (or `least`), and four significant ones of a small cell's capacity or energy."""
    size = abs(value)
    return max(least, 3 - math.floor(math.log10(size))) if 1e-12 < size < 0.1 else least


def scale_of(settings: Settings) -> tuple[Scale, tuple[Note, ...]]:
    """The scale of capacities, and a note that names the mass or says that it is missing."""
    basis, mass = settings.basis
    if mass is None and settings.mass_basis == "none":
        return Scale(factor=1e3, unit="mAh", basis=basis), ()
    if mass is None:
        text = (
            "no capacity per gram: the mass is not known; give active_mass_mg (cells.csv, or --set active_mass_mg=1.2)"
        )
        return Scale(factor=1e3, unit="mAh", basis="no mass"), (Note("refused", "mass_missing", text),)
    if mass <= 0:
        text = f"no capacity per gram: a mass of {mass:g} mg cannot be"
        return Scale(factor=1e3, unit="mAh", basis="no mass"), (Note("refused", "mass_unphysical", text),)
    spread = (settings.active_mass_std_mg or 0.0) / mass
    scale = Scale(factor=1e6 / mass, unit="mAh/g", basis=basis, relative_std=spread)
    return scale, (Note("info", "mass_basis", f"capacities are per gram of {basis} ({mass:g} mg)"),)


def kind_contradiction(kind: CellKind | None, cycles: Sequence[Cycle]) -> str:
    """What in the data speaks against the stated kind; empty where nothing does.

    No full cell with a lithium-metal-oxide or phosphate cathode is discharged below 0.3 V in every cycle and charged to
    below 2.2 V only; no anode half cell is charged above 3.2 V in every cycle while its discharge stops above 1 V.
    """
    tops = [c.charge.voltage_reached for c in cycles if c.charge]
    ends = [c.discharge.voltage_reached for c in cycles if c.discharge]
    if kind is None or kind is CellKind.SYMMETRIC or not tops or not ends:
        return ""
    low, high = median(ends), median(tops)
    if kind.is_anode_half and high > 3.2 and low > 1.0:
        return f"it is cycled between {low:.2f} and {high:.2f} V, as no anode half cell is"
    if not kind.is_anode_half and low < 0.3 and high < 2.2:
        return f"it is cycled between {low:.2f} and {high:.2f} V, as anode half cells are"
    return ""


def kind_notes(settings: Settings, cycles: Sequence[Cycle]) -> tuple[bool, tuple[Note, ...]]:
    """Whether numbers that need the kind may be made, and the reason where not."""
    if settings.kind is None:
        return False, (Note("refused", "kind_missing", f"no Coulombic efficiency: {SAY_KIND}"),)
    if settings.kind is CellKind.SYMMETRIC:
        return False, (Note("refused", "kind_symmetric", "no Coulombic efficiency: a symmetric cell has none"),)
    against = kind_contradiction(settings.kind, cycles)
    if against:
        text = f"no efficiency, no retention: the cell is stated to be of kind {settings.kind.value!r}, but {against}; "
        return False, (Note("refused", "kind_contradicted", f"{text}correct the kind in cells.csv"),)
    return True, ()


def retention(
    cycles: Sequence[Cycle], settings: Settings
) -> tuple[dict[str, Quantity], tuple[Note, ...], tuple[Cycle, str] | None]:
    """Capacity retention (%) of one cycle against another of the same rate, both named.

    Returns the quantities, the notes, and the reference cycle with the kind of capacity, for the rows.
    """
    which = settings.retained
    if not which:
        return {}, (Note("refused", "retention_refused", f"no retention: {SAY_KIND}, or set retention_of"),), None
    done = {c.number: c for c in cycles if c.complete and c.role != "pulses"}
    end = settings.retention_cycle or max(done, default=0)
    if len(cycles) == 1:
        return {}, (Note("info", "single_cycle", "one cycle was recorded: there is no retention"),), None
    if len(done) < 2 or end not in done:
        what = f"cycle {end} is not among them" if len(done) > 1 else "that is fewer than two"
        text = f"no retention: {len(done)} cycles are complete (pulses apart), {what}"
        return {}, (Note("refused", "retention_refused", text),), None
    rate = _current(done[end], which)
    alike = [n for n, c in done.items() if same_rate(_current(c, which), rate)]
    near = next((n for n in alike if done[n].role != "formation"), alike[0])
    begin = settings.reference_cycle or near
    if begin in done and not same_rate(_current(done[begin], which), rate):
        text = (
            f"no retention of cycle {end} against cycle {begin}: they ran at {1e3 * rate:.3g} and "
            f"{1e3 * _current(done[begin], which):.3g} mA; the first cycle at the same rate is {near} (reference_cycle)"
        )
        return {}, (Note("refused", "retention_mixed_rates", text),), None
    return _retained(done.get(begin), done[end], which)


def _retained(
    begin: Cycle | None, end: Cycle, which: str
) -> tuple[dict[str, Quantity], tuple[Note, ...], tuple[Cycle, str] | None]:
    one, two = begin.half(which) if begin else None, end.half(which)
    if begin is None or one is None or two is None or begin.number >= end.number:
        text = (
            f"no retention of cycle {end.number}: no complete cycle before it ran at its rate (or the one set is none)"
        )
        return {}, (Note("refused", "retention_refused", text),), None
    value = 100.0 * two.charge_ah / one.charge_ah
    std = value * math.hypot(one.charge_std_ah / one.charge_ah, two.charge_std_ah / two.charge_ah)
    made = {
        "capacity_retention": Quantity(value, "%", std or None, "instrument resolution" if std else "", 1),
        "reference_cycle": Quantity(begin.number, "", decimals=0),
        "retention_cycle": Quantity(end.number, "", decimals=0),
    }
    text = f"retention is the {which} capacity of cycle {end.number} against cycle {begin.number}"
    return made, (Note("info", "retention_reference", text),), (begin, which)


def _current(cycle: Cycle, which: str) -> float:
    half = cycle.half(which)
    return half.current_a if half else math.nan


def one_c_ampere(settings: Settings, cycles: Sequence[Cycle]) -> tuple[float, str]:
    """The current of 1C (A) and what it rests on, in words; not a number where it is not known."""
    if settings.one_c_ma:
        return settings.one_c_ma / 1e3, "the stated 1C current"
    mass = settings.basis[1]
    if settings.one_c_ma_per_g and mass:
        return settings.one_c_ma_per_g * mass / 1e6, f"the stated 1C of {settings.one_c_ma_per_g:g} mA/g"
    which = settings.retained or "discharge"
    done = sorted((c for c in cycles if c.complete and c.half(which)), key=lambda c: c.role != "cycling")
    half = done[0].half(which) if done else None
    return (half.charge_ah, f"the measured first {which} capacity") if half else (math.nan, "")


def rounded(value: float | None) -> Scalar:
    """A number for a row: ten digits, None where it is not finite."""
    return None if value is None or not math.isfinite(value) else float(f"{value:.10g}")
