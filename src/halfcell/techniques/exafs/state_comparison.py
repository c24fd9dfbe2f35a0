"""States of one electrode compared: one range of k, peaks that appear or disappear, differences of |chi(R)|."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.state_series import changes, difference
from halfcell.techniques.common.state_differences import AmountInState, change_notes, change_rows, state_name
from halfcell.techniques.exafs.edge_shift import aligned, refuse_other_edges, with_edge_shifts
from halfcell.techniques.exafs.first_shell import with_first_shell
from halfcell.techniques.exafs.linear_combination import with_shares
from halfcell.techniques.exafs.single_scan import available_k, edge_of, reduce_scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.exafs.result import ExafsResult
    from halfcell.techniques.exafs.settings import Settings

    Changes = dict[str, AmountInState]

_FAR_TOO_SHORT = 0.7  # a scan that ends below this fraction of the set k does not shorten the range of the others
_THERE = 3.0  # standard uncertainties of a change or a maximum that is one
_SIDE_LOBE = 0.2  # of the highest peak of all states: side lobes of the window and the background are lower
_LEAST_APART = 0.25  # angstrom


def analyse_series(measurements: Sequence[Measurement], settings: Settings) -> tuple[ExafsResult, ...]:
    """Reduce the scans of several states with one range of k, and compare them with the first.

    The comparison gives the height of the first peak relative to that of the first state, the peaks of |chi(R)| that
    appear or disappear, and differences with the noise of both scans. A peak is present if it is above three times the
    noise and above a fifth of the highest peak of all states. All scans are of one edge; where each has a reference
    foil, their energies are aligned by it. A scan that ends below 70 % of the range that is set is transformed over its
    own range and not compared.

    Raises
    ------
    InputError
        As for a single scan; if the scans are of different edges.
    """
    refuse_other_edges(measurements, [edge_of(measurement, settings) for measurement in measurements])
    scans = aligned(measurements)
    measurements = [scan.measurement for scan in scans]
    tops = [available_k(measurement, settings) for measurement in measurements]
    asked = settings.k_range[1]
    long = [top >= _FAR_TOO_SHORT * asked for top in tops]
    long = long if any(long) else [True] * len(tops)
    top = min([asked, *(t for t, enough in zip(tops, long, strict=True) if enough)])
    results = []
    for measurement, own, enough in zip(measurements, tops, long, strict=True):
        k_range = (settings.k_range[0], top if enough else min(own, top))
        result = reduce_scan(measurement, dataclasses.replace(settings, k_range=k_range))
        noted = dataclasses.replace(
            result, state=state_name(measurement), notes=(*result.notes, _note(enough, top, sum(long)))
        )
        results.append(with_first_shell(noted, settings, measurement.where))
    results = list(with_edge_shifts(results, scans))
    if settings.linear_combination:
        results = list(with_shares(results, settings.linear_combination))
    compared = iter(_compared([result for result, enough in zip(results, long, strict=True) if enough], settings))
    return tuple(next(compared) if enough else result for result, enough in zip(results, long, strict=True))


def _note(enough: bool, top: float, count: int) -> Note:
    if enough:
        text = f"{count} scans are transformed up to k = {top:.1f} 1/angstrom"
        return Note("info", "shared_range", text)
    text = f"the scan ends far below the k = {top:.1f} 1/angstrom of the others: it is not compared with them"
    return Note("doubt", "not_compared", text)


def _compared(results: Sequence[ExafsResult], settings: Settings) -> list[ExafsResult]:
    """The results with the relative height of the first peak, changes of all peaks, and differences from the first."""
    table = _changed(results, settings.r_range)
    first = (results[0].magnitude, np.full(len(results[0].magnitude), results[0].noise ** 2))
    found = []
    for index, (result, changed) in enumerate(zip(_with_ratio(results), table, strict=True)):
        amounts = {f"{name}.amount": one.quantity("spread over windows") for name, one in changed.items()}
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
    """For each state: peak -> height (per cent of its largest), its standard uncertainty, how it changes."""
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
            percent, std = float(heights[index] * unit), float(stds[index] * unit)
            table[index][f"R={place:.2f}"] = AmountInState(percent=percent, std=std, change=change)
    return table


def _std(result: ExafsResult, height: float) -> float:
    """Standard uncertainty of a height: noise of the scan, and the relative spread of the first peak over windows."""
    first = result.quantities["first_peak_height"]
    return float(np.hypot(result.noise, height * (first.std or 0.0) / first.value))


def _highest(result: ExafsResult, r_range: tuple[float, float]) -> float:
    inside = (result.r_angstrom >= r_range[0]) & (result.r_angstrom <= r_range[1])
    return float(result.magnitude[inside].max())


def _peaks(result: ExafsResult, r_range: tuple[float, float], least: float) -> list[tuple[float, float]]:
    """Positions and heights of the maxima of |chi(R)| in a range, above the noise and above `least`."""
    r, y = result.r_angstrom, result.magnitude
    inside = np.flatnonzero((r >= r_range[0]) & (r <= r_range[1]))
    tops = inside[(y[inside] > y[inside - 1]) & (y[inside] >= y[inside + 1])]
    return [(float(r[i]), float(y[i])) for i in tops if y[i] > max(_THERE * result.noise, least)]


def _with_ratio(results: Sequence[ExafsResult]) -> tuple[ExafsResult, ...]:
    """The results with the height of their first peak relative to that of the first state."""
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
