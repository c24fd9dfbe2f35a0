"""A lattice spacing as it is printed: with the error of the scale, which is common to all of a picture."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from halfcell.core.quantity import Quantity

if TYPE_CHECKING:
    from halfcell.techniques.microscopy.result import MicroscopyResult
    from halfcell.techniques.microscopy.spacing import Spacing

HOLDS_SCALE = "Uncertainties of d hold that of the scale, which is common to all spacings of a picture."


def printed_spacing(result: MicroscopyResult, spacing: Spacing) -> Quantity:
    """A spacing with the error of its fit and of the scale, u(d)^2 = u_fit^2 + (d u(pixel)/pixel)^2.

    Parameters
    ----------
    result
        With the size of its pixels (nm) and the uncertainty of that.
    spacing
        One of its spacings (nm).

    Returns
    -------
    Quantity
        nm.

    Source: JCGM 100:2008 (GUM), 5.1.2.
    """
    pixel = result.quantities.get("pixel_size") or result.quantities.get("pixel_size_reciprocal")
    scale = (pixel.std or 0.0) / pixel.value if pixel else 0.0
    std = math.hypot(spacing.std, scale * spacing.d)
    if scale * spacing.d > spacing.std:
        return Quantity(spacing.d, "nm", std, "instrument resolution")
    return Quantity(spacing.d, "nm", std, "fit covariance")
