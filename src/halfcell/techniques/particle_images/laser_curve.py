"""The volume distribution of a powder by laser diffraction, to be set beside what a picture shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.core.errors import InputError
from halfcell.maths.size_distribution import cumulative
from halfcell.techniques import particle_size

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement
    from halfcell.techniques.particle_images.settings import Settings


def laser_curve(measurement: Measurement, settings: Settings) -> tuple[tuple[float, float], ...]:  # noqa: ARG001
    """Sizes (um) and the share of the volume below each (percent).

    Parameters
    ----------
    measurement
        Channel edges (um) and shares (%), shape (n,).
    settings
        Of the pictures; not used.

    Returns
    -------
    tuple
        Pairs of size (um) and share below it (%).

    Raises
    ------
    InputError
        If the file holds pictures, not a size distribution.

    Source: definition.
    """
    if measurement.technique != "particle_size":
        raise InputError("laser: the file holds no size distribution", measurement.where)
    found = particle_size.analyse(measurement, particle_size.Settings())
    below = 100.0 * cumulative(found.share)
    return tuple((float(size), float(part)) for size, part in zip(found.edges, below, strict=True))
