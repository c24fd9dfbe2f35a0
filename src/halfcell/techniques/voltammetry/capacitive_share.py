"""The share of the charge whose current is proportional to the scan rate, in voltammograms at several scan rates.

At each potential ``i = k1 v + k2 v^(1/2)``: what is proportional to the scan rate is stored at surfaces, what grows
with its root is limited by diffusion (J. Wang, J. Polleux, J. Lim, B. Dunn, J. Phys. Chem. C 111 (2007) 14925). The
share of the whole charge does not ask at which potential it passed: peaks that move with the scan rate leave it as it
is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.techniques.voltammetry.result import Trace, VoltammetryResult

    Floats = NDArray[np.float64]

_GRID = 200  # potentials
_ENDS = 0.03  # of the range at either end, where the current turns round
_POOR = 0.05  # of the charge that the law leaves unexplained
_OUTSIDE = 3.0  # standard uncertainties beyond 0 or 100 %, with which a share is impossible
_BOTH = 2  # sweeps: down and up
_A_CURVE = 2  # points


class Shares(NamedTuple):
    """The share (%) of each voltammogram, and what is to be said of all."""

    quantities: tuple[dict[str, Quantity], ...]
    notes: tuple[Note, ...] = ()


def capacitive_shares(results: Sequence[VoltammetryResult]) -> Shares:
    r"""The share of each voltammogram, from the last cycle that each result keeps.

    .. math:: s(v) = \frac{\int k_1 v\, dE}{\int (k_1 v + k_2 v^{1/2})\, dE}

    over both sweeps. Its standard uncertainty is that of the jackknife over the scan rates.

    Parameters
    ----------
    results
        Voltammograms of one electrode at three scan rates or more.

    Returns
    -------
    Shares
        % of each voltammogram, with standard uncertainties.

    Source: J. Wang, J. Polleux, J. Lim, B. Dunn, J. Phys. Chem. C 111 (2007) 14925.
    """
    none: tuple[dict[str, Quantity], ...] = tuple({} for _ in results)
    rates = np.array([result["scan_rate"].value for result in results])
    sweeps = _sweeps(results)
    if sweeps is None:
        return Shares(none)
    shares, misfit = _fit(rates, sweeps)
    left_out = np.array([_fit(np.delete(rates, k), np.delete(sweeps, k, axis=1), rates)[0] for k in range(len(rates))])
    spread = left_out - left_out.mean(axis=0)
    std = np.sqrt((len(rates) - 1) / len(rates) * (spread**2).sum(axis=0))
    slow, fast = rates.min(), rates.max()
    if misfit > _POOR:
        text = (
            f"no capacitive share: i = k1 v + k2 v^(1/2) leaves {misfit:.0%} of the charge at {slow:g} to {fast:g} "
            f"mV/s unexplained: something else limits it at the fastest rates; use slower ones"
        )
        return Shares(none, (Note("refused", "no_capacitive_share", text),))
    if ((shares < -_OUTSIDE * std - 1.0) | (shares > 100.0 + _OUTSIDE * std + 1.0)).any():
        text = f"no capacitive share: {shares.min():.0f} to {shares.max():.0f} % would be impossible"
        return Shares(none, (Note("refused", "no_capacitive_share", text),))
    made = [
        {"capacitive_share": Quantity(float(s), "%", float(e), "spread over windows")}
        for s, e in zip(shares, std, strict=True)
    ]
    text = f"the capacitive share is from i = k1 v + k2 v^(1/2), over {len(rates)} scan rates of {slow:g} to {fast:g} "
    text += f"mV/s; the law leaves {misfit:.1%} of the charge unexplained"
    return Shares(tuple(made), (Note("info", "capacitive_share", text),))


def _sweeps(results: Sequence[VoltammetryResult]) -> Floats | None:
    """Currents (sweep down and up, result, potential) on common potentials; None where a result has no whole cycle."""
    if any(not result.traces for result in results) or len({result.current_unit for result in results}) > 1:
        return None
    traces = [result.traces[-1] for result in results]
    low = max(float(trace.potential.min()) for trace in traces)
    high = min(float(trace.potential.max()) for trace in traces)
    grid = np.linspace(low + _ENDS * (high - low), high - _ENDS * (high - low), _GRID)
    found = [_on_grid(trace, grid) for trace in traces]
    return (
        np.array([[pair[k] for pair in found] for k in range(2)]) if all(len(pair) == _BOTH for pair in found) else None
    )


def _on_grid(trace: Trace, grid: Floats) -> tuple[Floats, ...]:
    """The currents of the downward and of the upward sweep; nothing where one does not span the potentials."""
    slope = np.sign(np.gradient(trace.potential))
    found = []
    for direction in (-1.0, 1.0):
        mine = slope == direction
        order = np.argsort(trace.potential[mine], kind="stable")
        potential = trace.potential[mine][order]
        if len(potential) < _A_CURVE or potential[0] > grid[0] or potential[-1] < grid[-1]:
            return ()
        found.append(np.interp(grid, potential, trace.current[mine][order]))
    return tuple(found)


def _fit(rates: Floats, sweeps: Floats, wanted: Floats | None = None) -> tuple[Floats, float]:
    """Shares (%) at the scan rates that are wanted, and the misfit of the charge.

    The fit is linear: the sum of the fits at all potentials is the fit of the sum.
    """
    root = np.sqrt(rates)
    passed = (sweeps[1] - sweeps[0]).sum(axis=1) / root  # over both sweeps, the downward current being negative
    design = np.stack((root, np.ones_like(root)), axis=1)
    surface, diffusion = np.linalg.lstsq(design, passed, rcond=None)[0]
    rest = passed - design @ np.array([surface, diffusion])
    at = rates if wanted is None else wanted
    share = 100.0 * surface * at / (surface * at + diffusion * np.sqrt(at))
    return share, float(np.sqrt((rest**2).mean() / (passed**2).mean()))
