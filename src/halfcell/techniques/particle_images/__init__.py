r"""Particles in pictures: outlines, equivalent diameters and their distribution by number and by volume.

Touching particles are parted along the valleys of their distance transform (or, where they are a few pixels wide, of
the Laplacian of Gaussian), and outlined where they fall to half of their own height. The equivalent diameter is that
of a circle of the same area, :math:`d = 2\sqrt{A/\pi}`. A particle that the edge of the picture cuts is left out; since
large ones are cut more often, each counts :math:`WH/((W-w)(H-h))` times, with its width w and height h.

References
----------
ISO 13322-1:2014 (static image analysis: counting frame, weights, number of particles); R. E. Miles, in: Geometrical
Probability and Biological Structures, Springer (1978) 115.
"""

from halfcell.techniques.particle_images.analyse import analyse
from halfcell.techniques.particle_images.figures import FIGURES
from halfcell.techniques.particle_images.laser_curve import laser_curve
from halfcell.techniques.particle_images.methods import methods
from halfcell.techniques.particle_images.result import ParticleImagesResult
from halfcell.techniques.particle_images.settings import Settings
from halfcell.techniques.particle_images.simulate import Parameters, simulate, simulated_with_diameters
from halfcell.techniques.particle_images.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "TECHNIQUE",
    "Parameters",
    "ParticleImagesResult",
    "Settings",
    "analyse",
    "simulate",
    "simulated_with_diameters",
]

TECHNIQUE = Technique(
    name="particle_images",
    reads=("microscopy", "particle_size"),
    version="3",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    references={"laser": laser_curve},
    builds_on=("particle_size",),
    first_columns=("particle", "diameter", "column", "row"),
    methods=methods,
)
