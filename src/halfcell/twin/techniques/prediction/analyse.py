"""Set the discharges of a cell beside those that its card predicts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.core.sample import CellKind
from halfcell.techniques import cycling
from halfcell.twin.band import band
from halfcell.twin.card import Card
from halfcell.twin.predict import Prediction, predict
from halfcell.twin.techniques.prediction.result import PredictedCurve, PredictionResult
from halfcell.twin.techniques.prediction.rows import Measured, compared_row, measured_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Row
    from halfcell.twin.band import BandRow
    from halfcell.twin.techniques.prediction.settings import Settings

_PASSED_ON = (
    *("kind", "active_mass_mg", "cathode_active_mass_mg", "area_cm2", "active_mass_std_mg", "voltage_accuracy_volt"),
    *("current_accuracy_percent", "current_offset_a", "one_c_ma_per_g", "one_c_ma", "exclude_cycles", "profile_cycles"),
    "profile_every",
)
_DIFFERS = 0.03  # by which mass and area of card and cell may differ: weighing, and rounding in a document
_FADED_PERCENT = 98.0  # of its first capacity at a rate, below which a stretch has faded


def analyse(measurement: Measurement, settings: Settings) -> PredictionResult:
    """Compare each stretch of cycles at one rate with the card's cell.

    Parameters
    ----------
    measurement
        As for `cycling`.
    settings
        The card, and the cell's kind, masses and area.

    Returns
    -------
    PredictionResult
        One row per stretch, errors and z, and the predicted curves; a refusal where there is no card, the cell is no
        full cell, its cathode's active mass is not known, or it has no complete cycle.

    Raises
    ------
    InputError
        If the file holds no cycles.
    """
    if measurement.technique != "cycling":
        raise InputError(f"the file holds {measurement.technique} data", measurement.where, "predictions need cycles")
    inner = cycling.Settings(**{name: getattr(settings, name) for name in _PASSED_ON})
    found = cycling.analyse(measurement, inner)
    measured = measured_rows(found)
    why = _why_not(settings, found, measured)
    if why or not isinstance(settings.card, Card):
        notes = (*(note for note in found.notes if _matters(note)), Note("refused", "no_prediction", why))
        return PredictionResult(technique="prediction", notes=notes)
    return _result(settings.card, measured, found, settings)


def _why_not(settings: Settings, found: cycling.CyclingResult, measured: Sequence[Measured]) -> str:
    """Why nothing can be predicted; empty where it can."""
    if not isinstance(settings.card, Card):
        return 'no prediction: no cell card is given (card = "cards/my-cell.toml")'
    if settings.kind not in {CellKind.FULL, CellKind.ASSLB}:
        return 'no prediction: cards describe full cells (kind = "full" or "asslb")'
    if found.capacity_unit != "mAh/g" or found.basis != "cathode active material":
        return "no prediction: the mass of the cathode's active material is not known (cathode_active_mass_mg)"
    return "" if measured else "no prediction: there is no complete cycle to compare"


def _result(
    card: Card, measured: Sequence[Measured], found: cycling.CyclingResult, settings: Settings
) -> PredictionResult:
    rows: list[Row] = []
    curves: list[PredictedCurve] = []
    notes = list(_notes(card, settings, found))
    for fresh in (True, False):
        mine = [one for one in measured if (one.cycle in settings.fresh_cycles) is fresh]
        if mine:
            made, predicted, said = _compared(card.at(fresh=fresh), mine, found, settings)
            rows, curves, notes = [*rows, *made], [*curves, *predicted], [*notes, *said]
    rows.sort(key=lambda row: int(row["cycle"] or 0))
    return PredictionResult(
        technique="prediction",
        quantities=_quantities(rows),
        rows=tuple(rows),
        notes=(*(note for note in found.notes if _matters(note)), *dict.fromkeys(notes)),
        curves=tuple(curves),
        card=card.title,
    )


def _matters(note: Note) -> bool:
    """Whether a note of the cycling analysis is a refusal or doubt about capacities and voltages."""
    return note.level in {"refused", "doubt"} and note.code != "stack_mass_missing"


def _compared(
    card: Card, measured: Sequence[Measured], found: cycling.CyclingResult, settings: Settings
) -> tuple[list[Row], list[PredictedCurve], list[Note]]:
    """The rows, the curves and what the prediction notes for one state of the cell."""
    currents = sorted({one.rate for one in measured})
    made = predict(card, currents)
    bands: Mapping[float, BandRow] = {}
    if any(stated.std for stated in card.values.values()):
        bands = {row.current: row for row in band(card, currents, settings.draws)}
    plain = {row.current: row for row in made.rows}
    rows = [compared_row(one, plain[one.rate], bands.get(one.rate)) for one in measured]
    return rows, list(_curves(made, measured, found, settings)), list(_rate_notes(made))


def _curves(
    made: Prediction, measured: Sequence[Measured], found: cycling.CyclingResult, settings: Settings
) -> Iterator[PredictedCurve]:
    inner = replace(cycling.Settings(), profile_cycles=settings.profile_cycles, profile_every=settings.profile_every)
    whole = [int(row["cycle"] or 0) for row in found.rows if row["complete"]]
    for place, row in enumerate(made.rows):
        mine = [one for one in measured if one.rate == row.current]
        cycles = tuple(n for n in whole for one in mine if one.first_cycle <= n <= one.cycle)
        known = np.isfinite(made.curves.volt[place])
        yield PredictedCurve(
            cycles=cycles,
            chosen=tuple(number for number in cycles if inner.keeps_profile(number)),
            shown=tuple(one.cycle for one in mine),
            capacity=made.curves.charge[place][known],
            voltage=made.curves.volt[place][known],
        )


def _quantities(rows: Sequence[Row]) -> dict[str, Quantity]:
    errors = [float(row["capacity_error"] or 0.0) for row in rows]
    made = {
        "mean_capacity_error": Quantity(float(np.mean(np.abs(errors))), "%", decimals=2),
        "largest_capacity_error": Quantity(max(errors, key=abs), "%", decimals=2),
    }
    volts = [
        1e3 * (float(row["predicted_voltage"] or 0.0) - float(row["mean_voltage"]))
        for row in rows
        if isinstance(row["mean_voltage"], float)
    ]
    if volts:
        made["mean_voltage_error"] = Quantity(float(np.mean(np.abs(volts))), "mV", decimals=0)
    z = [float(row[name] or 0.0) for row in rows for name in ("capacity_z", "voltage_z") if row[name] is not None]
    return made | ({"largest_z": Quantity(max(z, key=abs), "", decimals=1)} if z else {})


def _rate_notes(made: Prediction) -> Iterator[Note]:
    """What the prediction itself doubts, but for the list of what is assumed."""
    for text in made.doubts:
        if not text.startswith("assumed: "):
            yield Note("doubt", "card_rate", text)


def _notes(card: Card, settings: Settings, found: cycling.CyclingResult) -> Iterator[Note]:
    """What the card rests on, and where it is not the cell that was measured."""
    if card.assumed:
        yield Note("info", "card_assumed", f"the card assumes {', '.join(card.assumed)}")
    for name, path, given in (
        ("cathode active mass", "cathode.active_mg", settings.cathode_active_mass_mg),
        ("electrode area", "cell.area_cm2", settings.area_cm2),
    ):
        if given and abs(card.value(path) / given - 1) > _DIFFERS:
            text = (
                f"the card's {name} is {card.value(path):g}, that of the cell {given:g}: is it the card of this cell?"
            )
            yield Note("doubt", "card_mass", text)
    if not any(stated.std for stated in card.values.values()):
        text = "no z: no value of the card has a standard uncertainty (std = ... beside its value)"
        yield Note("info", "no_z", text)
    elif settings.active_mass_std_mg is None:
        text = "z is that of the prediction alone: the measured capacities have no uncertainty (active_mass_std_mg)"
        yield Note("info", "z_of_the_card_alone", text)
    faded = [
        b
        for b in found.blocks
        if isinstance(b["discharge_recovery"], float) and b["discharge_recovery"] < _FADED_PERCENT
    ]
    if faded:
        left = faded[0]["discharge_recovery"]
        text = f"cycle {faded[0]['last_cycle']} has {left:.1f} % of the first capacity at its rate"
        yield Note("doubt", "later_stretches", f"{text}; the card knows no fade, so the error holds it, too")
