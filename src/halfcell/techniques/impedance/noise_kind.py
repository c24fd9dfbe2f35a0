"""Whether the noise is proportional to the impedance or of one size in ohm, before any point is left out for it.

The residuals of a Kramers-Kronig model in ohm grow with |Z| where the noise is proportional (slope 1 of ln|residual|
over ln|Z|) and do not where it is of one size (slope 0). Single outliers move a slope hardly. An analysis that takes
noise of one size for proportional leaves out good points where |Z| is small.
"""

from __future__ import annotations

import numpy as np

from halfcell.maths.circuit.elements import Complexes, Reals
from halfcell.maths.impedance_outliers import Marks
from halfcell.maths.kramers_kronig import KramersKronig, linear

_LIMIT, _SURE = 0.5, 3.0  # slope between the two kinds, and the standard uncertainties it must be away from it
_SPREAD = 0.64  # standard deviation of the logarithm of a Rayleigh variable
_SEEN = 1e-4  # of |Z|: less is the model's own error or rounding
_MEDIAN = float(np.sqrt(2 * np.log(2)))  # median of a Rayleigh variable of scale 1
_FAR = 6.0  # standard deviations: beyond it a point of noise of one size is an outlier (1.5e-8 of good points)
_TERMS = 20  # of the model at most, so that it does not follow an outlier


def is_of_one_size(test: KramersKronig, z: Complexes, used: Marks) -> bool:
    """Whether the noise is of one size in ohm."""
    residual = np.abs(test.residual * z)[used]
    x = np.log(np.abs(z[used]))
    x = x - x.mean()
    spread = float(np.sqrt(x @ x))
    if test.noise < _SEEN or spread < _SPREAD or (residual <= 0).any():
        return False
    slope = float(x @ np.log(residual)) / spread**2
    return slope + _SURE * _SPREAD / spread < _LIMIT


def far_off(frequency: Reals, z: Complexes, used: Marks, marked: Marks, terms: int) -> Marks:
    """Which of the marked points are outliers if the noise is of one size."""
    weights = np.where(used & ~marked, 1.0, 0.0)
    fitted = linear(2 * np.pi * frequency, z, min(terms, _TERMS), weights)
    misfit = np.abs(z - fitted)
    sigma = float(np.median(misfit[used & ~marked])) / _MEDIAN
    return np.asarray(marked & (misfit > _FAR * sigma))
