"""Put the card's electrode or cell through the test that was measured."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.techniques import voltammetry
from halfcell.twin.card import Card
from halfcell.twin.protocols import run_protocol
from halfcell.twin.techniques.predicted_response.result import PredictedLine, PredictedResponseResult
from halfcell.twin.techniques.predicted_response.spread import spreads, uncertain_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.core.result import Row
    from halfcell.twin.techniques.predicted_response.settings import Settings

    Floats = NDArray[np.float64]

_STEPS = 600  # records of a predicted sweep
_NEAR = 0.25  # V up to which a predicted peak may be the measured one


def analyse(measurement: Measurement, settings: Settings) -> PredictedResponseResult:
    """Predict a voltammogram or a spectrum.

    Parameters
    ----------
    measurement
        Voltammetry or impedance.
    settings
        The card, and which part of its cell is tested.

    Returns
    -------
    PredictedResponseResult
        One row per peak, or per decade of the frequency; a refusal where there is no card or no cell can be that of it.

    Raises
    ------
    InputError
        If it is another kind of measurement.
    """
    kinds = {"voltammetry": _voltammogram, "impedance": _spectrum}
    if measurement.technique not in kinds:
        raise InputError(f"the file holds {measurement.technique} data", measurement.where, "voltammetry or impedance")
    if not isinstance(settings.card, Card):
        return _refused('no prediction: no cell card is given (card = "cards/my-cell.toml")')
    try:
        rows, lines, doubts = kinds[measurement.technique](measurement, settings, settings.card)
    except Refused as error:
        return _refused(f"no prediction: {error}")
    notes = [Note("info" if one.startswith("assumed: ") else "doubt", "rests_on", one) for one in doubts]
    return PredictedResponseResult(
        technique="predicted_response",
        quantities=_quantities(rows),
        rows=tuple(rows),
        notes=(*notes, *_about_z(rows)),
        lines=tuple(lines),
        card=settings.card.title,
        kind=measurement.technique,
        area_cm2=settings.card.value("cell.area_cm2"),
    )


def _refused(why: str) -> PredictedResponseResult:
    return PredictedResponseResult(technique="predicted_response", notes=(Note("refused", "no_prediction", why),))


def _quantities(rows: Sequence[Row]) -> dict[str, Quantity]:
    apart = [abs(float(row["difference"])) for row in rows if isinstance(row["difference"], float)]
    unit = str(rows[0]["unit_of_difference"]) if rows else ""
    name = {"mV": "mean_peak_difference", "%": "mean_magnitude_difference"}.get(unit)
    made = {name: Quantity(float(np.mean(apart)), unit, decimals=0)} if apart and name else {}
    z = [float(row["z"]) for row in rows if isinstance(row["z"], float)]
    return made | ({"largest_z": Quantity(max(z, key=abs), "", decimals=1)} if z else {})


def _about_z(rows: Sequence[Row]) -> Iterator[Note]:
    """Why there is no z, or what it leaves out."""
    if rows and all(row["predicted_std"] is None for row in rows):
        text = "no z: no value of the card on which it depends has a standard uncertainty (std = ... beside its value)"
        yield Note("info", "no_z", text)
    elif rows and all(row["measured_std"] is None for row in rows):
        text = "z is that of the prediction alone: what was measured has no uncertainty"
        yield Note("info", "z_of_the_card_alone", text)


def _voltammogram(
    measurement: Measurement, s: Settings, card: Card
) -> tuple[list[Row], list[PredictedLine], Sequence[str]]:
    """Peaks and curves of the electrode at the measured scan rate, window and number of cycles."""
    if s.part == "cell":
        raise Refused("a voltammogram is that of one electrode", card.origin, 'part = "anode" or "cathode"')
    volt, time = measurement["voltage_volt"], measurement["test_time_second"]
    rate = float(np.median(np.abs(np.diff(volt)) / np.maximum(np.diff(time), 1e-9))) * 1e3
    found = voltammetry.analyse(measurement, voltammetry.Settings(active_mass_mg=s.active_mass_mg))
    cycles = max((int(row["cycle"] or 1) for row in found.rows), default=1)
    low, high = float(volt.min()), float(volt.max())
    given: dict[str, object] = {
        "electrode": s.part, "scan_rate_mv_s": rate, "lower_volt": low, "upper_volt": high, "cycles": cycles,
        "step_mv": (high - low) / _STEPS * 1e3, "sei_mah_per_g": s.sei_mah_per_g,
        "first_is_crystalline": s.first_is_crystalline,
    }  # fmt: skip
    outcome = run_protocol(card, "voltammetry", given)
    made = outcome.measurement
    if made is None:
        raise Refused("the card gives no voltammogram", card.origin)
    rows = list(_peaks(found.rows, outcome.rows))

    def again(other: Card) -> dict[str, float]:
        there = run_protocol(other, "voltammetry", given).rows
        return _by_place([_nearest(there, row, row["predicted"]) for row in rows])

    base = _by_place([row["predicted"] for row in rows])
    rows = _with_z(rows, spreads(card, uncertain_paths(card, s.part), again, base))
    gram = card.value(f"{s.part}.active_mg") * 1e-3
    return rows, [_cycle(made, cycle, gram) for cycle in range(1, cycles + 1)], outcome.doubts


def _cycle(made: Measurement, cycle: int, gram: float) -> PredictedLine:
    """The predicted curve of one cycle."""
    mine = made["cycle_count"] == cycle
    return PredictedLine(cycle=cycle, x=made["voltage_volt"][mine], y=made["current_ampere"][mine] * 1e3 / gram)


def _by_place(values: Sequence[object]) -> dict[str, float]:
    """Numbers by their place among all."""
    return {str(k): value for k, value in enumerate(values) if isinstance(value, float)}


def _with_z(rows: Sequence[Row], spread: Mapping[str, float]) -> list[Row]:
    """The rows with the uncertainty of the prediction, and by how many of both the measured value lies away."""
    made: list[Row] = []
    for place, row in enumerate(rows):
        width, std = spread.get(str(place)), row["measured_std"]
        z = None
        if width and isinstance(row["measured"], float) and isinstance(row["predicted"], float):
            known = std if isinstance(std, float) else 0.0
            z = (row["measured"] - row["predicted"]) / math.hypot(known, width)
        made.append({**row, "predicted_std": width, "z": z})
    return made


def _peaks(measured: Sequence[Row], predicted: Sequence[Mapping[str, object]]) -> Iterator[Row]:
    """Each measured peak beside the nearest one that is predicted for its branch and cycle."""
    for row in measured:
        at = row["peak_potential"]
        if not isinstance(at, float):
            continue
        nearest = _nearest(predicted, row, at)
        yield {
            "name": f"cycle {row['cycle']}, {row['branch']} peak", "cycle": row["cycle"], "branch": row["branch"],
            "measured": at, "measured_std": row.get("peak_potential_std"), "predicted": nearest, "unit": "V",
            "difference": None if nearest is None else (nearest - at) * 1e3, "unit_of_difference": "mV",
        }  # fmt: skip


def _nearest(predicted: Sequence[Mapping[str, object]], row: Row, at: object) -> float | None:
    """The predicted peak of a row's cycle and branch that is nearest to a potential; None where none is near."""
    if not isinstance(at, float):
        return None
    values = [{name: getattr(value, "value", None) for name, value in one.items()} for one in predicted]
    fitting = [
        float(one["peak"] or 0.0)
        for one in values
        if one["cycle"] == row["cycle"] and (float(one["current"] or 0.0) > 0) == (row["branch"] == "anodic")
    ]
    nearest = min(fitting, key=lambda volt: abs(volt - at), default=None)
    return None if nearest is None or abs(nearest - at) > _NEAR else nearest


def _spectrum(
    measurement: Measurement, s: Settings, card: Card
) -> tuple[list[Row], list[PredictedLine], Sequence[str]]:
    """The spectrum at the measured frequencies' range, and magnitudes at whole decades."""
    hertz = measurement["frequency_hertz"]
    given: dict[str, object] = {
        "part": s.part, "discharged_percent": (s.discharged_percent,), "highest_hertz": float(hertz.max()),
        "lowest_hertz": float(hertz.min()),
    }  # fmt: skip
    outcome = run_protocol(card, "impedance", given)
    made = outcome.measurement
    if made is None:
        raise Refused("the card gives no spectrum", card.origin)
    rows = list(_magnitudes(measurement, made))

    def again(other: Card) -> dict[str, float]:
        there = run_protocol(other, "impedance", given).measurement
        return {} if there is None else _by_place([row["predicted"] for row in _magnitudes(measurement, there)])

    base = _by_place([row["predicted"] for row in rows])
    rows = _with_z(rows, spreads(card, uncertain_paths(card, s.part), again, base))
    line = PredictedLine(cycle=0, x=made["real_impedance_ohm"], y=-made["imaginary_impedance_ohm"])
    return rows, [line], outcome.doubts


def _magnitudes(measured: Measurement, predicted: Measurement) -> Iterator[Row]:
    """|Z| at each whole decade within the measured frequencies, between the points of both spectra."""
    hertz = measured["frequency_hertz"]
    for decade in range(int(np.ceil(np.log10(hertz.min()))), int(np.floor(np.log10(hertz.max()))) + 1):
        ours, theirs = (_magnitude(one, float(decade)) for one in (predicted, measured))
        yield {
            "name": f"magnitude at {10.0**decade:g} Hz", "cycle": None, "branch": None, "measured": theirs,
            "measured_std": None, "predicted": ours, "unit": "ohm",
            "difference": (ours / theirs - 1) * 100, "unit_of_difference": "%",
        }  # fmt: skip


def _magnitude(of: Measurement, decade: float) -> float:
    at = np.log10(of["frequency_hertz"])
    order = np.argsort(at)
    size = np.log(np.hypot(of["real_impedance_ohm"], of["imaginary_impedance_ohm"]))
    return float(np.exp(np.interp(decade, at[order], size[order])))
