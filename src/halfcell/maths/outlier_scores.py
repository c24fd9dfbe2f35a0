r"""How far values are from the others: the modified z-score.

References
----------
B. Iglewicz, D. C. Hoaglin, How to Detect and Handle Outliers, ASQC Quality Press (1993).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FAR: Final = 3.5
"""The modified z-score beyond which Iglewicz and Hoaglin call a value an outlier."""
_MAD: Final = 0.6745  # median absolute deviation of a normal distribution with unit variance


def modified_z_scores(values: Array) -> Array:
    """The modified z-score of each value: 0.6745 (x - median) / MAD.

    Parameters
    ----------
    values
        The values, shape (n,), in any unit.

    Returns
    -------
    numpy.ndarray
        The scores, shape (n,); zeros where half of the values or more are equal to the median, and of no values.

    Source: B. Iglewicz, D. C. Hoaglin, How to Detect and Handle Outliers, ASQC Quality Press (1993).
    """
    if not len(values):
        return np.zeros(0)
    middle = np.median(values)
    deviation = np.median(np.abs(values - middle))
    return np.asarray(_MAD * (values - middle) / deviation) if deviation > 0 else np.zeros(len(values))
