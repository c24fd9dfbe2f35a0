"""Drift beside a recovery: rates and their errors over laws of recovery, as viscoelastic samples follow them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from halfcell.maths.hold_drift import drift_beside_recovery, recovery_seen

PRIOR = 0.05  # nm/s
LAWS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "logarithm": lambda t: np.log1p(t) / np.log(21.0),
    "two times": lambda t: 1.0 - 0.5 * np.exp(-t / 2.0) - 0.5 * np.exp(-t / 25.0),
    "slow": lambda t: 1.0 - np.exp(-t / 40.0),
    "power": lambda t: (t / 20.0) ** 0.33,
    "fast": lambda t: 1.0 - np.exp(-t),
}


def _hold(law: str, nm: float, drift: float, rng: np.random.Generator, seconds: float) -> tuple[np.ndarray, np.ndarray]:
    """A hold without its first and last tenth, as it is cut: drift, a recovery of some nm in 20 s, noise of 0.3 nm."""
    time = np.arange(0.1 * seconds, 0.9 * seconds, 0.025)
    return time, drift * time - nm * LAWS[law](time) + rng.normal(0.0, 0.3, len(time))


@pytest.mark.parametrize("seconds", [20.0, 60.0])
def test_the_error_holds_the_drift_whatever_the_law(seconds: float) -> None:
    """Recoveries of 5 and 20 nm by five laws; the rate of the last half, as it was taken, was off by 3 to 28 errors."""
    rng = np.random.default_rng(11)
    pulls = []
    for law in LAWS:
        for nm in (5.0, 20.0):
            for _ in range(8):
                true = float(rng.normal(0.0, PRIOR))
                rate, std = drift_beside_recovery(*_hold(law, nm, true, rng, seconds), PRIOR)
                pulls.append((rate - true) / std)
    inside = np.abs(pulls)
    assert 0.6 < np.mean(inside < 1.0) < 0.88
    assert np.mean(inside < 2.0) > 0.9


def test_a_drift_alone_is_found() -> None:
    rng = np.random.default_rng(12)
    time = np.arange(0.0, 20.0, 0.025)
    depth = 0.03 * time + rng.normal(0.0, 0.3, len(time))
    rate, std = drift_beside_recovery(time, depth, PRIOR)
    assert abs(rate - 0.03) < 2.0 * std
    assert std < PRIOR
    assert abs(recovery_seen(time, depth)) < 4.0


def test_a_recovery_is_seen_and_its_sign_told() -> None:
    rng = np.random.default_rng(13)
    for law in ("logarithm", "two times", "power"):
        assert recovery_seen(*_hold(law, 5.0, 0.0, rng, 30.0)) > 4.0
    time, depth = _hold("power", 5.0, 0.0, rng, 30.0)
    assert recovery_seen(time, -depth) < -4.0


def test_without_noise_the_law_that_is_there_is_found() -> None:
    time = np.linspace(0.0, 40.0, 400)
    rate, std = drift_beside_recovery(time, 0.02 * time - 4.0 * (1.0 - np.exp(-time / 1.2)), PRIOR)
    assert rate == pytest.approx(0.02, abs=2.0 * std)
    assert std < 0.01
