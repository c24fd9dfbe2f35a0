"""How uncertain a predicted peak or magnitude is: each uncertain value of the card is moved, one after the other.

With y as a function of the values, ``u(y)^2 = sum over j, k of d_j r_jk d_k``: d_k is the change of y when the k-th
value is moved by its standard uncertainty, r_jk the correlation of two values, which the card states for those that
belong to one fit (``[[joint]]``) and which is 0 otherwise.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from halfcell.twin.fit_problem import BOUNDS, NO_PART

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from halfcell.twin.card import Card

    Floats = NDArray[np.float64]

OTHER = {"anode": "cathode.", "cathode": "anode.", "cell": "-"}
"""What the values of the electrode begin with that is not tested, by the part that is."""


def uncertain_paths(card: Card, part: str) -> tuple[str, ...]:
    """The values with a standard uncertainty that a test of a part can depend on."""
    return tuple(
        path
        for path, stated in card.values.items()
        if stated.std and not path.startswith(OTHER[part]) and not path.endswith(NO_PART)
    )


def spreads(
    card: Card, paths: Sequence[str], predicted: Callable[[Card], Mapping[str, float]], base: Mapping[str, float]
) -> dict[str, float]:
    """The standard uncertainty of each predicted number, by its name.

    Parameters
    ----------
    card
        The cell.
    paths
        The values that are moved.
    predicted
        The numbers that a card predicts. One that a moved card does not give is left out: how uncertain it is, nobody
        can say.
    base
        Those of the card itself.
    """
    if not paths:
        return {}
    moved = [predicted(_moved(card, path)) for path in paths]
    together = _correlation(card, paths)
    found = {}
    for name, value in base.items():
        if all(name in one for one in moved):
            change = np.array([one[name] - value for one in moved])
            found[name] = math.sqrt(max(float(change @ together @ change), 0.0))
    return found


def _moved(card: Card, path: str) -> Card:
    """The card with one value higher by its uncertainty, or lower where it cannot be higher."""
    std, highest = card.values[path].std or 0.0, BOUNDS.get(path.rsplit(".", 1)[-1], (0.0, math.inf))[1]
    sign = 1 if card.value(path) + std <= highest else -1
    return card.with_values({path: card.value(path) + sign * std}, "moved")


def _correlation(card: Card, paths: Sequence[str]) -> Floats:
    """The correlations of values, which the card states for those of one fit."""
    place = {path: k for k, path in enumerate(paths)}
    found = np.eye(len(paths))
    for joint in card.joint:
        for j, row in zip(joint.paths, joint.correlation, strict=True):
            for k, value in zip(joint.paths, row, strict=True):
                if j in place and k in place:
                    found[place[j], place[k]] = value
    return found
