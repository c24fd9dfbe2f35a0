"""The EXAFS chain: one scan to its quantities, with the spread over reasonable windows."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.quantity import Quantity
from halfcell.core.result import Note, Result
from halfcell.maths import exafs
from halfcell.techniques.exafs.glitches import settle

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement

    Array = NDArray[np.floating]
    Column = NDArray[np.float64]

_E0_SPAN = 3.0  # eV, how far E0 may reasonably be set otherwise
_FEWEST = 30  # energies of a scan
_PEAK_ROOM = 0.3  # angstrom, how far a peak may move with the windows
_RBKG_SPAN = 0.2  # angstrom
_RANGE_SPAN = 0.2  # share by which the ends of the pre- and post-edge ranges are moved


@dataclass(frozen=True, kw_only=True, eq=False)
class ExafsResult(Result):
    """One scan: normalised absorption, chi(k), |chi(R)| and the windows used.

    noise: standard deviation of |chi(R)| from the noise of the scan. state: name of the state in a series. difference:
    |chi(R)| minus that of the first state, and its standard uncertainty from the noise of both.
    """

    energy_electronvolt: Column
    normalised: Column
    k: Column
    chi: Column
    r_angstrom: Column
    magnitude: Column
    k_weight: int
    k_range: tuple[float, float]
    fitted: Column | None = None
    noise: float = 0.0
    state: str = ""
    difference: tuple[Column, Column] | None = None


def available_k(measurement: Measurement, settings: Any) -> float:
    """The largest k that a scan reaches (1/angstrom)."""
    energy, e0 = measurement["energy_electronvolt"], _edge(measurement, settings)
    return float(np.sqrt(exafs.K_PER_E * max(energy[-1] - e0, 0.0)))


def _edge(measurement: Measurement, settings: Any) -> float:
    """E0 (eV): as set, or found in a scan that can hold one.

    Raises
    ------
    InputError
        If the energies are not above zero and rising, or are fewer than 30.
    """
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    if len(energy) < _FEWEST or not energy[0] > 0 or not (np.diff(energy) > 0).all():
        what = (
            f"{len(energy)} energies are no scan" if len(energy) < _FEWEST else "the energies do not rise from zero on"
        )
        raise InputError(what, measurement.where, "is this the column of energies, in eV?")
    return float(settings.e0_electronvolt or exafs.edge_energy(energy, mu))


def chain(measurement: Measurement, settings: Any) -> ExafsResult:
    """E0, step, background, transform, first peak; and how they move with the windows."""
    if measurement.technique != "xas":
        raise InputError("this is no absorption scan", measurement.where, "give it as the setting `path`")
    e0 = _edge(measurement, settings)
    measurement, glitches = settle(measurement, e0, settings)
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    normal = _normalised(measurement, e0, settings)
    top = min(settings.k_range[1], available_k(measurement, settings))
    if top < settings.k_range[0] + 1.5:
        raise InputError(f"the scan ends at k = {top:.1f} 1/angstrom", measurement.where, "lower k_range")
    low_high = (settings.k_range[0], top)
    back, r, spectrum = _transformed(measurement, normal, settings, low_high)
    peak, height = first_peak(r, np.abs(spectrum), settings.r_range)
    spread = _spread(measurement, e0, _near(settings, peak), low_high)
    return ExafsResult(
        technique="exafs",
        quantities=_quantities(normal, peak, height, spread, energy),
        notes=(*_notes(measurement, normal, settings, low_high), *glitches),
        settings=_used(settings, normal, low_high),
        energy_electronvolt=energy,
        normalised=(mu - normal.pre_edge) / normal.step,
        k=np.asarray(back.k, dtype=float),
        chi=np.asarray(back.chi, dtype=float),
        r_angstrom=np.asarray(r, dtype=float),
        magnitude=np.asarray(np.abs(spectrum), dtype=float),
        k_weight=settings.k_weight,
        k_range=low_high,
        noise=exafs.noise_of(r, spectrum),
    )


def _normalised(measurement: Measurement, e0: float, settings: Any) -> exafs.Normalised:
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    try:
        normal = exafs.normalise(energy, mu, e0, settings.pre_range, settings.post_range)
    except ValueError as error:
        span = f"the scan runs from {energy[0]:.0f} to {energy[-1]:.0f} eV, E0 is {e0:.1f}"
        raise InputError(str(error), measurement.where, span) from error
    if normal.step <= 3 * normal.step_std:
        raise InputError("no edge stands above the noise", measurement.where, "is this an absorption scan?")
    return normal


def _transformed(
    measurement: Measurement, normal: exafs.Normalised, settings: Any, k_range: tuple[float, float]
) -> tuple[exafs.Background, Array, Array]:
    energy, mu = measurement["energy_electronvolt"], measurement["absorption"]
    try:
        back = exafs.background(energy, mu, normal, rbkg=settings.rbkg_angstrom)
    except ValueError as error:
        raise InputError(str(error), measurement.where) from error
    r, spectrum = exafs.transform(back.chi, settings.k_weight, k_range, settings.k_sill)
    return back, r, spectrum


def first_peak(r: Array, magnitude: Array, r_range: tuple[float, float]) -> tuple[float, float]:
    """Position and height of the strongest maximum in a range of R, by a parabola through three points.

    A rise towards the range's end is no maximum; where there is none at all, the range's highest point is taken.
    """
    inside = np.flatnonzero((r >= r_range[0]) & (r <= r_range[1]))
    inside = inside[(inside > 0) & (inside < len(r) - 1)]
    maxima = inside[(magnitude[inside] >= magnitude[inside - 1]) & (magnitude[inside] > magnitude[inside + 1])]
    choice = maxima if len(maxima) else inside
    top = int(choice[np.argmax(magnitude[choice])])
    left, middle, right = magnitude[top - 1 : top + 2]
    curve = left - 2 * middle + right
    shift = 0.5 * (left - right) / curve if curve else 0.0
    return float(r[top] + shift * (r[1] - r[0])), float(middle - 0.25 * (left - right) * shift)


def _near(settings: Any, peak: float) -> Any:
    """Settings that look for the peak near where it was found: its spread is not the distance to another peak."""
    return dataclasses.replace(settings, r_range=(peak - _PEAK_ROOM, peak + _PEAK_ROOM))


def _variants(e0: float, settings: Any, normal: exafs.Normalised) -> list[tuple[float, Any]]:
    """E0 and settings as another careful person might choose them."""
    pre, post = normal.pre_range, normal.post_range
    replace = dataclasses.replace
    inner = (pre[0], pre[1] * (1 - _RANGE_SPAN)), (pre[0], pre[1] * (1 + _RANGE_SPAN))
    outer = (post[0] * 2, post[1]), (post[0], post[1] * (1 - _RANGE_SPAN))
    return [
        (e0 - _E0_SPAN, settings),
        (e0 + _E0_SPAN, settings),
        (e0, replace(settings, rbkg_angstrom=settings.rbkg_angstrom - _RBKG_SPAN)),
        (e0, replace(settings, rbkg_angstrom=settings.rbkg_angstrom + _RBKG_SPAN)),
        *((e0, replace(settings, pre_range=choice)) for choice in inner),
        *((e0, replace(settings, post_range=choice)) for choice in outer),
    ]


def _spread(measurement: Measurement, e0: float, settings: Any, k_range: tuple[float, float]) -> dict[str, float]:
    """Standard deviation of the step, peak and height over the variants."""
    found = []
    for other, choice in _variants(e0, settings, _normalised(measurement, e0, settings)):
        try:
            normal = _normalised(measurement, other, choice)
            _, r, spectrum = _transformed(measurement, normal, choice, k_range)
        except InputError:
            continue  # the scan is too short for this choice
        found.append((normal.step, *first_peak(r, np.abs(spectrum), settings.r_range)))
    stds = np.std(np.array(found), axis=0, ddof=1) if len(found) > 1 else np.full(3, np.nan)
    return {"step": float(stds[0]), "peak": float(stds[1]), "height": float(stds[2])}


def _quantities(
    normal: exafs.Normalised, peak: float, height: float, spread: dict[str, float], energy: Array
) -> dict[str, Quantity]:
    near = int(np.argmin(np.abs(energy - normal.e0)))
    grid = float(np.ptp(energy[max(near - 1, 0) : near + 2])) / 2
    step_std = float(np.hypot(normal.step_std, spread["step"]))
    return {
        "e0": Quantity(normal.e0, "eV", grid, "instrument resolution"),
        "edge_step": Quantity(normal.step, "", step_std, "spread over windows"),
        "first_peak": Quantity(peak, "angstrom", spread["peak"], "spread over windows"),
        "first_peak_height": Quantity(height, "", spread["height"], "spread over windows"),
    }


def _used(settings: Any, normal: exafs.Normalised, k_range: tuple[float, float]) -> dict[str, Any]:
    """The settings with the ranges that were in fact used."""
    used = {f.name: getattr(settings, f.name) for f in dataclasses.fields(settings) if f.name != "path"}
    ranges = {"pre_range": normal.pre_range, "post_range": normal.post_range, "k_range": k_range}
    shown = {name: [round(value, 2) for value in pair] for name, pair in ranges.items()}
    return used | shown | {"e0_electronvolt": normal.e0, "r_range": list(settings.r_range)}


def _notes(
    measurement: Measurement, normal: exafs.Normalised, settings: Any, k_range: tuple[float, float]
) -> tuple[Note, ...]:
    pre, post = normal.pre_range, normal.post_range
    ranges = f"pre-edge {pre[0]:.0f} to {pre[1]:.0f} eV, post-edge {post[0]:.0f} to {post[1]:.0f} eV (degree"
    text = f"{ranges} {normal.degree}), k {k_range[0]:.1f} to {k_range[1]:.1f} 1/angstrom, R not phase-corrected"
    notes = [Note("info", "exafs_ranges", text)]
    if normal.flat_pre_edge:
        notes.append(Note("doubt", "flat_pre_edge", "too few points before the edge for a line: a constant was taken"))
    if k_range[1] < settings.k_range[1] - 0.05:
        short = f"the data end at k = {k_range[1]:.1f} 1/angstrom, not {settings.k_range[1]:g}: peaks are broader"
        notes.append(Note("doubt", "short_scan", short))
    stored = measurement.meta.get("vendor", {}).get("e0_electronvolt")
    if stored is not None and abs(stored - normal.e0) > _E0_SPAN:
        other = f"E0 found at {normal.e0:.1f} eV, the file's own is {stored:.1f} eV: set e0_electronvolt"
        notes.append(Note("doubt", "e0_differs", other))
    return tuple(notes)
