"""Series of states (pristine, lithiated, delithiated): what appears, what vanishes, differences with their noise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

_SURE = 2.0  # standard uncertainties
Change = Literal["present", "absent", "appears", "vanishes", "grows", "shrinks", "stays"]


def changes(amounts: Sequence[float], stds: Sequence[float], sigma: float = 3.0) -> tuple[Change, ...]:
    """What an amount does from state to state.

    A state has the thing when its amount is above `sigma` standard uncertainties; against the last state it appears or
    vanishes when the difference exceeds twice its own uncertainty too (an amount that wavers about the limit stays),
    or, present in both, grows or shrinks when the difference exceeds `sigma` times its own uncertainty. The first state
    is ``present`` or ``absent``.

    Parameters
    ----------
    amounts, stds
        One of each a state, same unit.
    """
    there = [amount > sigma * std for amount, std in zip(amounts, stds, strict=True)]
    found: list[Change] = ["present" if there[0] else "absent"]
    for i in range(1, len(amounts)):
        step, std = amounts[i] - amounts[i - 1], float(np.hypot(stds[i], stds[i - 1]))
        if not there[i - 1] and not there[i]:
            found.append("absent")
        elif there[i - 1] and there[i]:
            found.append(_between(step, std, sigma))
        elif abs(step) <= _SURE * std:
            found.append("stays")
        else:
            found.append("appears" if there[i] else "vanishes")
    return tuple(found)


def _between(step: float, std: float, sigma: float) -> Change:
    if abs(step) <= sigma * std:
        return "stays"
    return "grows" if step > 0 else "shrinks"


def difference(first: tuple[Array, Array], other: tuple[Array, Array], scale: float = 1.0) -> tuple[Array, Array]:
    """``other / scale - first`` and its standard uncertainty, from values and variances of one length."""
    value = other[0] / scale - first[0]
    return value, np.sqrt(np.maximum(other[1] / scale**2 + first[1], 0.0))


def common_value(values: Sequence[float], stds: Sequence[float]) -> tuple[float, float]:
    """Weighted mean of one quantity over the states and its uncertainty, widened by the scatter."""
    value, weight = np.asarray(values, float), np.asarray(stds, float) ** -2.0
    mean = float((weight * value).sum() / weight.sum())
    scatter = float((weight * (value - mean) ** 2).sum() / max(len(value) - 1, 1))
    return mean, float(np.sqrt(max(scatter, 1.0) / weight.sum()))
