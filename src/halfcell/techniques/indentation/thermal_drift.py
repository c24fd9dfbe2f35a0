"""The thermal drift of a test: set, taken off by the instrument, measured at rest, or impossible to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths import held_load
from halfcell.maths.hold_drift import drift_beside_recovery, recovery_seen
from halfcell.techniques.indentation.correction import Correction

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.indentation.raw_tests import RawTest
    from halfcell.techniques.indentation.settings import Settings

    Array = NDArray[np.float64]

_SURE = 4.0  # standard errors of the bend of a hold, from which on the sample recovers in it
_FALLS = 3.0  # times the doubt in an unknown drift: a rest in which the depth falls faster is recovery, too
_FEWEST_TO_HALVE = 40  # records of a hold in which a bend can be told
_OWN_RATE_DOUBT = 0.2  # of the doubt in an unknown drift: the error of a rate that the instrument measured


def thermal_drift(test: RawTest, load: Array, depth: Array, settings: Settings) -> Correction:
    """Drift with its standard error; of a test without a time nothing is known, whatever is set.

    The set drift comes first, then the instrument's own correction, then a rest at low load, then the rate that the
    instrument measured; else none is taken off and `drift_doubt_nm_per_s` is its uncertainty.

    Parameters
    ----------
    test
        The test and what its file states.
    load, depth
        N and m, shape (n,).
    settings
        The drift that is set, and its doubt (nm/s).

    Returns
    -------
    Correction
        m/s.

    Source: as `maths.held_load` and `maths.hold_drift`.
    """
    if not test.has_time:
        return _without_time(test, settings)
    if settings.drift_nm_per_s is not None:
        return _set(settings.drift_nm_per_s, already=bool(test.meta.get("drift_corrected")))
    if test.meta.get("drift_corrected"):
        return _by_instrument()
    return _measured(test, load, depth, settings) or _assumed(test, settings)


def _without_time(test: RawTest, settings: Settings) -> Correction:
    """Refuse a drift where records have no times; an instrument that corrected it had its own clock."""
    if settings.drift_nm_per_s is None and test.meta.get("drift_corrected"):
        return _by_instrument()
    given = settings.drift_nm_per_s
    what = "be measured or taken off" if given is None else f"be taken off (set: {given:.3g} nm/s)"
    text = (
        f"Without a time in the file the thermal drift cannot {what}. It is still in the depths, and the energies of a"
        " single test carry no uncertainty, because the drift's part of it is unknown."
    )
    return Correction(notes=(Note("refused", "drift_without_time", text),), is_known=False)


def _set(rate: float, *, already: bool) -> Correction:
    if already:
        text = f"The set drift of {rate:.3g} nm/s was taken off, though the instrument had taken its own off already."
        return Correction(value=rate * 1e-9, notes=(Note("doubt", "drift", text),))
    text = f"The set drift of {rate:.3g} nm/s was taken off."
    return Correction(value=rate * 1e-9, notes=(Note("correction", "drift", text),))


def _by_instrument() -> Correction:
    text = "The instrument has taken the thermal drift off."
    return Correction(notes=(Note("info", "drift_by_instrument", text),))


def _measured(test: RawTest, load: Array, depth: Array, settings: Settings) -> Correction | None:
    """The drift during a rest at low load; None where the record has no such rest."""
    rest = held_load.low_hold(test.time, load, int(np.argmax(load)))
    if rest is None:
        return None
    time, held = test.time[rest], depth[rest]
    if len(time) < _FEWEST_TO_HALVE:
        return _steady(time, held)
    rate, _ = held_load.drift_rate(time, held)
    is_fast = rate < -_FALLS * settings.drift_doubt_nm_per_s * 1e-9
    if abs(recovery_seen(time, held)) <= _SURE and not is_fast:
        return _steady(time, held)
    return _recovering(time, held, settings.drift_doubt_nm_per_s)


def _steady(time: Array, held: Array) -> Correction:
    """The rate over the whole hold."""
    rate, std = held_load.drift_rate(time, held)
    text = f"Drift of {rate * 1e9:.3g} nm/s, measured in {time[-1] - time[0]:.0f} s at rest, taken off."
    return Correction(value=rate, std=std, notes=(Note("correction", "drift", text),))


def _recovering(time: Array, held: Array, doubt: float) -> Correction:
    """The rate beside laws of recovery, its error by how far they differ; before the hold it is zero within `doubt`.

    Where the depth falls ever faster no recovery explains it: what the rate changes by is then in its error.
    """
    rate, std = drift_beside_recovery(time, held * 1e9, doubt)
    half = len(time) // 2
    early, late = (1e9 * held_load.drift_rate(time[p], held[p])[0] for p in (slice(half), slice(half, None)))
    std = float(np.hypot(std, max(early - late, 0.0)))
    taken = f"Drift of {rate:.3g} nm/s, found beside the recovery in {time[-1] - time[0]:.0f} s at rest, taken off."
    what = "the sample recovers there, which is no thermal drift" if late > early else "that is no steady drift"
    text = (
        f"The rate in the hold goes from {early:.3g} to {late:.3g} nm/s: {what}. What describes the hold leaves"
        f" {std:.2g} nm/s of doubt in the drift: hold longer, or measure the drift before the test."
    )
    notes = (Note("correction", "drift", taken), Note("doubt", "recovery_in_hold", text))
    return Correction(value=rate * 1e-9, std=std * 1e-9, notes=notes)


def _assumed(test: RawTest, settings: Settings) -> Correction:
    """The rate that the instrument measured before the test; without one no drift, with its uncertainty."""
    doubt = settings.drift_doubt_nm_per_s
    if "drift_nm_per_s" in test.meta:
        rate = float(test.meta["drift_nm_per_s"])
        text = f"The drift that the instrument measured, {rate:.3g} nm/s, was taken off."
        return Correction(
            value=rate * 1e-9, std=_OWN_RATE_DOUBT * doubt * 1e-9, notes=(Note("correction", "drift", text),)
        )
    text = f"The record has no rest at low load to measure the drift in; {doubt:g} nm/s is carried as its uncertainty."
    return Correction(std=doubt * 1e-9, notes=(Note("doubt", "drift_unknown", text),))
