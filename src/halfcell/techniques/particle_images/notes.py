"""Doubts about particles in a picture: too few, cut, heaped, or hardly resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from halfcell.core.quantity import Quantity
    from halfcell.maths.particle_regions import ParticleRegions
    from halfcell.techniques.particle_images.outlines import Measured

_FEW = 100  # particles: below it the counting error of D90 exceeds some 10 % in usual powders
_DENSE = 0.5  # of the picture: particles that cover more lie on one another
_HEAPED = 1.4  # times the usual height: a particle that is as much brighter lies on others, or is another material
_MANY = 0.05  # of the particles
_SENSITIVE = 10.0  # percent between edges at 40 and 60 % of the height
_HIDDEN = 6.0  # percent of the median: twice the uncertainty of a usual scale
_COARSE = 0.25  # of the volume in one particle


def notes(
    found: ParticleRegions,
    every: Measured,
    large: NDArray[np.bool_],
    shape: tuple[int, ...],
    quantities: Mapping[str, Quantity],
) -> Iterator[Note]:
    """What lowers the trust in the sizes of a picture."""
    whole = large & ~every.is_cut
    count, cut = int(whole.sum()), int((large & every.is_cut).sum())
    small = int((~large).sum())
    text = f"{count} whole particles; {cut} cut by the edge were left out"
    yield Note("info", "particles", text + (f", and {small} too small to be measured." if small else "."))
    if count < _FEW:
        text = f"{count} particles are few: percentiles away from the middle change with every picture; add pictures."
        yield Note("doubt", "few_particles", text)
    volume = every.area[whole] ** 1.5
    if volume.max() > _COARSE * volume.sum():
        text = f"The largest particle is {volume.max() / volume.sum():.0%} of the volume and decides D50 by volume."
        yield Note("doubt", "one_particle_decides", text)
    yield from _crowding(found, every, shape)
    if found.enlarged > 1:
        text = (
            "Particles are less than 12 pixels across: blur fills the gaps between touching ones, and a dome looks"
            " smaller than a disc; what sharpening changes is in the uncertainty. A higher magnification decides."
        )
        yield Note("doubt", "few_pixels", text)
    yield from _moved(quantities)


def _moved(quantities: Mapping[str, Quantity]) -> Iterator[Note]:
    """What may move the median: hidden particles, and edges without a place."""
    if quantities["hidden_particles"].value > _HIDDEN:
        text = (
            f"Small particles lie under others or melt into them: the median may be"
            f" {quantities['hidden_particles'].value:.0f} % too large, which is in its uncertainty; a higher"
            " magnification, with 30 pixels across the median particle, shows them."
        )
        yield Note("doubt", "hidden_particles", text)
    if quantities["threshold_sensitivity"].value > _SENSITIVE:
        text = (
            f"The median moves by {quantities['threshold_sensitivity'].value:.0f} % between edges at 40 and 60 % of the"
            " height: edges are blurred; a finer pixel or a better focus makes them sharp."
        )
        yield Note("doubt", "blurred_edges", text)


def _crowding(found: ParticleRegions, every: Measured, shape: tuple[int, ...]) -> Iterator[Note]:
    """Particles that lie on one another."""
    covered = float(every.area.sum() / (shape[0] * shape[1]))
    if covered > _DENSE:
        text = (
            f"Particles cover {covered:.0%} of the picture: some lie on others, which hides parts of them and makes"
            " sizes too small; disperse the powder on a flat support."
        )
        yield Note("doubt", "crowded", text)
    heaped = float(np.mean(found.plateau > _HEAPED)) if len(found.plateau) else 0.0
    if heaped > _MANY:
        text = (
            f"{heaped:.0%} of the particles are far brighter than usual: heaps, whose outlines are not of one particle."
        )
        yield Note("doubt", "heaps", text)
