"""What a sorption analysis returns: the isotherm with its areas, volumes, pore-size distributions and class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Result

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from halfcell.maths.bet import Scan, Window
    from halfcell.maths.pores import Pores
    from halfcell.techniques.sorption.branches import Branch
    from halfcell.techniques.sorption.dft_kernel import PoreWidths
    from halfcell.techniques.sorption.statistical_thickness import AlphaPlot
    from halfcell.techniques.sorption.t_plot import TPlot

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, eq=False)
class SorptionResult(Result):
    """An isotherm with its areas, volumes, pore-size distributions and class.

    `bet` is the chosen window, `scan` all windows and `areas` (m2/g) those of the valid ones, in rising order.
    """

    adsorption: Branch
    desorption: Branch | None = None
    bet: Window | None = None
    scan: Scan | None = None
    areas: Array | None = None
    pores_adsorption: Pores | None = None
    pores_desorption: Pores | None = None
    t_plot: TPlot | None = None
    alpha: AlphaPlot | None = None
    dft: PoreWidths | None = None
    isotherm_type: str = "undecided"
    hysteresis: str = "undecided"
