"""Whether the crystalline line of silicon may have a tail, from the residual of a fit without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.intensity_noise import noise
from halfcell.maths.line_shapes import tailed_voigt
from halfcell.maths.peak_fit import PeakFit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

CRYSTAL, GLASS = "c-Si", "a-Si"
SHAPE = ("gauss", "lorentz", "tail", "tail_share", "inverse_size", "size_spread")
_TOLD = 1.5  # decrease of chi^2
_LENGTHS = (3.0, 8.0, -3.0, -8.0)  # 1/cm, of tails for which the residual is searched
_MOVE = 0.05  # 1/cm, for derivatives


def may_be_lopsided(x: Array, y: Array, fit: PeakFit, degree: int) -> bool:
    """Whether the residual of a fit without a tail of the line's own goes with what a tail would change.

    chi^2 would fall by the squared product of the residual with that change, freed of what the parameters of the fit
    can do (C. R. Rao's score test); below `_TOLD` Akaike's criterion cannot fall below that without a tail.
    """
    sigma = noise(y)
    line, area = {which: fit.values[CRYSTAL, which] for which in ("position", *SHAPE)}, fit.values[CRYSTAL, "area"]

    def shape(changed: dict[str, float]) -> Array:
        p = line | changed
        return tailed_voigt(x, p["position"], (p["gauss"], p["lorentz"]), p["tail"], p["tail_share"])

    own = shape({})
    moves = [shape({which: line[which] + _MOVE}) - own for which in ("position", "gauss", "lorentz")]
    band = fit.curves[GLASS]
    t = 2.0 * (x - x.min()) / np.ptp(x) - 1.0
    known = [own, *moves, band, np.gradient(band, x), *np.polynomial.legendre.legvander(t, degree).T]
    basis = np.linalg.qr((np.array(known) / sigma).T)[0]
    left = (y - fit.baseline - band - area * own) / sigma
    for length in _LENGTHS:
        change = (shape({"tail": length, "tail_share": 0.3}) - shape({"tail": 0.0, "tail_share": 0.0})) / sigma
        change = change - basis @ (basis.T @ change)
        if (left @ change) ** 2 > _TOLD * float(change @ change) * max(fit.reduced_chi2, 1.0):
            return True
    return False
