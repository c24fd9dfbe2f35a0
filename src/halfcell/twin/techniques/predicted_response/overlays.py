"""What a card predicts, drawn into voltammograms and Nyquist plots: dotted lines over what was measured."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.core.figure import Line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from halfcell.core.figure import Figure, Panel
    from halfcell.twin.techniques.predicted_response.result import PredictedLine, PredictedResponseResult

OVERLAYS: Mapping[str, tuple[str, ...]] = {
    "voltammetry": ("voltammogram", "stacked voltammograms"),
    "impedance": ("nyquist", "nyquist data"),
}


OHMS: Mapping[str, float] = {"MΩ": 1e-6, "kΩ": 1e-3, "mΩ": 1e3, "Ω": 1.0, "ohm": 1.0}


def with_responses(figure: Figure, show: str, results: Sequence[PredictedResponseResult]) -> Figure:
    """The figure of voltammetry or impedance with what the cards predict.

    Raises
    ------
    InputError
        If there is no prediction of this show.
    """
    known = [name for names in OVERLAYS.values() for name in names]
    if show not in known:
        raise InputError(f"there is no prediction of {show!r}", hint=f"there is one of {', '.join(known)}")
    panels = list(figure.panels)
    for index, one in enumerate(results):
        place = next((n for n, panel in enumerate(panels) if panel.title == one.label), 0)
        added = _lines(one, panels[place], index, alone=len(results) == 1)
        legend = "best" if panels[place].legend == "none" and added else panels[place].legend
        panels[place] = replace(panels[place], layers=(*panels[place].layers, *added), legend=legend)
    cards = ", ".join(dict.fromkeys(one.card for one in results if one.card))
    more = f" Dotted: predicted from {cards}." if cards else ""
    caption = f"{figure.caption}{more}" if figure.caption else more.strip()
    return replace(figure, panels=tuple(panels), caption=caption)


def _lines(one: PredictedResponseResult, panel: Panel, index: int, *, alone: bool) -> list[Line]:
    """The curves of one result in the unit of a panel; none where its unit is one that the card cannot give."""
    unit = panel.y.unit
    scale = _scale(unit, one)
    if scale is None:
        return []
    shown = [line for line in one.lines if line.cycle in {0, *_cycles(panel, one)}]
    made: list[Line] = []
    for place, line in enumerate(shown):
        x = line.x * scale if one.kind == "impedance" else line.x
        made.append(
            Line(
                x=x,
                y=line.y * scale,
                label="predicted" if not made else "",
                colour=place if alone else index,
                dash="dot",
                name=_name(one, line),
            )
        )
    return made


def _cycles(panel: Panel, one: PredictedResponseResult) -> set[int]:
    """The cycles that the panel shows; the last one where it does not say."""
    named = {
        line.cycle
        for line in one.lines
        for layer in panel.layers
        if isinstance(layer, Line) and f"cycle {line.cycle}" in (layer.label or layer.name)
    }
    return named or {max((line.cycle for line in one.lines), default=0)}


def _name(one: PredictedResponseResult, line: PredictedLine) -> str:
    return ", ".join(filter(None, (one.label, "predicted", f"cycle {line.cycle}" if line.cycle else "")))


def _scale(unit: str, one: PredictedResponseResult) -> float | None:
    """What the predicted values are multiplied by for the unit of an axis; None where that cannot be."""
    if one.kind == "voltammetry":
        return 1.0 if unit == "mA g^{-1}" else None
    for name, factor in OHMS.items():
        if unit == name:
            return factor
        if unit.startswith(name) and unit.endswith(("cm^{2}", "cm²")):
            return factor * one.area_cm2
    return None
