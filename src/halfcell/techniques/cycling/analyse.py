"""Analyse cycling: find half cycles, pair them into cycles, and compute what they give."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.techniques.common.findings import Findings
from halfcell.techniques.common.measurement_checks import signed_current
from halfcell.techniques.cycling.active_mass import checked_against_limits, stated_mass, with_file_mass
from halfcell.techniques.cycling.c_rate import one_c
from halfcell.techniques.cycling.capacity_scale import Scale, scale_of
from halfcell.techniques.cycling.cell_kind import kind_refusals
from halfcell.techniques.cycling.cell_voltage import constant_refusal, voltage_refusals
from halfcell.techniques.cycling.current_sign import sign_doubts
from halfcell.techniques.cycling.cycle_rows import RowBasis, block_rows, cycle_rows
from halfcell.techniques.cycling.cycles import Cycle, pair
from halfcell.techniques.cycling.efficiency import doubts
from halfcell.techniques.cycling.electrode_area import area_doubts
from halfcell.techniques.cycling.electrode_balance import np_ratio
from halfcell.techniques.cycling.energy_density import MASSES, StackMass, energies, stack_mass
from halfcell.techniques.cycling.fade import fade
from halfcell.techniques.cycling.first_cycle import counts, initial, storage
from halfcell.techniques.cycling.half_cycles import find_halves
from halfcell.techniques.cycling.instrument_error import error_notes
from halfcell.techniques.cycling.lithium_metal import metal_cell
from halfcell.techniques.cycling.many_cycles import over_cycles
from halfcell.techniques.cycling.potential_steps import potential_step_findings, potential_step_rows
from halfcell.techniques.cycling.pulses import pulse_findings, pulse_rows
from halfcell.techniques.cycling.rate_capability import rate_equation
from halfcell.techniques.cycling.result import CyclingResult
from halfcell.techniques.cycling.retention import Retention, retention
from halfcell.techniques.cycling.step_resistance import step_findings, with_step_resistances
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
        the chosen cycles. Uncertainties hold the limits of error of the instrument, where they are set.

    Raises
    ------
    InputError
        If the file has no time, current or voltage, or ``pause_after_s`` is not above zero.
    Refused
        If the file does not tell charging from discharging, or the unit of its time, current or counters.

    Source: definition; half cycles as in docs/explanation/half-cycles-and-efficiency.md.
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
    return _described(result if constant else _with_curves(result, cycles, found, scale, settings), settings)


def _with_curves(
    result: CyclingResult, cycles: Sequence[Cycle], found: FoundHalfCycles, scale: Scale, settings: Settings
) -> CyclingResult:
    """The result with the curves of the chosen cycles, what pulses and steps of the potential give."""
    usual = _large([half.charge_ah for cycle in cycles for half in cycle.halves])
    pulses = pulse_rows(found.record, settings, usual)
    steps = potential_step_rows(found.record, settings)
    rows = with_step_resistances(result.rows, cycles, found.record, settings)
    extra = (
        pulse_findings(pulses, settings),
        potential_step_findings(steps, settings),
        step_findings(rows, settings),
    )
    return dataclasses.replace(
        result,
        quantities={**result.quantities, **{n: q for part in extra for n, q in part.quantities.items()}},
        rows=rows,
        notes=(*result.notes, *(note for part in extra for note in part.notes)),
        curves=curves(cycles, found.record, scale, settings),
        pulses=pulses,
        potential_steps=steps,
    )


def _large(charges: Sequence[float]) -> float:
    """The charge (Ah) such that half of all charge flows in half cycles that are as large: short ones count little."""
    passed = 0.0
    for charge in sorted(charges, reverse=True):
        passed += charge
        if 2.0 * passed >= sum(charges):
            return charge
    return 0.0


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
    basis = _row_basis(settings, scale, (kind, rate.ampere, kept.reference, stack.mass_mg), cell_voltage=cell_voltage)
    rows = cycle_rows(cycles, basis)
    blocks = block_rows(rows, settings.rate_cycle)
    plated = settings.kind is CellKind.SYMMETRIC or settings.efficiency_method == "reservoir"
    rated = Findings() if plated else rate_equation(blocks, settings.retained or "discharge", scale.unit)
    balance = np_ratio(settings)
    faded = fade(rows, kept.reference.number if kept.reference else None, settings.fade_limit_percent)
    energy = energies(cycles, stack.mass_mg, kind if cell_voltage else None, settings, rate.ampere)
    many = over_cycles(cycles, settings, basis)
    metal = metal_cell([half for cycle in cycles for half in cycle.halves], settings, scale.instrument)
    found = (kept.found, faded, rated, energy, balance, many, metal)
    made = {**initial(cycles, basis), **counts(cycles, rate.ampere)}
    made |= {name: quantity for part in found for name, quantity in part.quantities.items()}
    said = [note for part in (rate, stack, *found) for note in part.notes]
    said += [*error_notes(settings), *storage(cycles), *doubts(cycles, kind if cell_voltage else None, kind)]
    return CyclingResult(
        technique="cycling",
        quantities=made,
        rows=rows,
        notes=(*notes, *refusals, *said),
        blocks=blocks,
        capacity_unit=scale.unit,
        basis=scale.basis,
    )


def _row_basis(
    settings: Settings,
    scale: Scale,
    found: tuple[CellKind | None, float, Cycle | None, float | None],
    *,
    cell_voltage: bool,
) -> RowBasis:
    """What the rows refer to; `found` are the kind, the current of 1C (A), the reference cycle, the stack (mg)."""
    kind, one_c_a, reference, stack_mg = found
    return RowBasis(
        scale=scale,
        kind=kind,
        one_c_a=one_c_a,
        retained=settings.retained,
        reference=reference,
        stack_mg=stack_mg if kind else None,
        area_cm2=settings.area_cm2,
        cell_voltage=cell_voltage,
    )
