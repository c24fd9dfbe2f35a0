"""Differential capacity and differential voltage of a half cycle, over a stated window."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_LEAST = 1e-6  # V, the width given to charge that flowed at constant voltage
_FEW = 8  # records that tell the noise
_NARROWEST, _WIDEST = 4e-3, 20e-3  # V: narrower than any peak of an electrode; wider erases those of graphite
_WHOLE, _MOST = 0.02, 0.95  # steps this close to whole multiples of the smallest, and how many, show the last digit
_A_STEP = 2  # records: one has no difference


def charge_below(voltage: Floats, charge: Floats, at: Floats) -> Floats:
    """Charge that flowed below each voltage of `at`.

    Between two records the charge is spread evenly over the voltages between them, so that no charge is lost where the
    voltage goes back and forth: ``F(v) = sum_i dq_i * clip((v - lo_i) / (hi_i - lo_i), 0, 1)``.

    Parameters
    ----------
    voltage, charge
        Of one half cycle, shape (n,); V, and charge (any unit), which counts up from its beginning.
    at
        Voltages (V), rising, shape (m,).

    Returns
    -------
    array
        Charge in the unit of `charge`, shape (m,).

    Source: definition.
    """
    gained = np.diff(charge)
    low = np.minimum(voltage[1:], voltage[:-1])
    width = np.maximum(np.abs(np.diff(voltage)), _LEAST)
    slope = gained / width
    edges = np.concatenate((low, low + width))
    turns = np.concatenate((slope, -slope))
    order = np.argsort(edges, kind="stable")
    edges, turns = edges[order], turns[order]
    slopes = np.cumsum(turns)
    total = np.concatenate((np.zeros(1), np.cumsum(slopes[:-1] * np.diff(edges))))
    return np.interp(at, edges, total, left=0.0, right=float(total[-1]) if len(total) else 0.0)


def noise_window(voltage: Floats) -> float:
    """The width of window that the noise of a voltage asks for: the narrowest that still smooths it.

    ``max(4 s, median |dV|, 4 mV)``, at most 20 mV, where `s` is the larger of the noise (from second differences,
    whose median does not see the curve) and the last digit over the root of twelve. A window of four standard
    deviations hardly widens a peak, and one narrower than the distance of the records shows their steps.

    Parameters
    ----------
    voltage
        V, of one half cycle without its part at constant voltage, shape (n,).

    Returns
    -------
    float
        V.

    Source: definition of the noise of second differences; JCGM 100:2008 (GUM), 4.3.7, for the last digit.
    """
    if len(voltage) < _FEW:
        return _WIDEST
    bends = np.diff(voltage, 2)
    noise = 1.4826 * float(np.median(np.abs(bends))) / np.sqrt(6.0)
    spacing = float(np.median(np.abs(np.diff(voltage))))
    return float(np.clip(max(4.0 * noise, 4.0 * last_digit(voltage) / np.sqrt(12.0), spacing), _NARROWEST, _WIDEST))


def last_digit(values: Floats, least: float = _LEAST) -> float:
    """The last digit of readings: the smallest step, if nearly all steps are whole multiples of it; else 0.

    Parameters
    ----------
    values
        Readings in their order, shape (n,), in any unit.
    least
        Steps up to it are the rounding of computer numbers, not digits; 1 uV for voltages.

    Returns
    -------
    float
        In the unit of `values`.

    Source: procedure of this package.
    """
    steps = np.abs(np.diff(values))
    moved = steps[steps > least]
    digit = float(moved.min()) if len(moved) else 0.0
    whole = digit > 0 and np.mean(np.abs(moved / digit - np.round(moved / digit)) < _WHOLE) > _MOST
    return digit if whole else 0.0


def dq_dv(voltage: Floats, charge: Floats, window_v: float, step_v: float) -> tuple[Floats, Floats]:
    """Differential capacity ``dQ/dV = (F(v + w/2) - F(v - w/2)) / w`` on a grid of voltage within the data's range.

    `F` is `charge_below`. A window `w` at least as wide as the voltage noise gives a smooth curve; features narrower
    than the window are lost. What the window would spread beyond the lowest and the highest voltage is folded back
    there, so that the area under the curve is the charge whatever the window, and the curve ends where the data end.

    Parameters
    ----------
    voltage, charge
        Of one half cycle without its part at constant voltage, shape (n,); V, and charge (any unit), which counts up.
    window_v, step_v
        Width of the window (at most the range) and spacing of the grid (V).

    Returns
    -------
    voltage, dq_dv
        Grid (V): the multiples of the step between the lowest and the highest voltage, and these two; derivative (unit
        of charge per V), positive; shape (m,) each. Empty where the voltage does not move.

    Source: definition.
    """
    if len(voltage) < _A_STEP or not (low := float(voltage.min())) < (high := float(voltage.max())):
        return np.zeros(0), np.zeros(0)
    inner = np.arange(np.floor(low / step_v) + 1, np.ceil(high / step_v)) * step_v
    grid = np.concatenate(([low], inner[(inner > low) & (inner < high)], [high]))
    half = min(window_v, high - low) / 2.0
    places = np.concatenate((grid, 2.0 * low - grid, 2.0 * high - grid))
    found = charge_below(voltage, charge, np.concatenate((places + half, places - half))).reshape(2, 3, len(grid))
    return grid, (found[0] - found[1]).sum(axis=0) / (2.0 * half)


def dv_dq(voltage: Floats, charge: Floats, window: float, step: float) -> tuple[Floats, Floats]:
    """Differential voltage ``dV/dQ = (V(q + w/2) - V(q - w/2)) / w`` on a regular grid of charge.

    Parameters
    ----------
    voltage, charge
        Of one half cycle without its part at constant voltage, shape (n,); V, and charge (any unit), which counts up.
    window, step
        Width of the window and spacing of the grid, in the unit of `charge`.

    Returns
    -------
    charge, dv_dq
        Grid and derivative (V per unit of charge), shape (m,) each; half a window at each end is left out.

    Source: definition.
    """
    if len(charge) < _A_STEP or charge[-1] - charge[0] <= window:
        return np.zeros(0), np.zeros(0)
    grid = np.arange(charge[0] + window / 2, charge[-1] - window / 2, step)
    ahead = np.interp(grid + window / 2, charge, voltage)
    behind = np.interp(grid - window / 2, charge, voltage)
    return grid, (ahead - behind) / window
