"""Mean and standard deviation of a few cells, and which of them are outliers by Dixon's test."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.maths.outlier_scores import FAR, modified_z_scores

# Critical values of r10 = gap/range at 95 % confidence, two-sided: D. B. Rorabacher, Anal. Chem. 63 (1991) 139, Table I
DIXON: Final = {3: 0.970, 4: 0.829, 5: 0.710, 6: 0.625, 7: 0.568, 8: 0.526, 9: 0.493, 10: 0.466}


class Spread(NamedTuple):
    """Mean and standard deviation (n - 1) of the cells of a group; None of one cell alone; and the number of cells."""

    mean: float
    std: float | None
    cells: int


def spread(values: Sequence[float]) -> Spread:
    """Mean and standard deviation of finite values.

    Raises
    ------
    ValueError
        Without values.
    """
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        raise ValueError("no finite value")
    return Spread(statistics.fmean(finite), statistics.stdev(finite) if len(finite) > 1 else None, len(finite))


def mean_quantity(quantities: Sequence[Quantity]) -> Quantity:
    """The mean of quantities of one unit, with their standard deviation as its uncertainty: ``spread over cells``.

    The uncertainties of the members do not enter: what they cannot explain is part of the spread as well.
    """
    found = spread([quantity.value for quantity in quantities])
    decimals = [quantity.decimals for quantity in quantities if quantity.decimals is not None]
    return Quantity(
        found.mean,
        quantities[0].unit,
        found.std,
        "spread over cells" if found.std is not None else "",
        max(decimals, default=None),
    )


def mean_text(quantity: Quantity) -> str:
    """``92.5 ± 0.4``: two digits of the standard deviation, but no more decimals than the field prints by custom."""
    if not quantity.std or quantity.std < 1e-9 * abs(quantity.value):  # equal in all cells, such as a cycle number
        return replace(quantity, std=None).number
    decimals = 1 - math.floor(math.log10(quantity.std))
    if quantity.decimals is not None:
        decimals = min(decimals, quantity.decimals)
    if not -1 <= decimals <= 6:
        return _with_power(quantity.value, quantity.std)
    places = max(decimals, 0)
    return f"{round(quantity.value, decimals):.{places}f} ± {round(quantity.std, decimals):.{places}f}"


def _with_power(value: float, std: float) -> str:
    """``5.620e-05 ± 0.066e-05``: one power of ten for both, two digits of the standard deviation."""
    first, second = (math.floor(math.log10(abs(one))) if one else -400 for one in (value, std))
    power = max(first, second)
    places = max(power - second + 1, 0)
    return f"{value / 10.0**power:.{places}f}e{power:+03d} ± {std / 10.0**power:.{places}f}e{power:+03d}"


def outliers(values: Sequence[float]) -> tuple[int, ...]:
    """The places of outliers: of 3 to 10 values by Dixon's Q test (95 %), of more by the modified z-score (3.5).

    Nothing is left out because of it. Two values have no outlier.
    """
    order = sorted(range(len(values)), key=lambda at: values[at])
    width = values[order[-1]] - values[order[0]] if values else 0.0
    if len(values) < 3 or width <= 0:
        return ()
    if len(values) in DIXON:
        gaps = {order[0]: values[order[1]] - values[order[0]], order[-1]: values[order[-1]] - values[order[-2]]}
        return tuple(at for at, gap in gaps.items() if gap / width > DIXON[len(values)])
    return tuple(np.flatnonzero(np.abs(modified_z_scores(np.array(values))) > FAR).tolist())


def rule_of(count: int) -> str:
    """The rule by which so many values are tested."""
    return "Dixon's Q test at 95 %" if count in DIXON else "a modified z-score above 3.5"
