r"""Raman spectra: silicon line, amorphous share and size (as a range over models); carbon D and G bands.

**Silicon** (400-600 1/cm). The crystalline line, the amorphous bands (Gauss near 480 1/cm, width near 70 1/cm, and the
LO band below it, with priors) and a baseline that bends as luminescence does are fitted jointly; subtracting a baseline
first would distort the amorphous share. The line is a Voigt line, that of phonons confined to small crystals (I. H.
Campbell and P. M. Fauchet, Solid State Commun. 58 (1986) 739), or one with an exponential tail to one side (coma of the
spectrometer), weighed by Akaike's criterion; the position is that of the maximum. Position and width are
compared with those of a wafer measured on the same day (`wafer`, a file); without it neither a shift nor a size is
given. The size is a range over two confinement models,
which differ by a factor of two.

.. math:: X_a = y I_a / (I_c + y I_a), \quad y = \sigma_c / \sigma_a = 0.1 + e^{-D / 25\,\mathrm{nm}}

with the ratio y of the scattering cross-sections of crystalline and amorphous silicon after E. Bustarret,
M. A. Hachicha and M. Brunel, Appl. Phys. Lett.
52 (1988) 1675, unless `cross_section_ratio` is set.

**Carbon** (1000-1800 1/cm). Joint fit of D4 (Lorentz, 1200), D (Lorentz, 1350), D3 (Gauss, 1500), G (Lorentz, 1590)
and, where Schwarz' criterion asks for it, D2 (Lorentz, 1620) with a straight baseline: A. Sadezky et al., Carbon 43
(2005) 1731. I_D/I_G is given both by area and by height. With the laser line the in-plane size is

.. math:: L_a = 2.4 \times 10^{-10}\,\mathrm{nm}^{-3}\, \lambda^4 (I_D / I_G)^{-1}

by area (L. G. Cancado et al., Appl. Phys. Lett. 88 (2006) 163106), unless G is wider than 50 1/cm.
"""

from halfcell.techniques.raman.analyse import analyse
from halfcell.techniques.raman.figures import FIGURES
from halfcell.techniques.raman.methods import methods
from halfcell.techniques.raman.result import RamanResult
from halfcell.techniques.raman.settings import Settings
from halfcell.techniques.raman.simulate import Parameters, simulate
from halfcell.techniques.raman.state_comparison import analyse_series
from halfcell.techniques.raman.tables import TABLES
from halfcell.techniques.raman.wafer_calibration import calibrate
from halfcell.techniques.technique import Technique

__all__ = [
    "FIGURES",
    "TABLES",
    "TECHNIQUE",
    "Parameters",
    "RamanResult",
    "Settings",
    "analyse",
    "analyse_series",
    "simulate",
]

TECHNIQUE = Technique(
    name="raman",
    reads=("raman",),
    version="15",
    settings=Settings,
    analyse=analyse,
    figures=FIGURES,
    tables=TABLES,
    simulate=simulate,
    methods=methods,
    series=analyse_series,
    references={"wafer": calibrate},
)
