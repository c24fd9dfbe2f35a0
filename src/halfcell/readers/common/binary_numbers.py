"""Numbers of binary files as an array of float."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def floats(content: bytes, form: str, count: int, start: int) -> NDArray[np.float64]:
    """Numbers of a file as float; a damaged value becomes nan, without a warning.

    Parameters
    ----------
    content
        The file.
    form
        How a number is stored, as numpy writes it: ``<f4``.
    count, start
        How many there are (-1: all), and the place of the first (bytes).

    Returns
    -------
    numpy.ndarray
        Shape (count,).

    Raises
    ------
    ValueError
        If the file is too short.
    """
    with np.errstate(invalid="ignore"):  # a damaged float may be a signalling nan
        return np.frombuffer(content, form, count, start).astype(float)
