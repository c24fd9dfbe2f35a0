"""Cycling of half cells, full cells and solid-state cells: capacities, efficiencies, retention, profiles, dQ/dV.

Half cycles are found first, by charge; cycles are paired from them by what the cell is. Positive current charges the
cell. In an anode half cell discharge is lithiation and the Coulombic efficiency is charge / discharge; in a cathode
half cell and a full cell it is discharge / charge. Mean voltages are E / Q.
"""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques.cycling.active_mass import held_against_nature, of_file, stated_mass
from halfcell.techniques.cycling.cycle_rows import Frame, block_rows, cycle_rows, fade
from halfcell.techniques.cycling.cycles import Cycle, pair
from halfcell.techniques.cycling.efficiency import doubts, efficiency
from halfcell.techniques.cycling.electrode_balance import np_ratio
from halfcell.techniques.cycling.energy_density import MASSES, energies, stack_mass
from halfcell.techniques.cycling.half_cycles import find_halves
from halfcell.techniques.cycling.join import join
from halfcell.techniques.cycling.profiles import curves, no_profile
from halfcell.techniques.cycling.quantities import (
    Scale,
    kind_notes,
    one_c_ampere,
    retention,
    scale_of,
)
from halfcell.techniques.cycling.rate_capability import rate_equation
from halfcell.techniques.cycling.result import Curve, CyclingResult
from halfcell.techniques.cycling.settings import Settings
from halfcell.techniques.cycling.shows import FIGURES, TABLES
from halfcell.techniques.cycling.simulate import Parameters, simulate
from halfcell.techniques.cycling.simulated_schedule import Block
from halfcell.techniques.technique import Technique

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement

__all__ = [
    "FIGURES",
    "ROWS_FIRST",
    "TABLES",
    "TECHNIQUE",
    "Block",
    "Curve",
    "CyclingResult",
    "Parameters",
    "Settings",
    "analyse",
    "join",
    "simulate",
]

ROWS_FIRST = (
    *("cycle", "complete", "role", "discharge_capacity", "charge_capacity", "coulombic_efficiency", "retention"),
    *("c_rate", "mean_discharge_voltage", "mean_charge_voltage", "energy_efficiency", "discharge_energy"),
    "charge_energy",
)


def analyse(measurement: Measurement, settings: Settings) -> CyclingResult:
    """Find the cycles of a test and what they hold.

    Parameters
    ----------
    measurement
        Columns ``test_time_second``, ``current_ampere`` (positive charges), ``voltage_volt``; steps, counters and the
        instrument's cycle numbers where the file has them.
    settings
        The cell's kind and masses among them; what needs one that is missing is refused, the rest is made.

    Returns
    -------
    CyclingResult
        ICE (%) of cycle 1, its capacities, retention against a named cycle, a row a cycle, the curves of the chosen
        cycles. Uncertainties are those of the integration: noise of the current, records missing at a border.

    Raises
    ------
    InputError
        If the file has no time, current or voltage, or ``pause_after_s`` is not above zero.
    """
    halves, record, notes = find_halves(measurement, settings)
    cycles, more = pair(halves, settings, len(measurement))
    scale, on_mass = scale_of(settings)
    scale, beyond = held_against_nature(cycles, scale, settings)
    said = of_file((*on_mass, *beyond), settings, stated_mass(measurement.meta))
    notes = (*measurement.notes, *notes, *more, *said)
    if not cycles:
        none = Note("refused", "no_cycle", "no capacity: the record holds no half cycle")
        return CyclingResult(
            technique="cycling",
            quantities={"cycle_count": Quantity(0, "", decimals=0)},
            notes=(*notes, none),
            capacity_unit=scale.unit,
            basis=scale.basis,
        )
    result = _result(cycles, settings, scale, (*notes, *no_profile(cycles, settings)))
    return dataclasses.replace(result, curves=curves(cycles, record, scale, settings))


def _result(cycles: Sequence[Cycle], settings: Settings, scale: Scale, notes: tuple[Note, ...]) -> CyclingResult:
    may, refusal = kind_notes(settings, cycles)
    kept, said, reference = retention(cycles, settings) if may or settings.kind is None else ({}, (), None)
    stack, basis = stack_mass(settings)
    frame, rate = _frame(cycles, settings, scale, (reference, stack, may))
    rows = cycle_rows(cycles, frame)
    blocks = block_rows(rows, settings.rate_cycle)
    rated, scatter = rate_equation(blocks, settings.retained or "discharge", scale.unit)
    quantities = _initial(cycles, frame) | kept | _counts(cycles) | fade(rows, settings.fade_limit_percent) | rated
    quantities |= energies(cycles, stack, settings) if may else {}
    balance, balanced = np_ratio(settings)
    return CyclingResult(
        technique="cycling",
        quantities=quantities | balance,
        rows=rows,
        notes=(*notes, *refusal, *said, *rate, *basis, *balanced, *scatter, *doubts(cycles, frame.kind)),
        blocks=blocks,
        capacity_unit=scale.unit,
        basis=scale.basis,
        kind=settings.kind.value if settings.kind else "",
        retained=settings.retained or "discharge",
        masses={name: getattr(settings, name) for name in MASSES},
        one_c_stated=bool(settings.one_c_ma or settings.one_c_ma_per_g),
    )


def _frame(
    cycles: Sequence[Cycle],
    settings: Settings,
    scale: Scale,
    known: tuple[tuple[Cycle, str] | None, float | None, bool],
) -> tuple[Frame, tuple[Note, ...]]:
    """What the rows share, from retention's reference, the stack's mass, and whether the kind may be used."""
    reference, stack, may = known
    one_c, resting = one_c_ampere(settings, cycles)
    half = reference[0].half(reference[1]) if reference else None
    frame = Frame(
        scale=scale,
        kind=settings.kind if may else None,
        one_c_a=one_c,
        which=settings.retained,
        reference_ah=half.charge_ah if half else math.nan,
        reference_a=half.current_a if half else math.nan,
        stack_mg=stack if may else None,
        area_cm2=settings.area_cm2,
    )
    return frame, (Note("info", "c_rate_basis", f"1C is {1e3 * one_c:.4g} mA: {resting}"),) if resting else ()


def _initial(cycles: Sequence[Cycle], frame: Frame) -> dict[str, Quantity]:
    """Capacities, efficiency and mean voltages of the first cycle."""
    first = next((cycle for cycle in cycles if cycle.number > 0), None)
    if first is None:
        return {}
    made = {}
    for name, half in (("discharge", first.discharge), ("charge", first.charge)):
        if half is not None:
            made[f"initial_{name}_capacity"] = frame.scale.of(half)
            made[f"initial_mean_{name}_voltage"] = Quantity(half.mean_voltage, "V", decimals=4)
    quantity = efficiency(first, frame.kind)
    return made | ({"initial_coulombic_efficiency": quantity} if quantity else {})


def _counts(cycles: Sequence[Cycle]) -> dict[str, Quantity]:
    real = [cycle for cycle in cycles if cycle.number > 0]
    return {
        "cycle_count": Quantity(len(real), "", decimals=0),
        "complete_cycle_count": Quantity(sum(cycle.complete for cycle in real), "", decimals=0),
    }


TECHNIQUE = Technique(
    name="cycling",
    reads=("cycling",),
    version="5",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    join=join,
    first_columns=ROWS_FIRST,
)
