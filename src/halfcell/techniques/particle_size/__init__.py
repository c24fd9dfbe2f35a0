r"""Particle size: percentiles, moments and modes of a size distribution (laser diffraction).

D10, D50 and D90 come from a monotone cubic interpolation of the cumulative share over the logarithm of the size;
:math:`D[p,q] = (\sum n d^p/\sum n d^q)^{1/(p-q)}` from the geometric middles of the channels. Histograms are mixed and
averaged, never percentiles.

References
----------
ISO 9276-2:2014 (moments), ISO 9276-1 (cumulative curves); F. N. Fritsch, R. E. Carlson, SIAM J. Numer. Anal. 17
(1980) 238.
"""

from halfcell.techniques.particle_size.analyse import analyse
from halfcell.techniques.particle_size.figures import FIGURES
from halfcell.techniques.particle_size.histograms import join, mix, select
from halfcell.techniques.particle_size.methods import methods
from halfcell.techniques.particle_size.result import ParticleSizeResult
from halfcell.techniques.particle_size.settings import Settings
from halfcell.techniques.particle_size.simulate import Parameters, simulate, true_percentile
from halfcell.techniques.particle_size.tables import TABLES
from halfcell.techniques.technique import Technique

__all__ = [
    "TECHNIQUE",
    "Parameters",
    "ParticleSizeResult",
    "Settings",
    "analyse",
    "join",
    "mix",
    "simulate",
    "true_percentile",
]

TECHNIQUE = Technique(
    name="particle_size",
    reads=("particle_size",),
    version="5",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    join=join,
    select=select,
)
