"""The best of a sweep: points that no other one beats in both energy density and current density, and their chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import Refused
from halfcell.core.figure import Axis, Figure, Line, Panel, Points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.twin.sweep import Point

SHOWN = 5000  # points of the chart besides the front, evenly taken


def front(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points beyond which none has both a higher energy density and a higher current density, slowest first.

    Raises
    ------
    Refused
        If no point has results.
    """
    known = [point for point in points if np.isfinite(point.results["Wh/kg"])]
    if not known:
        raise Refused("no point of the sweep is a cell", hint=points[0].refused if points else "")
    best: list[Point] = []
    for point in sorted(known, key=lambda one: (-one.results["mA/g"], -one.results["Wh/kg"])):
        if not best or point.results["Wh/kg"] > best[-1].results["Wh/kg"]:
            best.append(point)
    return tuple(reversed(best))


def chart(points: Sequence[Point], title: str = "") -> Figure:
    """Energy density over current density: all points, and the front.

    Parameters
    ----------
    points
        Of a sweep.
    title
        Above the panel.
    """
    best = front(points)
    known = [point for point in points if np.isfinite(point.results["Wh/kg"])]
    some = known[:: max(1, -(-len(known) // SHOWN))]
    x, y = (np.array([point.results[name] for point in some]) for name in ("mA/g", "Wh/kg"))
    at, high = (np.array([point.results[name] for point in best]) for name in ("mA/g", "Wh/kg"))
    currents = sorted({float(f"{value:.3g}") for value in x})
    panel = Panel(
        x=Axis(
            label="Current density",
            unit="mA g^{-1}",
            log=True,
            ticks=tuple((one, f"{one:g}") for one in currents) if len(currents) <= len("12345678") else (),
        ),
        y=Axis(label="Energy density", unit="Wh kg^{-1}", low=0.0),
        layers=(
            Points(x=x, y=y, colour=-1, label=f"{len(known)} cells and currents", size_pt=2.0, name="all"),
            Line(x=at, y=high, colour=0, name="front, line"),
            Points(x=at, y=high, colour=0, label="none is better in both", name="front"),
        ),
        title=title,
    )
    left_out = len(points) - len(known)
    more = f" {left_out} points of the sweep are no cells." if left_out else ""
    caption = (
        "Energy density (both electrodes and separator) over the current per gram of cathode material, predicted for a "
        f"sweep of a cell card.{more}"
    )
    return Figure(panels=(panel,), caption=caption)
