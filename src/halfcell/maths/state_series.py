"""Series of states (pristine, lithiated, delithiated): what appears or disappears, and differences with their noise."""

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
    """How an amount changes from state to state.

    Something is present in a state if its amount is above `sigma` standard uncertainties. Compared with the state
    before it ``appears`` or ``vanishes`` if the difference also exceeds twice its own uncertainty (an amount that
    fluctuates about the limit ``stays``). If it is present in both, it ``grows`` or ``shrinks`` where the difference
    exceeds `sigma` times its own uncertainty. The first state is ``present`` or ``absent``.

    Parameters
    ----------
    amounts, stds
        One value and its standard uncertainty per state, in one unit.
    sigma
        Standard uncertainties.

    Returns
    -------
    tuple of str
        One word per state.

    Source: procedure of this package.
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
    """``other / scale - first`` and its standard uncertainty.

    Parameters
    ----------
    first, other
        Values and variances, shape (n,) each.
    scale
        What the other is divided by.

    Returns
    -------
    tuple
        Difference and standard uncertainty, shape (n,) each; the two are taken as independent.

    Source: JCGM 100:2008 (GUM), 5.1.2.
    """
    value = other[0] / scale - first[0]
    return value, np.sqrt(np.maximum(other[1] / scale**2 + first[1], 0.0))


def common_value(values: Sequence[float], stds: Sequence[float]) -> tuple[float, float]:
    r"""Weighted mean of a quantity over the states, :math:`\sum w x/\sum w` with :math:`w = s^{-2}`.

    Parameters
    ----------
    values, stds
        One per state, in one unit.

    Returns
    -------
    tuple of float
        Mean and standard uncertainty, widened by the scatter where chi2 per degree of freedom is above 1 (R. T. Birge,
        Phys. Rev. 40 (1932) 207).

    Source: R. T. Birge, Phys. Rev. 40 (1932) 207, for the scatter.
    """
    value, weight = np.asarray(values, float), np.asarray(stds, float) ** -2.0
    mean = float((weight * value).sum() / weight.sum())
    scatter = float((weight * (value - mean) ** 2).sum() / max(len(value) - 1, 1))
    return mean, float(np.sqrt(max(scatter, 1.0) / weight.sum()))
