"""Figures of pellets between blocking electrodes: Nyquist plots, Arrhenius plot, Bode plots, residuals, the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.common.arrhenius_figure import arrhenius
from halfcell.techniques.common.pellet_drawing import drawing
from halfcell.techniques.impedance.figures import bode, residuals
from halfcell.techniques.ionic_conductivity.pellet_nyquist import nyquist

if TYPE_CHECKING:
    from collections.abc import Sequence

    from halfcell.core.figure import Figure
    from halfcell.techniques.ionic_conductivity.result import IonicConductivityResult
    from halfcell.techniques.technique import MakeFigure


def schematic(results: Sequence[IonicConductivityResult]) -> Figure:
    """The cell drawn to scale from thickness, diameter and pressure of the first result."""
    r = results[0]
    return drawing(r.pellet, "ion-blocking", r.label if len(results) == 1 else "pellet")


FIGURES: dict[str, MakeFigure] = {
    "nyquist": nyquist,
    "arrhenius": arrhenius,
    "bode": bode,
    "residuals": residuals,
    "schematic": schematic,
}
