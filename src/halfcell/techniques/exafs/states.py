"""States of one electrode: one range of k, peaks that appear and vanish, differences of |chi(R)| with their noise."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.state_series import changes, difference
from halfcell.techniques.common.state_differences import change_notes, change_rows, state_name
from halfcell.techniques.exafs.analyse import ExafsResult, available_k, chain
from halfcell.techniques.exafs.first_shell import with_shell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement

    Changes = dict[str, tuple[float, float, str]]

_FAR_TOO_SHORT = 0.7  # a scan that ends below this part of the asked k does not shorten the others' range
_THERE = 3.0  # sigma
_SIDE_LOBE = 0.2  # of the highest peak of all states: what window and background make of a scan stays below
_LEAST_APART = 0.25  # angstrom


def states(measurements: Sequence[Measurement], settings: Any) -> tuple[ExafsResult, ...]:
    """Each state's result with one range of k; heights, peaks and differences against the first state.

    A scan that ends below 70 % of the asked range is transformed over its own range and not compared.

    Raises
    ------
    InputError
        As for a single scan.
    """
    tops = [available_k(measurement, settings) for measurement in measurements]
    asked = settings.k_range[1]
    long = [top >= _FAR_TOO_SHORT * asked for top in tops]
    long = long if any(long) else [True] * len(tops)
    top = min([asked, *(t for t, enough in zip(tops, long, strict=True) if enough)])
    results = []
    for measurement, own, enough in zip(measurements, tops, long, strict=True):
        k_range = (settings.k_range[0], top if enough else min(own, top))
        result = chain(measurement, dataclasses.replace(settings, k_range=k_range))
        noted = dataclasses.replace(
            result, state=state_name(measurement), notes=(*result.notes, _note(enough, top, sum(long)))
        )
        results.append(with_shell(noted, settings, measurement.where))
    compared = [result for result, enough in zip(results, long, strict=True) if enough]
    told = iter(_compared(compared, settings))
    return tuple(next(told) if enough else result for result, enough in zip(results, long, strict=True))


def _note(enough: bool, top: float, count: int) -> Note:
    if enough:
        text = f"{count} scans are transformed up to k = {top:.1f} 1/angstrom"
        return Note("info", "shared_range", text)
    text = f"the scan ends far below the others' k = {top:.1f} 1/angstrom: it is not compared with them"
    return Note("doubt", "not_compared", text)


def _compared(results: Sequence[ExafsResult], settings: Any) -> list[ExafsResult]:
    """Height over the first state's, peaks with what they do, difference from the first state."""
    table = _changed(results, settings.r_range)
    first = (results[0].magnitude, np.full(len(results[0].magnitude), results[0].noise ** 2))
    found = []
    for index, (result, changed) in enumerate(zip(with_ratio(results), table, strict=True)):
        amounts = {f"{n}.amount": Quantity(a, "%", std, "spread over windows") for n, (a, std, _) in changed.items()}
        own = (result.magnitude, np.full(len(result.magnitude), result.noise**2))
        found.append(
            dataclasses.replace(
                result,
                quantities={**result.quantities, **amounts},
                rows=change_rows("peak", result.state, changed),
                notes=(*result.notes, *change_notes(changed)),
                difference=difference(first, own) if index else None,
            )
        )
    return found


def _changed(results: Sequence[ExafsResult], r_range: tuple[float, float]) -> list[Changes]:
    """For each state: peak -> height (per cent of its largest), its standard uncertainty, what it does."""
    apart = max(_LEAST_APART, np.pi / (2 * (results[0].k_range[1] - results[0].k_range[0])))
    least = _SIDE_LOBE * max(_highest(result, r_range) for result in results)
    seen = [_peaks(result, r_range, least) for result in results]
    places: list[float] = []
    for _, place in sorted(((height, place) for peaks in seen for place, height in peaks), reverse=True):
        if all(abs(place - other) >= apart for other in places):
            places.append(place)
    table: list[Changes] = [{} for _ in results]
    for place in sorted(places):
        heights = np.array([max([h for p, h in peaks if abs(p - place) < apart], default=0.0) for peaks in seen])
        stds = np.array([_std(result, height) for result, height in zip(results, heights, strict=True)])
        unit, does = 100.0 / heights.max(), changes(heights.tolist(), stds.tolist(), _THERE)
        for index, change in enumerate(does):
            table[index][f"R={place:.2f}"] = (float(heights[index] * unit), float(stds[index] * unit), change)
    return table


def _std(result: ExafsResult, height: float) -> float:
    """Noise of the scan, and the share by which the first peak's height moves with the windows."""
    first = result.quantities["first_peak_height"]
    return float(np.hypot(result.noise, height * (first.std or 0.0) / first.value))


def _highest(result: ExafsResult, r_range: tuple[float, float]) -> float:
    inside = (result.r_angstrom >= r_range[0]) & (result.r_angstrom <= r_range[1])
    return float(result.magnitude[inside].max())


def _peaks(result: ExafsResult, r_range: tuple[float, float], least: float) -> list[tuple[float, float]]:
    """Place and height of the maxima of |chi(R)| in a range, above the noise and above `least`."""
    r, y = result.r_angstrom, result.magnitude
    inside = np.flatnonzero((r >= r_range[0]) & (r <= r_range[1]))
    tops = inside[(y[inside] > y[inside - 1]) & (y[inside] >= y[inside + 1])]
    return [(float(r[i]), float(y[i])) for i in tops if y[i] > max(_THERE * result.noise, least)]


def with_ratio(results: Sequence[ExafsResult]) -> tuple[ExafsResult, ...]:
    """Add each state's first-shell height over that of the first state."""
    first = results[0].quantities["first_peak_height"]
    out = []
    for result in results:
        own = result.quantities["first_peak_height"]
        value = own.value / first.value
        relative = [(q.std or 0.0) / q.value for q in (own, first)]
        std = None if own is first else value * float(np.hypot(relative[0], relative[1]))
        ratio = Quantity(value, "", std, "propagated")
        out.append(dataclasses.replace(result, quantities={**result.quantities, "first_peak_ratio": ratio}))
    return tuple(out)
