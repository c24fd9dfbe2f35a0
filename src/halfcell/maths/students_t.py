r"""What few degrees of freedom make of a standard uncertainty that was estimated from the scatter itself.

With the variance estimated from nu degrees of freedom, x/u follows Student's distribution, so that +-u and +-1.96 u
hold less than 68 and 95 %. No single factor mends both: t_68 = t(0.6827, nu) mends the first, t_95/1.96 the second. The
geometric mean of the two holds 69 to 82 % and 91 to 95 % for nu from 1 on, and tends to 1.

Source: W. S. Gosset (Student), Biometrika 6 (1908) 1; JCGM 100:2008 (GUM), annex G.
"""

from __future__ import annotations

import numpy as np

_ONE, _TWO = 0.6826894921, 0.95  # within one standard deviation, and the usual interval


def students_factor(freedom: int) -> float:
    """Factor on a standard uncertainty from the scatter of data with this many degrees of freedom.

    Parameters
    ----------
    freedom
        Degrees of freedom, at least 1.

    Returns
    -------
    float
        sqrt(t_68 t_95/1.96), 1 for many degrees of freedom.

    Source: W. S. Gosset (Student), Biometrika 6 (1908) 1; the geometric mean is a choice.
    """
    from scipy.special import ndtri, stdtrit

    first, second = (float(stdtrit(max(freedom, 1), 0.5 + part / 2)) for part in (_ONE, _TWO))
    return float(np.sqrt(first * second / float(ndtri(0.5 + _TWO / 2))))
