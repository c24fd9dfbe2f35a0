"""Analyse cycling: find half cycles, pair them into cycles, and compute what they give."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.techniques.common.measurement_checks import signed_current
from halfcell.techniques.cycling.active_mass import checked_against_limits, stated_mass, with_file_mass
from halfcell.techniques.cycling.c_rate import one_c
from halfcell.techniques.cycling.capacity_scale import Scale, scale_of
from halfcell.techniques.cycling.cell_kind import kind_refusals
from halfcell.techniques.cycling.cell_voltage import constant_refusal, voltage_refusals
from halfcell.techniques.cycling.current_sign import sign_doubts
from halfcell.techniques.cycling.cycle_rows import RowBasis, block_rows, cycle_rows, fade
from halfcell.techniques.cycling.cycles import Cycle, pair
from halfcell.techniques.cycling.efficiency import doubts, efficiency
from halfcell.techniques.cycling.electrode_area import area_doubts
from halfcell.techniques.cycling.electrode_balance import np_ratio
from halfcell.techniques.cycling.energy_density import MASSES, StackMass, energies, stack_mass
from halfcell.techniques.cycling.half_cycles import find_halves
from halfcell.techniques.cycling.rate_capability import rate_equation
from halfcell.techniques.cycling.result import CyclingResult
from halfcell.techniques.cycling.retention import Retention, retention
from halfcell.techniques.cycling.voltage_profiles import curves, no_profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.cycling.half_cycles import FoundHalfCycles
    from halfcell.techniques.cycling.settings import Settings

    Notes = tuple[Note, ...]


def analyse(measurement: Measurement, settings: Settings) -> CyclingResult:
    """Find the cycles of a test and compute their quantities.

    Parameters
    ----------
    measurement
        Columns ``test_time_second``, ``current_ampere`` (positive charges), ``voltage_volt``; steps, counters and the
        instrument's cycle numbers where the file has them.
    settings
        Among them the cell's kind and masses; quantities that need a missing one are refused, the others are made.

    Returns
    -------
    CyclingResult
        ICE (%) of cycle 1, its capacities, retention against a named reference cycle, one row per cycle, the curves of
        the chosen cycles. Uncertainties are those of the integration: noise of the current, and records missing where a
        half cycle begins.

    Raises
    ------
    InputError
        If the file has no time, current or voltage, or ``pause_after_s`` is not above zero.
    Refused
        If the file does not tell charging from discharging, or the unit of its time, current or counters.
    """
    found = find_halves(signed_current(measurement), settings)
    cycles, paired = pair(found.halves, settings, len(measurement))
    scale, on_mass = scale_of(settings)
    scale, beyond = checked_against_limits(cycles, scale, settings)
    masses = with_file_mass(
        (*on_mass, *beyond, *area_doubts(cycles, settings)), settings, stated_mass(measurement.meta)
    )
    notes = (*found.notes, *_sign_doubts(found, measurement, settings), *paired, *masses)
    if not cycles:
        none = Note("refused", "no_cycle", "no capacity: the record holds no half cycle")
        return CyclingResult(
            technique="cycling",
            quantities={"cycle_count": Quantity(0, "", decimals=0)},
            notes=(*notes, none),
            capacity_unit=scale.unit,
            basis=scale.basis,
        )
    constant = constant_refusal(found.record)
    no_voltage = (*constant, *voltage_refusals(measurement, settings.kind))
    notes = (*notes, *no_profile(cycles, settings), *no_voltage)
    refusals = kind_refusals(settings, () if constant else cycles)
    result = _result(cycles, settings, scale, (notes, refusals), cell_voltage=not no_voltage)
    drawn = () if constant else curves(cycles, found.record, scale, settings)
    return dataclasses.replace(_described(result, settings), curves=drawn)


def _described(result: CyclingResult, settings: Settings) -> CyclingResult:
    """The result with what the settings say of the cell."""
    return dataclasses.replace(
        result,
        kind=settings.kind.value if settings.kind else "",
        voltage_unit=settings.voltage_unit,
        retained=settings.retained or "discharge",
        masses={name: getattr(settings, name) for name in MASSES},
        one_c_stated=bool(settings.one_c_ma or settings.one_c_ma_per_g),
    )


def _sign_doubts(found: FoundHalfCycles, measurement: Measurement, settings: Settings) -> Notes:
    """Doubts about the sign of the current; in a symmetric cell the voltage tells nothing about it."""
    return () if settings.kind is CellKind.SYMMETRIC else sign_doubts(found.record, measurement.where)


def _result(
    cycles: Sequence[Cycle], settings: Settings, scale: Scale, noted: tuple[Notes, Notes], *, cell_voltage: bool
) -> CyclingResult:
    """The result without its curves; `noted` are the notes so far, and the refusals of the cell's kind."""
    notes, refusals = noted
    kind = None if refusals else settings.kind
    kept = retention(cycles, settings) if kind or settings.kind is None else Retention()
    rate, stack = one_c(settings, cycles), stack_mass(settings) if cell_voltage else StackMass()
    basis = RowBasis(
        scale=scale,
        kind=kind,
        one_c_a=rate.ampere,
        retained=settings.retained,
        reference=kept.reference,
        stack_mg=stack.mass_mg if kind else None,
        area_cm2=settings.area_cm2,
        cell_voltage=cell_voltage,
    )
    rows = cycle_rows(cycles, basis)
    blocks = block_rows(rows, settings.rate_cycle)
    rated, balance = rate_equation(blocks, settings.retained or "discharge", scale.unit), np_ratio(settings)
    made = {**_initial(cycles, basis), **kept.found.quantities, **_counts(cycles)}
    made |= {**fade(rows, settings.fade_limit_percent), **rated.quantities}
    made |= {**energies(cycles, stack.mass_mg, kind if cell_voltage else None), **balance.quantities}
    said = (*kept.found.notes, *rate.notes, *stack.notes, *balance.notes, *rated.notes, *doubts(cycles, kind))
    return CyclingResult(
        technique="cycling",
        quantities=made,
        rows=rows,
        notes=(*notes, *refusals, *said),
        blocks=blocks,
        capacity_unit=scale.unit,
        basis=scale.basis,
    )


def _initial(cycles: Sequence[Cycle], basis: RowBasis) -> dict[str, Quantity]:
    """Capacities, efficiency and mean voltages of the first cycle."""
    first = next((cycle for cycle in cycles if cycle.number > 0), None)
    if first is None:
        return {}
    made = {}
    for name, half in (("discharge", first.discharge), ("charge", first.charge)):
        if half is not None:
            made[f"initial_{name}_capacity"] = basis.scale.of(half)
            voltage = {f"initial_mean_{name}_voltage": Quantity(half.mean_voltage, "V", decimals=4)}
            made |= voltage if basis.cell_voltage else {}
    main = first.half(basis.retained)
    if main is not None and basis.area_cm2:
        per_area = 1e3 / basis.area_cm2
        made["initial_areal_capacity"] = Quantity(main.charge_ah * per_area, "mAh/cm2", decimals=2)
    quantity = efficiency(first, basis.kind)
    return made | ({"initial_coulombic_efficiency": quantity} if quantity else {})


def _counts(cycles: Sequence[Cycle]) -> dict[str, Quantity]:
    real = [cycle for cycle in cycles if cycle.number > 0]
    return {
        "cycle_count": Quantity(len(real), "", decimals=0),
        "complete_cycle_count": Quantity(sum(cycle.complete for cycle in real), "", decimals=0),
    }
