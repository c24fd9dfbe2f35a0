"""From a run to steps of mass loss, residue and char, each with its uncertainty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity
from halfcell.maths import thermogram
from halfcell.techniques.thermogravimetry.analysed_heating import analysed_heating, starting_mass
from halfcell.techniques.thermogravimetry.burnt_carbon import carbon_content
from halfcell.techniques.thermogravimetry.mass_steps import bounded, mass_steps, notes_on_steps, step_quantities
from halfcell.techniques.thermogravimetry.residue_and_char import (
    after_hold,
    burnt_char,
    drift_seen,
    residue,
    while_burning,
)
from halfcell.techniques.thermogravimetry.result import GasChange, ThermogravimetryResult

if TYPE_CHECKING:
    from collections.abc import Mapping

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Row
    from halfcell.techniques.thermogravimetry.settings import Settings


def analyse(measurement: Measurement, settings: Settings) -> ThermogravimetryResult:
    """Steps of loss and gain, residue, T_d5, char yield and carbon content of a run.

    The boundaries of steps are the minima of the rate, and where the mass turns; the first step starts and the last
    one ends with the heating, so that losses less gains and the residue sum to 100 wt%.

    Parameters
    ----------
    measurement
        Columns ``test_time_second``, ``temperature_degc`` and ``mass_milligram``, shape (n,); stages and gases where
        the file has them.
    settings
        Smoothing (degC), blank, gas, and what is burnt or oxidised.

    Returns
    -------
    ThermogravimetryResult
        Losses, gains, residue, char and carbon (wt%), onsets and peaks (degC), each with its uncertainty.

    Raises
    ------
    InputError
        If no heating is in the run, it has fewer than 20 records, or the mass at its start is not above zero.

    Source: ISO 11358-1, for steps, onset and residue.
    """
    heating = analysed_heating(measurement, settings)
    made = thermogram.curve(heating.temperature, heating.percent, settings.smoothing_degc)
    char = burnt_char(measurement, heating, settings)
    seen = drift_seen(heating, made, char)
    heating = seen.heating
    steps = mass_steps(made, settings, starting_mass(heating.temperature, heating.percent))
    losses = bounded(step_quantities(heating, made, steps, settings))
    rest = residue(heating, made, settings, char) + carbon_content(heating, made, steps, settings)
    if not any(note.code == "unphysical_residue" for note in rest.notes):
        rest += after_hold(measurement, heating, settings)
    everything = losses + seen.findings + rest + while_burning(measurement, heating, settings)
    burnt = {} if char is None else {"char_yield": char}
    time = measurement["test_time_second"] / 60.0
    return ThermogravimetryResult(
        technique="thermogravimetry",
        quantities={**everything.quantities, **burnt, "basis_mass": Quantity(heating.basis_mg, "mg")},
        rows=tuple(_row(number, losses.quantities) for number in range(1, len(steps) + 1)),
        notes=(*heating.notes, *notes_on_steps(heating, made, steps, settings), *everything.notes),
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
    found = {what: quantities.get(f"step{number}.{what}") for what in ("onset", "peak", "endset", "loss", "gain")}
    return {"step": number, **{what: value.value for what, value in found.items() if value is not None}}
