"""The rows of a result: one per cycle, and one per stretch of cycles at one rate."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from halfcell.techniques.cycling.cycles import same_pair, same_rate
from halfcell.techniques.cycling.efficiency import efficiency, energy_efficiency
from halfcell.techniques.cycling.retention import MOST_PERCENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.result import Row, Scalar
    from halfcell.core.sample import CellKind
    from halfcell.techniques.cycling.capacity_scale import Scale
    from halfcell.techniques.cycling.cycles import Cycle
    from halfcell.techniques.cycling.half_cycles import Half


_HELD_PERCENT = 90.0  # with more of its charge at constant voltage a half cycle has no rate


@dataclass(frozen=True, kw_only=True)
class RowBasis:
    """What the rows of one test refer to.

    Parameters
    ----------
    scale
        Turns charges into capacities.
    kind
        The cell's kind; None where efficiencies are refused.
    one_c_a
        The current of 1C (A).
    retained
        Which capacity retention is of: ``charge``, ``discharge``, or empty.
    reference
        The cycle to which retention refers.
    stack_mg, area_cm2
        What energy densities and areal values are on.
    cell_voltage
        Whether the voltage is the cell's; where it is not, there are no energies and mean voltages.
    """

    scale: Scale
    kind: CellKind | None
    one_c_a: float
    retained: str
    reference: Cycle | None = None
    stack_mg: float | None = None
    area_cm2: float | None = None
    cell_voltage: bool = True


def cycle_rows(cycles: Sequence[Cycle], basis: RowBasis) -> tuple[Row, ...]:
    """One row per cycle, precycle and unfinished ones included; numbers with ten digits, None where not finite."""
    rows = [_cycle_row(cycle, basis) for cycle in cycles]
    flat = [value for row in rows for value in row.values() if type(value) is float]
    texts = ("%.10g " * len(flat)) % tuple(flat)  # all at once: one by one takes half of the rows' time
    neat = map(float, texts.split())
    for row in rows:
        for name, value in row.items():
            if type(value) is float:
                short = next(neat)
                row[name] = short if math.isfinite(short) else None
    return tuple(rows)


def _cycle_row(cycle: Cycle, basis: RowBasis) -> dict[str, Scalar]:
    halves = (("discharge", cycle.discharge), ("charge", cycle.charge))
    row: dict[str, Scalar] = {"cycle": cycle.number, "complete": cycle.complete, "role": cycle.role}
    row["block"] = cycle.block
    for name, half in halves:
        row[f"{name}_capacity"] = half.charge_ah * basis.scale.factor if half else None
    quantity = efficiency(cycle, basis.kind)
    row["coulombic_efficiency"] = quantity.value if quantity else None
    row["energy_efficiency"] = energy_efficiency(cycle, basis.kind) if basis.cell_voltage else None
    for name, half in halves:
        row[f"mean_{name}_voltage"] = half.mean_voltage if half and basis.cell_voltage else None
    both_known = cycle.charge and cycle.discharge and basis.cell_voltage
    gap = cycle.charge.mean_voltage - cycle.discharge.mean_voltage if both_known else None  # type: ignore[union-attr]
    row["voltage_hysteresis"] = gap
    for name, half in halves:
        row[f"{name}_energy"] = 1e3 * half.energy_wh if half and basis.cell_voltage else None
    for name, half in halves:
        _half_row(row, name, half, basis)
    main = cycle.charge if basis.retained == "charge" else cycle.discharge
    _bases(row, main, cycle.discharge, basis)
    row["c_rate"] = main.current_a / basis.one_c_a if main else None
    row["retention"] = _retention(cycle, basis)
    both = cycle.halves
    row["rest_time"] = sum(half.rest_s for half in both) / 3600.0
    row["instrument_cycle"] = both[0].instrument_cycle
    row["first_row"], row["last_row"] = both[0].first_row, both[-1].last_row
    return row


def _retention(cycle: Cycle, basis: RowBasis) -> float | None:
    """Capacity over that of the reference (%), of a complete cycle at the reference's pair of currents."""
    reference = basis.reference
    if reference is None or not cycle.complete or not same_pair(cycle, reference):
        return None
    main, first = cycle.half(basis.retained), reference.half(basis.retained)
    if main is None or first is None:
        return None
    value = 100.0 * main.charge_ah / first.charge_ah
    return value if value <= MOST_PERCENT else None


def _bases(row: dict[str, Scalar], main: Half | None, discharge: Half | None, basis: RowBasis) -> None:
    """Current density, areal capacity and energy density, each on its own basis."""
    area = basis.area_cm2 or math.nan
    stack = basis.stack_mg or math.nan
    row["current_density"] = main.current_a * basis.scale.factor if main else None
    row["areal_current"] = 1e3 * main.current_a / area if main else None
    row["areal_capacity"] = 1e3 * main.charge_ah / area if main else None
    row["energy_density"] = 1e6 * discharge.energy_wh / stack if discharge else None


def _half_row(row: dict[str, Scalar], name: str, half: Half | None, basis: RowBasis) -> None:
    """What a row gives of one half cycle besides capacity, voltage and energy."""
    row[f"{name}_current"] = 1e3 * half.current_a if half else None
    row[f"{name}_current_density"] = half.current_a * basis.scale.factor if half else None
    row[f"{name}_c_rate"] = half.current_a / basis.one_c_a if half else None
    row[f"{name}_cv_share"] = 100.0 * half.cv_ah / half.charge_ah if half else None
    row[f"{name}_duration"] = half.duration_s / 3600.0 if half else None


def block_rows(rows: Sequence[Row], use: str = "last") -> tuple[Row, ...]:
    """One row per stretch of complete cycles at one rate: the values of its last cycle, or the mean of its cycles.

    A later block at the pair of currents of an earlier one (without formation) has a `recovery` (%): its last capacity
    over that of the first such block.
    """
    made: list[dict[str, Scalar]] = []
    for block in sorted({int(row["block"] or 0) for row in rows if row["complete"]} - {0}):
        mine = [row for row in rows if row["block"] == block and row["complete"]]
        made.append(_block_row(block, mine, use))
    for row in made:
        start = next((one for one in made if one["role"] == "cycling" and same_currents(row, one)), None)
        again = start is not None and row is not start and row["role"] == "cycling"
        for name in ("charge", "discharge"):
            key = f"{name}_capacity"
            now, then = row[key], start[key] if start else None
            fine = again and isinstance(now, float) and isinstance(then, float)
            value = 100.0 * now / then if fine else math.inf  # type: ignore[operator]
            row[f"{name}_recovery"] = _rounded(value) if value <= MOST_PERCENT else None
    return tuple(made)


def same_currents(row: Row, start: Row) -> bool:
    """Whether a block runs at another block's pair of currents.

    Parameters
    ----------
    row, start
        Rows of two stretches, with the currents (A) and the shares at constant voltage (%).

    Returns
    -------
    bool
        A half cycle that is held throughout fits any current.

    Source: procedure of this package.
    """
    for name in ("charge", "discharge"):
        one, two = row[f"{name}_current"], start[f"{name}_current"]
        if not (isinstance(one, float) and isinstance(two, float)):
            return False
        shares = [float(each[f"{name}_cv_share"] or 0.0) for each in (row, start)]
        if max(shares) <= _HELD_PERCENT and not same_rate(one, two):
            return False
    return True


_OF_A_BLOCK = (
    *(f"{name}_{what}" for name in ("discharge", "charge") for what in ("capacity", "energy", "current", "cv_share")),
    *("mean_discharge_voltage", "mean_charge_voltage", "c_rate", "current_density"),
    *(f"{name}_{what}" for name in ("discharge", "charge") for what in ("c_rate", "current_density")),
    *("areal_current", "areal_capacity", "energy_density", "coulombic_efficiency", "energy_efficiency"),
)


def _block_row(block: int, rows: Sequence[Row], use: str) -> dict[str, Scalar]:
    last = rows[-1]
    made: dict[str, Scalar] = {"block": block, "role": last["role"]}
    made |= {"first_cycle": rows[0]["cycle"], "last_cycle": last["cycle"], "cycles": len(rows)}
    return made | {name: _mean(rows, name) if use == "mean" else last[name] for name in _OF_A_BLOCK}


def _mean(rows: Sequence[Row], name: str) -> Scalar:
    values = [float(value) for row in rows if isinstance(value := row[name], float | int)]
    return _rounded(fmean(values)) if values else None


def _rounded(value: float) -> Scalar:
    """A number with ten digits; None where it is not finite."""
    return float(f"{value:.10g}") if math.isfinite(value) else None
