"""Parts of a pattern that are computed in angles, not in Fourier space: amorphous halos and bands of layered carbon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.background import Hump, humps
from halfcell.maths.powder.free_parameter import FreeParameter
from halfcell.maths.powder.turbostratic_carbon import Bands, bands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.float64]


def halo_and_band_parameters(halos: tuple[Hump, ...], layers: Bands | None) -> list[FreeParameter]:
    """The free parameters of halos and bands, with starts, bounds and priors.

    Parameters
    ----------
    halos
        Amorphous halos.
    layers
        Bands of layered carbon; None for none.

    Returns
    -------
    list of FreeParameter
        Centres and widths of the halos (degrees); a (nm) and ln La (La in nm) of the bands.

    Source: procedure of this package.
    """
    table: list[FreeParameter] = []
    for index, hump in enumerate(halos):
        centre, width, name = hump.centre, hump.width, f"hump{index}"
        table.append(FreeParameter(f"{name}.centre", centre, centre - 5, centre + 5, hump.centre_std))
        least = max(0.3 * width, min(hump.narrowest, width))
        table.append(FreeParameter(f"{name}.width", width, least, 3 * width, hump.width_std))
    if layers is not None:
        table.append(FreeParameter("bands.a", layers.a, 0.235, 0.255, layers.a_std))
        table.append(FreeParameter("bands.ln_la", np.log(layers.la), np.log(0.5), np.log(50.0)))
    return table


def halo_and_band_columns(
    two_theta: Array, wavelength: float, value: Mapping[str, float], count: int, layered: bool
) -> tuple[Array, dict[str, Array]]:
    """Columns of halos and of two bands, and their derivatives by each parameter.

    Parameters
    ----------
    two_theta
        Angles (degrees), shape (n,).
    wavelength
        nm.
    value
        Values of the parameters by name.
    count
        How many halos.
    layered
        Whether there are bands.

    Returns
    -------
    columns, changes
        Shape (n, m), and for each parameter the derivative in the same shape, zero where a column does not depend on
        it.

    Source: as `humps` and `bands`.
    """
    centres = np.array([value[f"hump{i}.centre"] for i in range(count)])
    widths = np.array([value[f"hump{i}.width"] for i in range(count)])
    shape, by_centre, by_width = humps(two_theta, centres, widths)
    total = count + (2 if layered else 0)
    columns, changes = np.zeros((len(two_theta), total)), {}
    columns[:, :count] = shape
    for index in range(count):
        for kind, slope in (("centre", by_centre), ("width", by_width)):
            changes[f"hump{index}.{kind}"] = _placed(slope[:, index : index + 1], index, total)
    if layered:
        a, la = value["bands.a"], float(np.exp(value["bands.ln_la"]))
        columns[:, count:], by_a, by_la = bands(two_theta, wavelength, a, la)
        changes["bands.a"] = _placed(by_a, count, total)
        changes["bands.ln_la"] = _placed(la * by_la, count, total)
    return columns, changes


def _placed(part: Array, first: int, total: int) -> Array:
    """Columns placed from index `first` on among `total`; the others are zero."""
    whole = np.zeros((len(part), total))
    whole[:, first : first + part.shape[1]] = part
    return whole
