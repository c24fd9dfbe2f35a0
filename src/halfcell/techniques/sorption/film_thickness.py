"""The thickness of the adsorbed film over the relative pressure, on which t-plot and BJH rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths import pores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.sorption.settings import Settings

    Array = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class FilmThickness:
    """Thickness (nm) at relative pressures, and what the curve is called."""

    at: Callable[[Array], Array]
    name: str


def film_thickness(measurement: Measurement, settings: Settings) -> FilmThickness:
    """The curve that is set; that of the instrument's report only where the file has one.

    Parameters
    ----------
    measurement
        The table of the instrument's report, where the file has one.
    settings
        Which curve.

    Returns
    -------
    FilmThickness
        nm over the relative pressure.

    Source: G. Halsey, J. Chem. Phys. 16 (1948) 931; W. D. Harkins, G. Jura, J. Am. Chem. Soc. 66 (1944) 1366.
    """
    curve = measurement.meta.get("vendor", {}).get("thickness_curve")
    if settings.thickness == "instrument" and curve:
        table = np.array(curve, dtype=float)
        return FilmThickness(at=lambda p: pores.tabulated(p, table), name="the instrument's thickness curve")
    if settings.thickness == "halsey":
        return FilmThickness(at=pores.halsey, name="Halsey's thickness")
    return FilmThickness(at=pores.harkins_jura, name="Harkins and Jura's thickness")
