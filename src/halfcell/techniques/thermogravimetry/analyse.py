"""From a run to steps of mass loss, residue and char, each with its uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.maths import thermogram
from halfcell.techniques.thermogravimetry.analysed_heating import analysed_heating
from halfcell.techniques.thermogravimetry.mass_loss_steps import (
    bounded,
    loss_without_step,
    mass_loss_steps,
    step_quantities,
)
from halfcell.techniques.thermogravimetry.residue_and_char import residue_and_char
from halfcell.techniques.thermogravimetry.result import GasChange, ThermogravimetryResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Row
    from halfcell.techniques.thermogravimetry.settings import Settings


def analyse(measurement: Measurement, settings: Settings) -> ThermogravimetryResult:
    """Steps, residue, T_d5 and char yield of a run.

    The boundaries of steps are the minima of the loss rate; the first step starts and the last one ends with the
    heating, so that steps and residue sum to 100 wt%.

    Raises
    ------
    InputError
        If no heating is in the run, it has fewer than 20 records, or the mass at its start is not above zero.
    """
    heating = analysed_heating(measurement, settings)
    made = thermogram.curve(heating.temperature, heating.percent, settings.smoothing_degc)
    steps = mass_loss_steps(made, settings)
    losses = bounded(step_quantities(heating, made, steps, settings))
    quantities = losses.quantities
    rest = residue_and_char(measurement, heating, made, settings)
    time = measurement["test_time_second"] / 60.0
    return ThermogravimetryResult(
        technique="thermogravimetry",
        quantities={**quantities, **rest.quantities, "basis_mass": Quantity(heating.basis_mg, "mg")},
        rows=tuple(_row(number, quantities) for number in range(1, len(steps) + 1)),
        notes=(*heating.notes, *loss_without_step(made, steps, settings), *losses.notes, *rest.notes),
        simulated=measurement.is_simulated,
        curve=made,
        steps=steps,
        time_minute=time,
        temperature_degc=measurement["temperature_degc"],
        mass_percent=100.0 * measurement["mass_milligram"] / heating.basis_mg,
        gas_changes=tuple(GasChange(minute=float(time[s.record]), gas=s.gas) for s in heating.program.switches),
        gas=heating.program.gas,
    )


def _row(number: int, quantities: Mapping[str, Quantity]) -> Row:
    found = {what: quantities.get(f"step{number}.{what}") for what in ("onset", "peak", "endset", "loss")}
    return {"step": number, **{what: value.value for what, value in found.items() if value is not None}}
