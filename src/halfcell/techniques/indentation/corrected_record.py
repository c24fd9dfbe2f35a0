"""From a raw record to a corrected one: load zero, frame, drift, contact; each choice is recorded as a note."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.core.result import Note
from halfcell.maths import load_displacement
from halfcell.techniques.indentation.correction import Correction
from halfcell.techniques.indentation.thermal_drift import thermal_drift

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.indentation.raw_tests import RawTest
    from halfcell.techniques.indentation.settings import Settings

    Array = NDArray[np.float64]

_FEWEST = 20  # records for two branches and a hold
_FEWEST_AT_CONTACT = 6  # records: a line with a scatter
_ZERO = 1e-3  # of the peak load: a smaller zero needs no word
_NEAR_SIGMAS, _NEAR_PART = 6.0, 2e-3  # noises, and part of the peak load: what counts as zero load
_TREND_SIGMAS, _TREND_PART = 3.0, 1e-4  # noises, and part of the peak load: a trend of the zero that is one
_EARLY = (0.005, 0.1)  # of the peak load: the early loading that tells the contact


@dataclass(frozen=True, kw_only=True, eq=False)
class Record:
    """A corrected record: time (s), depth (m) from contact, load (N), with the errors of what was corrected.

    `zero_std` (N), `drift_std` (m/s), `contact_std` (m) and `frame_std` (m/N) are standard errors; `notes` say what was
    done. Without a time in the file `time` counts the records, and the drift cannot be known.
    """

    time: Array
    depth: Array
    load: Array
    drift: float = 0.0
    zero_std: float = 0.0
    drift_std: float = 0.0
    drift_is_known: bool = True
    contact_std: float = 0.0
    frame_std: float = 0.0
    notes: tuple[Note, ...] = ()


def finite(test: RawTest, where: str) -> RawTest:
    """Leave out records that are not numbers.

    Parameters
    ----------
    test
        Time (s), depth (m) and load (N), shape (n,).
    where
        The file, for the error.

    Returns
    -------
    RawTest
        The same without records that are not numbers.

    Raises
    ------
    InputError
        If fewer than 20 are left or the load never rises: there is no test in it.

    Source: definition.
    """
    good = np.isfinite(test.time) & np.isfinite(test.depth) & np.isfinite(test.load)
    time, depth, load = test.time[good], test.depth[good], test.load[good]
    if len(load) < _FEWEST:
        raise InputError(f"{len(load)} records, at least {_FEWEST} are needed", where, "is the file truncated?")
    if float(np.ptp(load)) <= 0 or float(np.max(load)) <= 0 or float(np.ptp(depth)) <= 0:
        raise InputError("the load never rises: there is no indentation in the record", where)
    return dataclasses.replace(test, time=time, depth=depth, load=load)


def corrected(test: RawTest, settings: Settings) -> Record:
    """Take off the load's zero, the frame's compliance, the drift and the depth at contact, in this order.

    Parameters
    ----------
    test
        Time (s), depth (m) and load (N) as recorded, shape (n,).
    settings
        Drift (nm/s) and compliance of the frame (nm/mN), where they are set, and their doubts.

    Returns
    -------
    Record
        Depth from contact (m) and load (N), shape (n,), with the standard errors of what was taken off.

    Source: procedure of this package.
    """
    zero = _load_zero(test.load)
    load = test.load - zero.value
    frame = _frame(test, settings)
    depth = test.depth - frame.value * load
    drift = thermal_drift(test, load, depth, settings)
    depth = depth - drift.value * (test.time - test.time[0])
    contact = _contact(depth, load, test)
    return Record(
        time=test.time,
        depth=depth - contact.value,
        load=load,
        drift=drift.value,
        zero_std=zero.std,
        drift_std=drift.std,
        drift_is_known=drift.is_known,
        contact_std=contact.std,
        frame_std=settings.frame_doubt_nm_per_mn * 1e-6,
        notes=(*zero.notes, *frame.notes, *drift.notes, *contact.notes),
    )


def _load_zero(load: Array) -> Correction:
    """The load in air: of the lowest cluster before the peak, where it shows no trend (so it is no loading)."""
    top = int(np.argmax(load))
    rising, sigma = load[: top + 1], load_displacement.noise(load)
    peak = float(load[top] - np.percentile(rising, 2))
    near = np.abs(rising - np.percentile(rising, 2)) < max(_NEAR_SIGMAS * sigma, _NEAR_PART * peak)
    inside = rising[near]
    if len(inside) < _FEWEST:
        return Correction()
    thirds = np.array_split(inside, 3)
    trend = abs(float(np.median(thirds[2]) - np.median(thirds[0])))
    if trend > max(_TREND_SIGMAS * sigma, _TREND_PART * peak):
        return Correction()
    zero = float(np.median(inside))
    std = float(np.std(inside) / np.sqrt(len(inside)) * 1.25 + trend / 4.0)
    if abs(zero) < _ZERO * peak:
        return Correction(value=zero, std=std)
    text = f"The load in air, {zero * 1e3:.4g} mN ({zero / peak:.1%} of the greatest), was taken off."
    return Correction(value=zero, std=std, notes=(Note("correction", "load_zero", text),))


def _frame(test: RawTest, settings: Settings) -> Correction:
    """Frame compliance (m/N) still in the depth."""
    given = settings.frame_compliance_nm_per_mn
    if given is None:
        given = test.meta.get("frame_compliance_nm_per_mn")
        source = "the file's"
    else:
        source = "the set"
    if not given:
        return Correction()
    text = f"{source.capitalize()} frame compliance, {given:.4g} nm/mN, was taken off the depth."
    return Correction(value=float(given) * 1e-6, notes=(Note("correction", "frame_compliance", text),))


def _contact(depth: Array, load: Array, test: RawTest) -> Correction:
    """Depth (m) at contact: the instrument's own zero, else where the loading curve comes from.

    The early loading (0.5 to 10 % of the peak) is h = h_0 + (P/a)^{1/n}, with n = 3/2 (a sphere, a blunt tip) or 2
    (a pyramid); the better one counts, their difference is in the error, the less the worse the other one fits.
    """
    if test.meta.get("zero") == "surface":
        return Correction()
    top = int(np.argmax(load))
    start = load_displacement.contact_index(load, top, load_displacement.noise(load))
    rise_depth, rise = depth[start : top + 1], load[start : top + 1]
    stop = int(np.argmax(rise > _EARLY[1] * load[top]))
    rise_depth, rise = rise_depth[:stop], rise[:stop]
    used = rise > _EARLY[0] * load[top]
    if used.sum() < _FEWEST_AT_CONTACT:
        text = "Too few records at low load to find the contact; the first record counts as contact."
        return Correction(value=float(depth[start]), notes=(Note("doubt", "contact_unsure", text),))
    fits = [_line(rise[used] ** (1.0 / n), rise_depth[used]) for n in (1.5, 2.0)]
    (best, error, misfit), (other, _, worse) = sorted(fits, key=lambda fit: fit[2])
    doubt = 0.5 * abs(best - other) * (misfit / worse if worse > 0 else 1.0)
    return Correction(value=best, std=float(np.hypot(error, doubt)))


def _line(x: Array, y: Array) -> tuple[float, float, float]:
    """Intercept, its standard error and the residual's standard deviation of a straight line."""
    design = np.stack([np.ones_like(x), x], axis=1)
    solution, *_ = np.linalg.lstsq(design, y, rcond=None)
    spread = float(np.std(y - design @ solution))
    covariance = np.linalg.pinv(design.T @ design) * spread**2
    return float(solution[0]), float(np.sqrt(covariance[0, 0])), spread
