"""A record at constant bias from data to resistance and conductivity, as a value or as a bound."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.techniques.common.pellet import conduction, geometry_notes
from halfcell.techniques.common.temperature_series import ArrheniusChoice, temperature_of_name, with_temperatures
from halfcell.techniques.polarisation.biases import with_biases
from halfcell.techniques.polarisation.result import PolarisationResult
from halfcell.techniques.polarisation.series_resistance import Resistance, without_series
from halfcell.techniques.polarisation.transient import Transient, transient
from halfcell.techniques.polarisation.transport_number import transport_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.common.pellet_conductivity import Bound
    from halfcell.techniques.polarisation.settings import Settings


def analyse(measurement: Measurement, settings: Settings) -> PolarisationResult:
    """Make resistance and conductivity of the steady current.

    R = U/I_ss - R_series, sigma = L/(R A). A current that has not come to rest makes an upper bound, a series
    resistance that is not known a lower one; where both hold, or where the current rises, the number is open to both
    sides. Nothing is extrapolated.

    Parameters
    ----------
    measurement
        Columns ``test_time_second`` and ``current_ampere``, shape (n,), and ``voltage_volt`` where the bias is not
        set.
    settings
        Bias, thickness and diameter of the pellet, series resistance.

    Returns
    -------
    PolarisationResult
        ``steady_current``, ``initial_current`` (mA), ``resistance`` (ohm), ``conductivity`` (S/cm), ``steady_slope``
        (d ln I/d ln t over the last half), ``end_drift`` (% over the last twentieth), ``remainder`` (%, what may
        still be lost), ``transport_number`` where it is asked for.

    Raises
    ------
    InputError
        If a column is missing, or the bias is neither set nor in the file.
    Refused
        If the time goes backwards, the record is too short, or the current is lost in the noise or in the series
        resistance.

    Source: P. G. Bruce, C. A. Vincent, J. Electroanal. Chem. 225 (1987) 1, for the transport number.
    """
    found = transient(measurement, settings)
    steady = _is_steady(found, settings)
    total = found.bias / found.value
    current_std = _current_std(found, settings, steady=steady)
    whole = Resistance(value=total, std=total * current_std / abs(found.value))
    resistance = without_series(whole, settings, measurement.where)
    bound, kind = _bound(found, settings, steady=steady), conduction(settings.electrodes)
    carried = transport_number(found, settings, current_std, steady=steady)
    geometry = geometry_notes(settings.pellet, settings.electrodes, settings.claimed)
    return PolarisationResult(
        technique="polarisation",
        quantities={**_quantities(found, settings, resistance, current_std), **carried.quantities},
        rows=(_row(found, kind, bound, steady=steady),),
        notes=(*found.notes, *geometry, *_doubts(found, settings, steady=steady), *carried.notes),
        simulated=measurement.is_simulated,
        time=found.time,
        current=found.current,
        window=(float(found.time[found.first]), float(found.time[-1])),
        steady_ampere=found.value,
        bias_volt=found.bias,
        steady=steady,
        conduction=kind,
        bound=bound,
        pellet=settings.pellet,
    )


def _row(found: Transient, kind: str, bound: Bound, *, steady: bool) -> Row:
    bias, duration = 1000 * found.bias, float(found.time[-1])
    return {"kind": kind, "bound": bound, "steady": steady, "bias_mv": bias, "duration_s": duration}


def _is_steady(found: Transient, settings: Settings) -> bool:
    """The three tests of the end: slope, drift, and what may still be lost.

    The slope is that of many records: noise alone does not take it above the limit, or the remainder fails.
    """
    slope = abs(found.slope) <= settings.slope_limit + found.slope_std
    left = 100 * found.remains.part <= settings.remainder_limit_percent
    return slope and left and 100 * found.drift <= settings.drift_limit_percent


def _current_std(found: Transient, settings: Settings, *, steady: bool) -> float:
    """Standard uncertainty of the steady current: noise, the instrument's zero, and what may still be lost."""
    lost = found.remains.expected * abs(found.value) / 3**0.5 if steady else 0.0
    return float(np.sqrt(found.std**2 + (settings.leakage_std_ampere or 0.0) ** 2 + lost**2))


def _in_series_unknown(settings: Settings) -> bool:
    """Whether electrode layers and interfaces are in an ionic resistance by an unknown amount."""
    return settings.series_resistance_ohm is None and settings.electrodes == "electron-blocking"


def _bound(found: Transient, settings: Settings, *, steady: bool) -> Bound:
    """Value, or bound: an unfinished transient bounds from above, layers in series from below; a rising one neither."""
    unknown = _in_series_unknown(settings)
    if steady:
        return "lower" if unknown else "value"
    return "open" if unknown or found.remains.rises else "upper"


def _doubts(found: Transient, settings: Settings, *, steady: bool) -> tuple[Note, ...]:
    """What makes a bound of the number."""
    notes = []
    if not steady:
        text = (
            f"the current has not come to rest: d ln I/d ln t = {found.slope:.3f} over the last half (limit "
            f"{settings.slope_limit:g}), {100 * found.drift:.2g} % over the last twentieth"
        )
        notes.append(Note("doubt", "not_steady", f"{text}, {_still(found)}"))
    if _in_series_unknown(settings):
        text = "electrode layers and interfaces are in the resistance: a lower bound (series_resistance_ohm is not set)"
        notes.append(Note("doubt", "series_resistance_unknown", text))
    if settings.leakage_std_ampere is None:
        text = "no uncertainty of the current: that of the instrument's zero is not stated (leakage_std_ampere)"
        notes.append(Note("info", "zero_uncertainty_not_stated", text))
    return tuple(notes)


def _still(found: Transient) -> str:
    """What the windows say, and what to do."""
    if found.remains.rises:
        return "and it rises: a short circuit that grows, heating, or a reaction; look at the cell"
    most = "all" if found.remains.part >= 1 else f"{100 * found.remains.part:.2g} %"
    return f"and by its last octaves {most} of it may still be lost: polarise longer"


def _quantities(
    found: Transient, settings: Settings, resistance: Resistance, current_std: float
) -> dict[str, Quantity]:
    quantities = {
        "resistance": Quantity(resistance.value, "ohm", resistance.std, "fit covariance"),
        "steady_current": Quantity(1e3 * found.value, "mA", 1e3 * current_std, "fit covariance"),
        "initial_current": Quantity(1e3 * float(found.current[0]), "mA"),
        "steady_slope": Quantity(found.slope, "", found.slope_std, "fit covariance"),
        "remainder": Quantity(100 * found.remains.part, "%", decimals=1),
        "end_drift": Quantity(100 * found.drift, "%", decimals=2),
    }
    sigma = settings.pellet.conductivity(resistance.value, resistance.std)
    quantities |= {"conductivity": sigma} if sigma is not None else {}
    if settings.leakage_std_ampere is not None:
        return quantities
    bare = {name: quantities[name] for name in ("resistance", "steady_current", "conductivity") if name in quantities}
    return quantities | {name: Quantity(found.value, found.unit) for name, found in bare.items()}


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[PolarisationResult, ...]:
    """Several biases of one pellet, several temperatures (tag ``temperature`` of the files' names), or both.

    From three biases at one temperature on the slope of I_ss over U takes the offset out and shows whether the pellet
    is ohmic: a doubt where the points leave the line by more than 5 %. Three temperatures give the Arrhenius line.

    Parameters
    ----------
    measurements
        Records, as `analyse` takes them.
    settings
        As `analyse`.

    Returns
    -------
    tuple of PolarisationResult
        One per record, each with ``series.resistance`` (ohm) and ``series.conductivity`` (S/cm), or the values of the
        Arrhenius line.

    Raises
    ------
    InputError, Refused
        As `analyse`.

    Source: definition; T. Famprikis et al., Nat. Mater. 18 (2019) 1278, for the Arrhenius line.
    """
    groups: dict[float | None, list[int]] = {}
    results: list[PolarisationResult] = []
    for place, measurement in enumerate(measurements):
        degc = temperature_of_name(measurement)
        own = settings if degc is None else dataclasses.replace(settings, temperature_degc=degc)
        results.append(analyse(measurement, own))
        groups.setdefault(degc, []).append(place)
    for places in groups.values():
        found = with_biases([results[i] for i in places], settings, measurements[places[0]].where)
        for place, result in zip(places, found, strict=True):
            results[place] = result
    choice = ArrheniusChoice(form=settings.arrhenius, kelvin_std=settings.temperature_std_kelvin)
    return with_temperatures(results, choice)
