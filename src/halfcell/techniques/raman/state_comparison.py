"""States of one electrode compared: the bands of each, which appear or disappear, difference spectra with noise."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import HalfcellError, Refused
from halfcell.core.result import Note
from halfcell.maths.intensity_noise import noise
from halfcell.maths.state_series import changes, difference
from halfcell.techniques.common.state_differences import AmountInState, change_notes, change_rows, state_name
from halfcell.techniques.raman import carbon_bands, silicon_bands
from halfcell.techniques.raman.analyse import analyse, silicon
from halfcell.techniques.raman.fit_window import in_window, laser_line, nothing_seen
from halfcell.techniques.raman.result import RamanResult
from halfcell.techniques.raman.spots import are_spots, with_means

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.raman.settings import Settings

    Array = NDArray[np.float64]

_THERE = 3.0  # standard uncertainties of a change that is one


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[RamanResult, ...]:
    """Compare the states of one electrode: amounts of bands, bands that appear or disappear, differences.

    Spectra from one file (a map), and of files with a `{spot}` in their names, are not states but spots: each is
    analysed by itself, and means over the spots are given.

    Raises
    ------
    InputError, Refused
        As for a single spectrum.
    """
    if are_spots(measurements):
        return with_means([_one_of_map(measurement, settings) for measurement in measurements])
    return _states(measurements, settings)


def _states(measurements: Sequence[Measurement], settings: Settings) -> tuple[RamanResult, ...]:
    """The fit of each state, with the amounts of its bands and its difference from the first state.

    A state without a crystalline line is fitted with the line of the state in which it is strongest. Areas and
    differences are per second of exposure if all files state it.
    """
    data = [in_window(m, settings) for m in measurements]
    seconds, known = _seconds(measurements)
    results = _fitted(data, measurements, settings)
    changed = _changed(results, seconds)
    text = "not all files state the exposure: intensities are compared as recorded"
    notes = () if known else (Note("doubt", "exposure_unknown", text),)
    found = []
    for index, (result, measurement) in enumerate(zip(results, measurements, strict=True)):
        amounts = {f"{name}.amount": one.quantity("fit covariance") for name, one in changed[index].items()}
        state = state_name(measurement)
        found.append(
            dataclasses.replace(
                result,
                quantities={**result.quantities, **amounts},
                rows=(*change_rows("band", state, changed[index]), *result.rows),
                notes=(*result.notes, *change_notes(changed[index]), *notes),
                state=state,
                difference=_difference(results, seconds, index) if index else None,
            )
        )
    return tuple(found)


def _one_of_map(measurement: Measurement, settings: Settings) -> RamanResult:
    """One spectrum of a file with several; one that cannot be analysed says why and does not stop the others."""
    try:
        return analyse(measurement, settings)
    except HalfcellError as error:
        x, y = measurement.columns.get("raman_shift_per_cm"), measurement["intensity_count"]
        return RamanResult(
            technique="raman",
            notes=(Note("refused", "spectrum_refused", str(error)),),
            shift_per_cm=np.arange(len(y), dtype=float) if x is None else x,
            intensity_count=y,
            baseline_count=np.zeros(len(y)),
            names=(),
            components_count=(),
            areas=(),
            region=settings.region,
        )


def _seconds(measurements: Sequence[Measurement]) -> tuple[list[float], bool]:
    """Exposure of each spectrum (s) and whether all files state it; ones where they do not."""
    named = [measurement.meta.get("exposure_second") for measurement in measurements]
    if all(isinstance(second, float) and second > 0 for second in named):
        return [float(second or 1.0) for second in named], True
    return [1.0] * len(named), False


def _fitted(
    data: Sequence[tuple[Array, Array]], measurements: Sequence[Measurement], settings: Settings
) -> list[RamanResult]:
    """The fit of each state; where the line is gone, the line of the state with the strongest one is used."""
    if settings.region == "carbon":
        lasers = [laser_line(measurement, settings) for measurement in measurements]
        carbon = [carbon_bands.fit(x, y, settings, laser) for (x, y), laser in zip(data, lasers, strict=True)]
        for result, measurement in zip(carbon, measurements, strict=True):
            if result is None:
                raise nothing_seen(measurement, settings)
        return [result for result in carbon if result is not None]
    seen = [silicon(measurement, settings) for measurement in measurements]
    lines = [(result.areas[0][0], result.line) for result in seen if result is not None and result.line is not None]
    if not lines:
        raise Refused("no state shows a crystalline line", measurements[0].where, "is this the right region?")
    strongest = max(lines, key=lambda pair: pair[0])[1]
    return [
        result or silicon_bands.without_line(x, y, settings, strongest)
        for result, (x, y) in zip(seen, data, strict=True)
    ]


def _changed(results: Sequence[RamanResult], seconds: Sequence[float]) -> list[dict[str, AmountInState]]:
    """For each state: band -> amount (per cent of its largest), its standard uncertainty, how it changes."""
    table: list[dict[str, AmountInState]] = [{} for _ in results]
    for band, name in enumerate(results[0].names):
        value = np.array([r.areas[band][0] / s for r, s in zip(results, seconds, strict=True)])
        std = np.array([r.areas[band][1] / s for r, s in zip(results, seconds, strict=True)])
        largest = int(np.argmax(value))
        unit = 100.0 / max(float(value[largest]), 3 * float(std[largest]), 1e-300)
        does = changes(value.tolist(), std.tolist(), _THERE)
        for index, change in enumerate(does):
            percent, doubt = float(value[index] * unit), float(std[index] * unit)
            table[index][name] = AmountInState(percent=percent, std=doubt, change=change)
    return table


def _difference(results: Sequence[RamanResult], seconds: Sequence[float], index: int) -> tuple[Array, Array, Array]:
    """Axis of the first state, net intensity per second minus that of the first state, and its uncertainty."""
    (first, one), (other, two) = ((results[i], _net(results[i], seconds[i])) for i in (0, index))
    x = first.shift_per_cm
    inside = (x >= other.shift_per_cm[0]) & (x <= other.shift_per_cm[-1])
    moved = tuple(np.interp(x[inside], other.shift_per_cm, part) for part in two)
    value, std = difference((one[0][inside], one[1][inside]), (moved[0], moved[1]))
    return x[inside], value, std


def _net(result: RamanResult, second: float) -> tuple[Array, Array]:
    """Intensity without baseline, per second, and its variance from the noise of the points."""
    net = (result.intensity_count - result.baseline_count) / second
    return net, (noise(result.intensity_count) / second) ** 2
