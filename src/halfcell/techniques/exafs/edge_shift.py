"""The energies of a series: one edge, one scale by the reference foil, and how the edge moves."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.edge_alignment import shift_between
from halfcell.maths.exafs import edge_energy

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.exafs.result import ExafsResult

_SAME_EDGE: Final = 40.0  # eV; oxidation moves an edge by at most some 20, and the next edge is further away
_HALF: Final = 0.5  # of the edge step
_AROUND: Final = 4  # points on each side of an edge through which the curve goes
EDGE_STEPS: Final = 0.002  # relative difference of the edge steps of states whose edges are some eV apart
_FEWEST: Final = 3  # points before the edge, whose differences tell the noise


@dataclasses.dataclass(frozen=True, kw_only=True)
class Aligned:
    """A scan on the energy scale of the first, the shift that this took (None: no reference), and a note."""

    measurement: Measurement
    shift: Quantity | None = None
    notes: tuple[Note, ...] = ()


def refuse_other_edges(measurements: Sequence[Measurement], edges: Sequence[float]) -> None:
    """Refuse a series of scans of different edges.

    Raises
    ------
    InputError
        If the edge of a scan is further than 40 eV from that of the first.
    """
    for measurement, edge in zip(measurements, edges, strict=True):
        if abs(edge - edges[0]) > _SAME_EDGE:
            what = f"the edge is at {edge:.0f} eV, that of the first state at {edges[0]:.0f} eV"
            raise InputError(what, measurement.where, "states of one series share an edge: analyse other edges apart")


def aligned(measurements: Sequence[Measurement]) -> tuple[Aligned, ...]:
    """The scans with their energies on the scale of the first, by the foil that was recorded with each.

    Raises
    ------
    InputError
        If the foil of a scan has no edge in common with that of the first.
    """
    if not all("reference_absorption" in measurement for measurement in measurements):
        text = "not every scan has a reference foil: energies are as recorded, and no edge shift is given"
        return tuple(
            Aligned(measurement=one, notes=(Note("info", "no_reference_channel", text),)) for one in measurements
        )
    first = measurements[0]["energy_electronvolt"], measurements[0]["reference_absorption"]
    edge = edge_energy(*first)
    found = [Aligned(measurement=measurements[0], shift=Quantity(0.0, "eV", 0.0))]
    for measurement in measurements[1:]:
        other = measurement["energy_electronvolt"], measurement["reference_absorption"]
        try:
            shift, std = shift_between(first, other, edge)
        except ValueError as error:
            raise InputError(
                f"the reference foil: {error}", measurement.where, "are these scans of one edge?"
            ) from error
        quantity = Quantity(shift, "eV", std, "fit covariance")
        moved = {**measurement.columns, "energy_electronvolt": other[0] + shift}
        text = (
            f"energies moved by {shift:.2f} eV, so that the edge of the reference foil is where the first scan has it"
        )
        note = Note("correction", "energies_aligned", text)
        made = dataclasses.replace(measurement, columns=moved)
        found.append(Aligned(measurement=made, shift=quantity, notes=(note,)))
    return tuple(found)


def with_edge_shifts(results: Sequence[ExafsResult], scans: Sequence[Aligned]) -> tuple[ExafsResult, ...]:
    """The results with the position of their edge and, where the energies are aligned, how it moved since the first.

    Parameters
    ----------
    results
        Reduced scans, that of the first state first.
    scans
        The same on one scale of energy.

    Returns
    -------
    tuple of ExafsResult
        With edge positions and their shifts (eV).

    Source: JCGM 100:2008 (GUM), 5.1.2, for the errors.
    """
    places = [edge_position(result) for result in results]
    made = []
    for result, place, scan in zip(results, places, scans, strict=True):
        more = {"edge_position": place}
        if scan.shift is not None and result is not results[0]:
            std = float(np.linalg.norm([_relative_error(result), _relative_error(results[0]), scan.shift.std or 0.0]))
            more["energy_alignment"] = scan.shift
            more["edge_shift"] = Quantity(place.value - places[0].value, "eV", std, "propagated")
        made.append(
            dataclasses.replace(result, quantities={**result.quantities, **more}, notes=(*result.notes, *scan.notes))
        )
    return tuple(made)


def edge_position(result: ExafsResult) -> Quantity:
    """Where the normalised absorption first reaches a half.

    Parameters
    ----------
    result
        A reduced scan.

    Returns
    -------
    Quantity
        eV; the error is that of the edge step over the slope there.

    Source: definition.
    """
    place, slope = _crossing(result)
    relative = (result.quantities["edge_step_deficit"].std or 0.0) / 100
    return Quantity(
        place, "eV", float(np.hypot(_HALF * relative / slope, _relative_error(result))), "spread over windows"
    )


def _crossing(result: ExafsResult) -> tuple[float, float]:
    """The energy at which the normalised absorption first reaches a half, and its slope there (1/eV).

    A cubic spline through the points around it: straight lines between points 0.5 eV apart put edges that are moved by
    part of a step 0.01 eV off, twice as much as noise and drift.
    """
    from scipy.interpolate import CubicSpline
    from scipy.optimize import brentq

    energy, mu = result.energy_electronvolt, result.normalised
    e0 = result.quantities["e0"].value
    near = np.flatnonzero((energy > e0 - 40.0) & (energy < e0 + 40.0))
    last = max(int(near[np.argmax(mu[near] > _HALF)]), 1)
    around = slice(max(last - _AROUND, 0), last + _AROUND)
    curve = CubicSpline(energy[around], mu[around] - _HALF)
    if not mu[last - 1] <= _HALF < mu[last]:
        return float(energy[last]), float(curve(energy[last], 1))
    place = float(brentq(curve, energy[last - 1], energy[last]))
    return place, float(curve(place, 1))


def _relative_error(result: ExafsResult) -> float:
    """The error of the position (eV) against another scan with the same windows: their common error cancels."""
    energy, mu = result.energy_electronvolt, result.normalised
    flat = mu[energy < result.quantities["e0"].value - 40.0]
    noise = float(np.std(np.diff(flat)) / np.sqrt(2.0)) if len(flat) > _FEWEST else 0.0
    return float(np.hypot(noise, _HALF * EDGE_STEPS) / _crossing(result)[1])
