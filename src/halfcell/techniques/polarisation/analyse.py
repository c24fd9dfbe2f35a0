"""A record at constant bias from data to resistance and conductivity, as a value or as a bound."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Row
from halfcell.maths.line import polynomial
from halfcell.techniques.common.pellet import conduction, geometry_notes
from halfcell.techniques.polarisation.records import Bound, PolarisationResult, Settings
from halfcell.techniques.polarisation.transient import Transient, prepare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement


def analyse(measurement: Measurement, settings: Settings) -> PolarisationResult:
    """Make resistance and conductivity of the steady current.

    R = U/I_ss - R_series, sigma = L/(R A). Quantities: ``steady_current``, ``initial_current`` (mA), ``resistance``
    (ohm), ``conductivity`` (S/cm), ``steady_slope`` (d ln I/d ln t over the last half), ``end_drift`` (% over the last
    twentieth). A current that has not come to rest makes an upper bound, a series resistance that is not known a lower
    one; where both hold, the number is open to both sides. Nothing is extrapolated.

    Raises
    ------
    InputError
        If a column is missing, or the bias is neither set nor in the file.
    Refused
        If the record is too short, or the current is lost in the noise or in the series resistance.
    """
    found = prepare(measurement, settings)
    notes = [*measurement.notes, *found.notes, *geometry_notes(settings.pellet, settings.electrodes, settings.claimed)]
    steady = _steady(found, settings, notes)
    total = found.bias / found.value
    resistance, std = _without_series(total, total * found.std / abs(found.value), settings, measurement.where)
    bound = _bound(steady, settings, notes)
    quantities = _quantities(found, settings, (resistance, std))
    kind = conduction(settings.electrodes)
    return PolarisationResult(
        technique="polarisation",
        quantities=quantities,
        rows=(_row(found, kind, bound, steady),),
        notes=tuple(notes),
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
        meta=dict(measurement.meta),
    )


def _row(found: Transient, kind: str, bound: Bound, steady: bool) -> Row:
    bias, duration = 1000 * found.bias, float(found.time[-1])
    return {"kind": kind, "bound": bound, "steady": steady, "bias_mv": bias, "duration_s": duration}


def _steady(found: Transient, settings: Settings, notes: list[Note]) -> bool:
    """Both tests of the end; a slope that the noise cannot tell from the limit does not fail."""
    slope = abs(found.slope) <= settings.slope_limit + 2 * found.slope_std
    drift = 100 * found.drift <= settings.drift_limit_percent
    if not slope or not drift:
        text = (
            f"the current has not come to rest: d ln I/d ln t = {found.slope:.2f} over the last half (limit "
            f"{settings.slope_limit:g}), {100 * found.drift:.2g} % over the last twentieth: polarise longer"
        )
        notes.append(Note("doubt", "not_steady", text))
    return slope and drift


def _without_series(total: float, std: float, settings: Settings, where: str) -> tuple[float, float]:
    known = settings.series_resistance_ohm
    if known is None:
        return total, std
    spread = float(np.hypot(std, settings.series_std_ohm))
    if total - known <= 2 * spread:
        text = f"{total:.4g} ohm are no more than the {known:.4g} ohm in series: nothing is left for the pellet"
        raise Refused(text, where, "check series_resistance_ohm")
    return total - known, spread


def _bound(steady: bool, settings: Settings, notes: list[Note]) -> Bound:
    """Value, or bound: an unfinished transient bounds from above, layers in series from below."""
    unknown = settings.series_resistance_ohm is None and settings.electrodes == "electron-blocking"
    if unknown:
        text = "electrode layers and interfaces are in the resistance: a lower bound (series_resistance_ohm is not set)"
        notes.append(Note("doubt", "series_resistance_unknown", text))
    if steady:
        return "lower" if unknown else "value"
    return "open" if unknown else "upper"


def _quantities(found: Transient, settings: Settings, resistance: tuple[float, float]) -> dict[str, Quantity]:
    value, std = resistance
    quantities = {
        "resistance": Quantity(value, "ohm", std, "fit covariance"),
        "steady_current": Quantity(1e3 * found.value, "mA", 1e3 * found.std, "fit covariance"),
        "initial_current": Quantity(1e3 * float(found.current[0]), "mA"),
        "steady_slope": Quantity(found.slope, "", found.slope_std, "fit covariance"),
        "end_drift": Quantity(100 * found.drift, "%", decimals=2),
    }
    sigma = settings.pellet.conductivity(value, std)
    return quantities | ({"conductivity": sigma} if sigma is not None else {})


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[PolarisationResult, ...]:
    """Several biases of one pellet: each alone, and from three biases on the slope of I_ss over U.

    The slope takes the offset out and shows whether the pellet is ohmic: quantities ``series.resistance`` (ohm) and
    ``series.conductivity`` (S/cm) of every result, a doubt where the points leave the line by more than 5 %.

    Raises
    ------
    InputError, Refused
        As `analyse`.
    """
    results = tuple(analyse(measurement, settings) for measurement in measurements)
    bias = np.array([r.bias_volt for r in results])
    if len(np.unique(np.round(bias, 6))) < 3:
        return results
    current = np.array([r.steady_ampere for r in results])
    line = polynomial(bias, current, 1)
    slope = float(line.values[1])
    if slope <= 0:
        return results
    total, relative = 1 / slope, float(line.std[1]) / slope
    value, std = _without_series(total, total * relative, settings, measurements[0].where)
    more = {"series.resistance": Quantity(value, "ohm", std, "fit covariance")}
    sigma = settings.pellet.conductivity(value, std)
    more |= {"series.conductivity": sigma} if sigma is not None else {}
    misfit = float(np.max(np.abs(current - line.at(bias)) / np.abs(current)))
    text = f"the steady currents leave the line over the biases by up to {100 * misfit:.0f} %: not ohmic, or not steady"
    words = (Note("doubt", "not_ohmic", text),) if misfit > 0.05 else ()
    return tuple(dataclasses.replace(r, quantities={**r.quantities, **more}, notes=(*r.notes, *words)) for r in results)
