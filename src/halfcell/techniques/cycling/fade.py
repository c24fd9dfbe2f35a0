"""Fade of the capacity over all cycles at the pair of currents of the reference cycle, and the end of life."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.quantity import Quantity
from halfcell.core.result import Note
from halfcell.maths.correlated_line import correlated_line
from halfcell.techniques.common.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.quantity import Kind
    from halfcell.core.result import Row

_LEAST = 5  # cycles for a slope
_FOR_ERROR = 100  # cycles for its error: fewer do not tell how their deviations hang together (60: 66 and 87 %)
_LASTING = 3  # successive cycles below the limit: a single dip is no end of life
_STEEPER = 1.5  # a fade that grows by this factor within the series has a knee


def fade(rows: Sequence[Row], reference: int | None, limit_percent: float) -> Findings:
    """Fade rate, and the first cycle from which the retention stays below the limit.

    Both use all complete cycles from the reference cycle on that ran at its pair of currents, formation apart. The
    fade rate is the slope of a straight line (five cycles at least). Its error (a hundred cycles at least) allows for
    correlated deviations and, where the series bends, for the different slopes of its halves.

    Parameters
    ----------
    rows
        Rows of cycles with their retention (%).
    reference
        Number of the reference cycle.
    limit_percent
        The limit.

    Returns
    -------
    Findings
        ``fade_rate`` (% per cycle) and ``cycles_to_limit``.

    Source: as `maths.correlated_line`.
    """
    kept = [(int(row["cycle"] or 0), value, row) for row in rows if isinstance(value := row["retention"], float)]
    kept = [(n, value, row) for n, value, row in kept if reference is None or n >= reference]
    points = [(n, value) for n, value, row in kept if row["role"] != "formation" or n == reference]
    made: dict[str, Quantity] = {}
    notes: list[Note] = []
    if len(points) >= _LEAST:
        quantity, said = _rate(points)
        made["fade_rate"] = quantity
        notes += said
    cycle, open_end = _end_of_life(points, limit_percent)
    if cycle is not None:
        made["cycles_to_limit"] = Quantity(float(cycle), "", decimals=0)
    elif open_end:
        text = (
            f"the retention is below {limit_percent:g} % in the last cycles at its rate only, fewer than {_LASTING}: "
        )
        text += "whether that is the end of life is open"
        notes.append(Note("doubt", "end_of_life_open", text))
    return Findings(quantities=made, notes=tuple(notes))


def _rate(points: Sequence[tuple[int, float]]) -> tuple[Quantity, tuple[Note, ...]]:
    x, y = np.array(points, float).T
    line = correlated_line(x, y)
    kind: Kind = "fit covariance"
    std: float | None = line.std if len(x) >= _FOR_ERROR and line.std > 0 else None
    few = len(x) < _FOR_ERROR
    text = f"no uncertainty of the fade rate: {len(x)} cycles do not tell how their deviations are correlated"
    none = (Note("info", "fade_without_error", f"{text}; {_FOR_ERROR} are needed"),) if few and line.std > 0 else ()
    if not line.bends:
        return _quantity(-line.slope, std, kind), none
    half = len(x) // 2
    parts = [float(np.polyfit(x[part], y[part], 1)[0]) for part in (slice(0, half + 1), slice(half, None))]
    spread = 0.0 if few else math.hypot(std or 0.0, 0.5 * (parts[1] - parts[0]))
    fades = f"{-line.before:.3g} % per cycle before cycle {line.knee:.0f} and {-line.after:.3g} after it"
    knee = -line.after > _STEEPER * max(-line.before, 0.0)
    text = f"the fade is not linear: {fades}; the fade rate is the mean over cycles {x[0]:.0f} to {x[-1]:.0f}"
    text += ", and a life extrapolated from it would be too long" if knee else ""
    bent = Note("doubt" if knee else "info", "fade_not_linear", text)
    return _quantity(-line.slope, spread or None, "spread over windows"), (bent, *none)


def _quantity(rate: float, std: float | None, kind: Kind) -> Quantity:
    """The fade rate with its error; without one it is printed with two digits, which is what a slope may promise."""
    if std is not None:
        return Quantity(rate, "%/cycle", std, kind)
    decimals = 1 - math.floor(math.log10(abs(rate))) if rate else 2
    return Quantity(rate, "%/cycle", decimals=max(decimals, 0))


def _end_of_life(points: Sequence[tuple[int, float]], limit_percent: float) -> tuple[int | None, bool]:
    """The first of three successive cycles below the limit; whether only the last one or two are below it."""
    below = [value < limit_percent for _, value in points]
    for place in range(len(points) - _LASTING + 1):
        if all(below[place : place + _LASTING]):
            return points[place][0], False
    return None, bool(below) and below[-1]
