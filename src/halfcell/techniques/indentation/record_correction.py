"""From a raw record to a corrected one: load zero, drift, frame, contact; each choice recorded as a note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.maths import loops

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from halfcell.techniques.indentation.records import Settings

    Array = NDArray[np.float64]

_FEWEST = 20


@dataclass(frozen=True, kw_only=True, eq=False)
class Record:
    """A corrected record: time (s), depth (m) from contact, load (N), with the errors of what was corrected.

    `zero_std` (N), `drift_std` (m/s) and `contact_std` (m) are standard errors; `notes` say what was done.
    """

    time: Array
    depth: Array
    load: Array
    drift: float = 0.0
    zero_std: float = 0.0
    drift_std: float = 0.0
    contact_std: float = 0.0
    notes: tuple[Note, ...] = ()


def finite(time: Array, depth: Array, load: Array, where: str) -> tuple[Array, Array, Array]:
    """Drop records that are not numbers.

    Raises
    ------
    InputError
        If fewer than 20 are left or the load never rises: there is no test in it.
    """
    good = np.isfinite(time) & np.isfinite(depth) & np.isfinite(load)
    time, depth, load = time[good], depth[good], load[good]
    if len(load) < _FEWEST:
        raise InputError(f"{len(load)} records, at least {_FEWEST} are needed", where, "is the file truncated?")
    if float(np.ptp(load)) <= 0 or float(np.max(load)) <= 0 or float(np.ptp(depth)) <= 0:
        raise InputError("the load never rises: there is no indentation in the record", where)
    return time, depth, load


def corrected(time: Array, depth: Array, load: Array, meta: Mapping[str, Any], settings: Settings) -> Record:
    """Take off the load's zero, the frame's compliance, the drift and the depth at contact, in this order."""
    zero, zero_std, notes = _load_zero(load)
    load = load - zero
    compliance, frame_notes = _frame(meta, settings)
    depth = depth - compliance * load
    drift, drift_std, drift_notes = _drift(time, load, depth, meta, settings)
    depth = depth - drift * (time - time[0])
    contact, contact_std, contact_notes = _contact(depth, load, meta)
    return Record(
        time=time,
        depth=depth - contact,
        load=load,
        drift=drift,
        zero_std=zero_std,
        drift_std=drift_std,
        contact_std=contact_std,
        notes=(*notes, *frame_notes, *drift_notes, *contact_notes),
    )


def _load_zero(load: Array) -> tuple[float, float, tuple[Note, ...]]:
    """The load in air: of the lowest cluster before the peak, where it shows no trend (so it is no loading)."""
    top = int(np.argmax(load))
    rising, sigma = load[: top + 1], loops.noise(load)
    peak = float(load[top] - np.percentile(rising, 2))
    near = np.abs(rising - np.percentile(rising, 2)) < max(6.0 * sigma, 2e-3 * peak)
    inside = rising[near]
    if len(inside) < _FEWEST:
        return 0.0, 0.0, ()
    thirds = np.array_split(inside, 3)
    trend = abs(float(np.median(thirds[2]) - np.median(thirds[0])))
    if trend > max(3.0 * sigma, 1e-4 * peak):
        return 0.0, 0.0, ()
    zero = float(np.median(inside))
    std = float(np.std(inside) / np.sqrt(len(inside)) * 1.25 + trend / 4.0)
    if abs(zero) < 1e-3 * peak:
        return zero, std, ()
    text = f"The load in air, {zero * 1e3:.4g} mN ({zero / peak:.1%} of the greatest), was taken off."
    return zero, std, (Note("correction", "load_zero", text),)


def _frame(meta: Mapping[str, Any], settings: Settings) -> tuple[float, tuple[Note, ...]]:
    """Frame compliance (m/N) still in the depth."""
    given = settings.frame_compliance_nm_per_mn
    if given is None:
        given = meta.get("frame_compliance_nm_per_mn")
        source = "the file's"
    else:
        source = "the set"
    if not given:
        return 0.0, ()
    text = f"{source.capitalize()} frame compliance, {given:.4g} nm/mN, was taken off the depth."
    return float(given) * 1e-6, (Note("correction", "frame_compliance", text),)


def _drift(
    time: Array, load: Array, depth: Array, meta: Mapping[str, Any], settings: Settings
) -> tuple[float, float, tuple[Note, ...]]:
    """Drift (m/s), its standard error, and how it is known."""
    if settings.drift_nm_per_s is not None:
        text = f"The set drift of {settings.drift_nm_per_s:.3g} nm/s was taken off."
        return settings.drift_nm_per_s * 1e-9, 0.0, (Note("correction", "drift", text),)
    if meta.get("drift_corrected"):
        return 0.0, 0.0, (Note("info", "drift_by_instrument", "The instrument has taken the thermal drift off."),)
    rest = loops.low_hold(time, load, int(np.argmax(load)))
    if rest is not None:
        rate, std = loops.drift_rate(time[rest], depth[rest])
        text = f"Drift of {rate * 1e9:.3g} nm/s, measured in {time[rest][-1] - time[rest][0]:.0f} s at rest, taken off."
        return rate, std, (Note("correction", "drift", text),)
    if "drift_nm_per_s" in meta:
        rate = float(meta["drift_nm_per_s"])
        text = f"The drift that the instrument measured, {rate:.3g} nm/s, was taken off."
        return rate * 1e-9, 0.2 * settings.drift_doubt_nm_per_s * 1e-9, (Note("correction", "drift", text),)
    text = (
        f"The record has no rest at low load to measure the drift in; {settings.drift_doubt_nm_per_s:g} nm/s"
        " is carried as its uncertainty."
    )
    return 0.0, settings.drift_doubt_nm_per_s * 1e-9, (Note("doubt", "drift_unknown", text),)


def _contact(depth: Array, load: Array, meta: Mapping[str, Any]) -> tuple[float, float, tuple[Note, ...]]:
    """Depth (m) at contact: the instrument's own zero, else where the loading curve comes from.

    The early loading (0.5 to 10 % of the peak) is h = h_0 + (P/a)^{1/n}, with n = 3/2 (a sphere, a blunt tip) or 2
    (a pyramid); the better one counts, their difference is in the error.
    """
    if meta.get("zero") == "surface":
        return 0.0, 0.0, ()
    top = int(np.argmax(load))
    start = loops.contact_index(load, top, loops.noise(load))
    rise_depth, rise = depth[start : top + 1], load[start : top + 1]
    stop = int(np.argmax(rise > 0.1 * load[top]))
    rise_depth, rise = rise_depth[:stop], rise[:stop]
    used = rise > 0.005 * load[top]
    if used.sum() < 6:
        text = "Too few records at low load to find the contact; the first record counts as contact."
        return float(depth[start]), 0.0, (Note("doubt", "contact_unsure", text),)
    fits = [_line(rise[used] ** (1.0 / n), rise_depth[used]) for n in (1.5, 2.0)]
    (best, error, _), (other, _, _) = sorted(fits, key=lambda fit: fit[2])
    std = float(np.hypot(error, 0.5 * abs(best - other)))
    return best, std, ()


def _line(x: Array, y: Array) -> tuple[float, float, float]:
    """Intercept, its standard error and the residual's standard deviation of a straight line."""
    design = np.stack([np.ones_like(x), x], axis=1)
    solution, *_ = np.linalg.lstsq(design, y, rcond=None)
    spread = float(np.std(y - design @ solution))
    covariance = np.linalg.pinv(design.T @ design) * spread**2
    return float(solution[0]), float(np.sqrt(covariance[0, 0])), spread
