"""The twin: values of a cell card as sliders; voltage curves, capacities and energies follow."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from halfcell.app.pages.templates import page, part
from halfcell.core.errors import InputError
from halfcell.core.figure import MARKERS, Axis, Figure, Line, Panel, Points
from halfcell.render import screen_figure
from halfcell.twin.card import Card
from halfcell.twin.cards import own_cards
from halfcell.twin.predict import Prediction, predict

router = APIRouter()
SPAN: Final = 3.0  # a slider goes from a third to three times the value of the card
_AROUND: Final = {  # values whose slider goes as far to both sides
    "cell.upper_volt": 0.3,
    "cell.lower_volt": 0.5,
    "cell.temperature_celsius": 40.0,
}
_FIRST: Final = (
    "anode.active_mg", "cathode.active_mg", "anode.capacity_mah_per_g", "anode.diffusion_hours", "cell.resistance_ohm",
    "cell.temperature_celsius", "cell.upper_volt", "cell.lower_volt",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Slider:
    """One value of a card: its path, range, value now, and where the card has it from."""

    path: str
    low: float
    high: float
    value: float
    source: str
    first: bool = False

    @property
    def label(self) -> str:
        """The path in words."""
        return self.path.replace(".", ": ", 1).replace("_", " ").replace(".", " ")


@router.get("/twin")
def first(request: Request) -> Response:
    """The first card."""
    return twin(request, next(iter(own_cards())))


@router.get("/twin/{name}")
def twin(request: Request, name: str) -> Response:
    """A card with its sliders and what it predicts."""
    card = _card(name)
    made = predict(_changed(card, request.query_params))
    values = {"cards": own_cards(), "chosen": name, "card": card, "sliders": _sliders(card, made.card), "made": made}
    return page(request, "twin.html", {**values, "query": request.url.query})


@router.get("/twin/{name}/follow")
def follow(request: Request, name: str) -> Response:
    """What the card predicts with other values: the plot, and the rows as a part of the page."""
    made = predict(_changed(_card(name), request.query_params))
    return JSONResponse({**screen_figure(_figure(made)), "rows": part(request, "twin_rows.html", {"made": made})})


def _card(name: str) -> Card:
    card = own_cards().get(name)
    if card is None:
        raise InputError("there is no such card", name[:60])
    return card


def _changed(card: Card, query: Mapping[str, str]) -> Card:
    """The card with the values of the sliders; shares that were not moved make room for those that were."""
    try:
        given = {path: float(text) for path, text in query.items() if path in card.values}
    except ValueError:
        raise InputError("a value of the card is a number") from None
    if not all(math.isfinite(value) and value >= 0 for value in given.values()):
        raise InputError("a value of the card is a number of 0 or more")
    given = {path: value for path, value in given.items() if not math.isclose(value, card.value(path), rel_tol=1e-6)}
    for electrode in ("anode", "cathode"):
        shares = [path for path in card.values if path.startswith(electrode) and path.endswith(".share")]
        moved = [path for path in shares if path in given]
        if moved:
            given |= _to_one({path: card.value(path) for path in shares}, {path: given[path] for path in moved})
    return card.with_values(given, "set here") if given else card


def _to_one(shares: Mapping[str, float], moved: Mapping[str, float]) -> dict[str, float]:
    """All shares of an electrode with those that were moved, summing to 1."""
    others = {path: value for path, value in shares.items() if path not in moved}
    left = max(1.0 - sum(moved.values()), 0.0)
    total = sum(others.values())
    scaled = {path: value / total * left if total else 0.0 for path, value in others.items()}
    found = {**scaled, **moved}
    whole = sum(found.values())
    if not whole:
        raise InputError("the shares of an electrode sum to nothing")
    return {path: value / whole for path, value in found.items()}


def _sliders(card: Card, now: Card) -> list[Slider]:
    found = []
    for path, stated in card.values.items():
        if not stated.value and not path.endswith(".share"):
            continue
        low, high = _range(path, stated.value)
        found.append(
            Slider(
                path=path,
                low=low,
                high=high,
                value=now.value(path),
                source=stated.source,
                first=path in _FIRST or path.endswith(".share"),
            )
        )
    return sorted(found, key=lambda slider: not slider.first)


def _range(path: str, value: float) -> tuple[float, float]:
    if path.endswith((".share", "charged_content")):
        return 0.0, 1.0
    if path in _AROUND:
        return max(value - _AROUND[path], 0.0), value + _AROUND[path]
    return float(f"{value / SPAN:.3g}"), float(f"{value * SPAN:.3g}")


def _figure(made: Prediction) -> Figure:
    lines = [
        Line(
            x=charge[np.isfinite(volt)],
            y=volt[np.isfinite(volt)],
            label=f"{row.current:.4g} mA g^{{-1}}",
            colour=at % 7,
        )
        for at, (row, charge, volt) in enumerate(zip(made.rows, made.curves.charge, made.curves.volt, strict=True))
    ]
    current = np.array([row.current for row in made.rows])
    predicted = Points(
        x=current, y=np.array([row.capacity for row in made.rows]), label="predicted", joined=True, marker=MARKERS[0]
    )
    known = [(row.current, row.measured_capacity) for row in made.rows if row.measured_capacity is not None]
    layers: tuple[Points, ...] = (predicted,)
    if known:
        x, y = np.array(known, dtype=float).T
        layers = (predicted, Points(x=x, y=y, label="measured", colour=1, hollow=True, marker=MARKERS[1], size_pt=5))
    capacity = Axis(label="Capacity", unit="mAh g^{-1}")
    profile = Panel(x=capacity, y=Axis(label="Voltage", unit="V"), layers=tuple(lines))
    rate = Panel(x=Axis(label="Current", unit="mA g^{-1}"), y=capacity, layers=layers)
    return Figure(panels=(profile, rate), columns=2, width_mm=180.0, panel_height_mm=62.0, simulated=True)
