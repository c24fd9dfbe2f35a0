"""Figures of a predicted response: the predicted curves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import Refused
from halfcell.core.figure import Axis, Figure, Line, Panel
from halfcell.techniques.common.figure_notes import doubts, simulated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.twin.techniques.predicted_response.result import PredictedResponseResult


def predicted(results: Sequence[PredictedResponseResult]) -> Figure:
    """The curves that the cards predict.

    Raises
    ------
    Refused
        If there is no prediction, or voltammograms and spectra stand together.
    """
    refuse_empty(results)
    kinds = {one.kind for one in results}
    if len(kinds) > 1:
        raise Refused("voltammograms and spectra have no axes in common", hint="one panel for each")
    layers = [
        Line(x=line.x, y=line.y, label=_name(one, line.cycle, len(results)), colour=max(line.cycle - 1, index))
        for index, one in enumerate(results)
        for line in one.lines
    ]
    if kinds == {"impedance"}:
        x, y, equal = Axis(label="Z'", unit="ohm"), Axis(label="-Z''", unit="ohm"), True
    else:
        x, y = Axis(label="Potential", unit="V vs. Li^{+}/Li"), Axis(label="Current", unit="mA g^{-1}")
        equal = False
    panel = Panel(x=x, y=y, layers=tuple(layers), equal=equal)
    caption = "Predicted from " + ", ".join(dict.fromkeys(one.card for one in results)) + "."
    return Figure(panels=(panel,), caption=caption, simulated=simulated(results), notes=doubts(results))


def _name(one: PredictedResponseResult, cycle: int, count: int) -> str:
    parts = [one.label] if count > 1 or not cycle else []
    return ", ".join([*parts, *([f"cycle {cycle}"] if cycle else [])])


def refuse_empty(results: Sequence[PredictedResponseResult]) -> None:
    """Refuse results without a prediction, each by its name.

    Raises
    ------
    Refused
        If there is one.
    """
    for one in results:
        if not one.lines:
            reasons = "; ".join(note.text for note in one.notes if note.level == "refused")
            raise Refused(reasons or "no prediction", one.label)


FIGURES = {"predicted response": predicted}
