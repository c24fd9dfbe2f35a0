"""Which window of an isotherm gives the BET area: the one that is set, the instrument's, or the best valid one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note
from halfcell.maths import bet, bet_errors
from halfcell.techniques.common.findings import Findings, refused

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.maths.bet import Scan
    from halfcell.techniques.sorption.branches import Branch
    from halfcell.techniques.sorption.settings import Settings

FEWEST_RELAXED = 4  # points of a window where none of the wanted length is valid
_FEWEST_ASKED = 3  # points in a window that is set
_STRAIGHT = 3.0  # rms misfit over noise, up to which the noise explains the misfit
_NOISY = 0.003  # relative error of the area by noise, from which on the longest window counts


@dataclass(frozen=True, kw_only=True, eq=False)
class Choice:
    """A scan and the first and last point of the window that was chosen in it (None: there is none), and why.

    `noise` is the standard deviation of the loadings (cm3 STP/g).
    """

    scan: Scan
    noise: float
    points: tuple[int, int] | None = None
    findings: Findings = field(default_factory=Findings)


def chosen_window(branch: Branch, measurement: Measurement, settings: Settings) -> Choice:
    """The window that is set, the best one, or the longest of shorter ones where no other is valid.

    Where the noise of the loadings moves the area by 0.3 % or more, it also decides which n(1-p) rises and which window
    meets criterion 4 best: n(1-p) may then fall within the noise, and the longest window counts
    if its line fits within the noise (if not, the isotherm has steps or bends that are no noise).

    Parameters
    ----------
    branch
        Relative pressures (rising) and loadings (cm3 STP/g), shape (n,).
    measurement
        What the file states of the instrument's window.
    settings
        The window or the method that is set, and the limits of windows.

    Returns
    -------
    Choice
        First and last point, the scan of windows, and the noise of the loadings (cm3 STP/g).

    Source: J. Rouquerol, P. Llewellyn, F. Rouquerol, Stud. Surf. Sci. Catal. 160 (2007) 49; the part of noise is a
    procedure of this package.
    """
    noise = bet_errors.loading_noise(branch.pressure, branch.loading)
    made = _scan(branch, settings, settings.fewest_points, 0.0)
    asked = settings.bet_window
    if asked is None and settings.bet_method == "instrument":
        own = measurement.meta.get("vendor", {}).get("bet_window")
        if own is None:
            text = "The file names no BET window of the instrument."
            return Choice(scan=made, noise=noise, findings=refused("no_instrument_window", text))
        asked = (float(own[0]), float(own[1]))
    if asked is not None:
        return _asked(branch, made, noise, asked)
    exact = bet.best(made)
    if exact is not None and _noise_error(branch, exact, noise) < _NOISY:
        return Choice(scan=made, noise=noise, points=exact)
    tolerant = _scan(branch, settings, settings.fewest_points, noise)
    found = bet.best(tolerant, longest=True)
    if found is not None and _is_straight(branch, found, noise):
        return Choice(scan=tolerant, noise=noise, points=found)
    if exact is not None:
        return Choice(scan=made, noise=noise, points=exact)
    return _longest_of_short_ones(branch, settings, noise)


def _is_straight(branch: Branch, points: tuple[int, int], noise: float) -> bool:
    """Whether the BET ordinates of a window scatter about their line by not much more than the noise."""
    inside = slice(points[0], points[1] + 1)
    return bet_errors.misfit_over_noise(branch.pressure[inside], branch.loading[inside], noise) < _STRAIGHT


def _noise_error(branch: Branch, points: tuple[int, int], noise: float) -> float:
    """Relative error of the area of a window by the noise of the loadings."""
    inside = slice(points[0], points[1] + 1)
    return bet_errors.noise_error(branch.pressure[inside], branch.loading[inside], noise)


def _scan(branch: Branch, settings: Settings, fewest: int, noise: float) -> Scan:
    return bet.scan(branch.pressure, branch.loading, fewest, settings.least_r2, settings.largest_error, noise)


def scan_of_short_ones(branch: Branch, settings: Settings, noise: float) -> Scan:
    """The scan of windows of four points or more."""
    return _scan(branch, settings, min(FEWEST_RELAXED, settings.fewest_points), noise)


def _asked(branch: Branch, made: Scan, noise: float, asked: tuple[float, float]) -> Choice:
    inside = np.flatnonzero((branch.pressure >= asked[0] - 1e-9) & (branch.pressure <= asked[1] + 1e-9))
    if len(inside) < _FEWEST_ASKED:
        text = f"{len(inside)} points lie between {asked[0]:g} and {asked[1]:g}: no BET area."
        return Choice(scan=made, noise=noise, findings=refused("no_bet_window", text))
    return Choice(scan=made, noise=noise, points=(int(inside[0]), int(inside[-1])))


def _longest_of_short_ones(branch: Branch, settings: Settings, noise: float) -> Choice:
    """Where no window of the wanted length is valid, the longest valid one that ends highest."""
    shorter = scan_of_short_ones(branch, settings, noise)
    found = bet.best(shorter, longest=True)
    if found is None:
        text = "No window meets Rouquerol's criteria (rising n(1-p), C > 0, monolayer inside, 20 %): no BET area."
        return Choice(scan=shorter, noise=noise, findings=refused("no_bet_window", text))
    count = found[1] - found[0] + 1
    text = f"No valid window has {settings.fewest_points} points; the longest valid one, of {count} points, was used."
    return Choice(
        scan=shorter, noise=noise, points=found, findings=Findings(notes=(Note("doubt", "few_points", text),))
    )
