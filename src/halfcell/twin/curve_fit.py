"""Fit values of a card to measured discharge curves, each at its own current and temperature.

The residuals are those of the voltage at even parts of the measured charge, and where the model has ended before, its
end voltage less `STEEP` volts per whole charge. Curves are in mA and mAh, so that masses may be fitted, too. A share of
a phase is taken from the other phases of its electrode.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError
from halfcell.twin.cell import discharge
from halfcell.twin.compile import KELVIN, compiled, warmth_of
from halfcell.twin.fit_problem import BOUNDS, DECADES, is_scale, value_of, variable_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from halfcell.twin.card import Card

    Floats = NDArray[np.float64]

POINTS = 60  # of each curve, chosen: as many as tell its steps, and a fit stays fast
PLACES = 41  # of a temperature over a discharge
STEEP = 8.0  # V per whole charge, chosen: as steep as the end of a discharge, so that ending too early costs
STEPS, NODES = 60, 6  # of a discharge while fitting
EVALUATIONS = 25  # of a fit at most; chosen
CHANGE = 5e-3  # of a fitted variable for its derivative: large against the steps of the tables
LOWEST, BEGINNING = 3.0, 0.01  # V below which, and the part before which, a curve counts less, or not
LESS = 0.4  # weight there, chosen: at the steep end a small error of the charge is a large one of the voltage


@dataclass(frozen=True, eq=False)
class Curve:
    """A measured discharge: current (mA), charge (mAh) and voltage (V), and the cell's temperature (degC).

    `course` is its temperature at each charge, where that was recorded: a cell at a high rate warms itself.
    """

    current: float
    charge: Floats
    volt: Floats
    temperature: float
    course: Floats | None = None


@dataclass(frozen=True, kw_only=True)
class CurveFit:
    """The card with the fitted values, and the rms deviation (V) of each curve."""

    card: Card
    rms: tuple[float, ...]


def predicted(card: Card, curves: Sequence[Curve], steps: int = 80, nodes: int = 12) -> list[Curve]:
    """The discharges of a card at the currents and temperatures of measured ones, in mA and mAh."""
    return _all([card], curves, steps, nodes)[0]


def rms(measured: Curve, model: Curve) -> float:
    """Root of the mean square of their difference (V) over the charge that both have."""
    at = np.linspace(BEGINNING, 1, 300) * min(measured.charge[-1], model.charge[-1])
    difference = np.interp(at, model.charge, model.volt) - np.interp(at, measured.charge, measured.volt)
    return float(np.sqrt((difference**2).mean()))


def fit_curves(card: Card, curves: Sequence[Curve], free: Sequence[str]) -> CurveFit:
    """Fit values of a card to measured discharge curves.

    Parameters
    ----------
    card
        The cell; its values are where the fit starts.
    curves
        What was measured.
    free
        Paths.

    Raises
    ------
    InputError
        If there is no curve, or the card does not hold one of the values.
    """
    from scipy.optimize import least_squares

    if not curves:
        raise InputError("no curve to fit to", card.origin)
    start = np.array([variable_of(path, card.value(path)) for path in free])
    low, high = (np.array([_bounds(path, x)[end] for path, x in zip(free, start, strict=True)]) for end in (0, 1))

    def residuals(points: Sequence[Floats]) -> list[Floats]:
        made = _all([changed(card, free, point) for point in points], curves, STEPS, NODES)
        return [np.concatenate([_difference(m, p) for m, p in zip(curves, row, strict=True)]) for row in made]

    def jacobian(point: Floats) -> Floats:
        steps = np.eye(len(point)) * CHANGE
        up, down = np.minimum(point + steps, high), np.maximum(point - steps, low)
        found = residuals([*up, *down])
        count = len(point)
        return np.array([(found[k] - found[count + k]) / (up[k][k] - down[k][k]) for k in range(count)]).T

    found = least_squares(
        lambda x: residuals([x])[0],
        np.clip(start, low + 1e-6, high - 1e-6),
        jac=jacobian,
        bounds=(low, high),
        x_scale=np.array([0.3 if is_scale(path) else 0.04 for path in free]),
        max_nfev=EVALUATIONS,
        ftol=1e-4,
        xtol=1e-4,
    )
    best = changed(card, free, found.x)
    return CurveFit(card=best, rms=tuple(map(rms, curves, predicted(best, curves))))


def changed(card: Card, paths: Sequence[str], variables: Floats) -> Card:
    """The card with these variables; what a phase gains of an electrode's capacity, the others lose."""
    values = {path: value_of(path, float(x)) for path, x in zip(paths, variables, strict=True)}
    for path in [path for path in values if path.endswith(".share")]:
        part = path.split(".", maxsplit=1)[0]
        others = [p for p in card.values if p.startswith(f"{part}.") and p.endswith(".share") and p not in values]
        left = 1 - sum(v for p, v in values.items() if p.startswith(f"{part}.") and p.endswith(".share"))
        whole = sum(card.value(other) for other in others)
        values |= {other: card.value(other) / whole * left for other in others}
    return card.with_values(values, "fitted: discharge curves")


def _bounds(path: str, start: float) -> tuple[float, float]:
    name = path.rsplit(".", 1)[-1]
    return BOUNDS.get(name, (start - DECADES * np.log(10) / 2, start + DECADES * np.log(10) / 2))


def _all(cards: Sequence[Card], curves: Sequence[Curve], steps: int, nodes: int) -> list[list[Curve]]:
    """The discharges of several cards at the conditions of all curves, computed together."""
    runs = [
        (one.with_values({"cell.temperature_celsius": curve.temperature}, "measured"), curve)
        for one in cards
        for curve in curves
    ]
    gram = np.array([one.value("cathode.active_mg") for one, _ in runs]) * 1e-3
    current = np.array([curve.current for _, curve in runs])
    cards = [one for one, _ in runs]
    cell = compiled(cards, nodes)
    if any(curve.course is not None for curve in curves):
        whole = np.array([curve.charge[-1] for _, curve in runs]) / gram
        courses = np.array([_course(curve) for _, curve in runs])
        cell = replace(cell, warmth=replace(warmth_of(cards, cell), whole=whole, course=courses))
    done = discharge(cell, current / gram, steps)
    made = []
    for k, (_, curve) in enumerate(runs):
        known = np.isfinite(done.volt[k])
        made.append(Curve(curve.current, done.charge[k][known] * gram[k], done.volt[k][known], curve.temperature))
    return [made[k : k + len(curves)] for k in range(0, len(made), len(curves))]


def _course(curve: Curve) -> Floats:
    """The temperature (K) at even parts of the charge of a curve."""
    if curve.course is None:
        return np.full(PLACES, curve.temperature + KELVIN)
    at = np.linspace(0, 1, PLACES) * curve.charge[-1]
    found: Floats = np.interp(at, curve.charge, curve.course) + KELVIN
    return found


def _difference(measured: Curve, model: Curve) -> Floats:
    whole = measured.charge[-1]
    at = np.linspace(BEGINNING, 1, POINTS) * whole
    ours = np.interp(at, model.charge, model.volt) - STEEP * np.maximum(at - model.charge[-1], 0.0) / whole
    theirs = np.interp(at, measured.charge, measured.volt)
    found: Floats = (ours - theirs) * np.where(theirs < LOWEST, LESS, 1.0)
    return found
