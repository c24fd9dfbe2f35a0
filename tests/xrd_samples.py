"""What the truth tests of diffraction share: an instrument calibrated on a simulated standard, simulated powders."""

from __future__ import annotations

from functools import cache

import numpy as np

from halfcell.maths.powder.instrument import Instrument
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import LABORATORY, Crystallites, Parameters, Settings
from halfcell.techniques.diffraction.scan import Scan, scan

STANDARD = Parameters(
    phases=(Crystallites(phase="LaB6", height=20000.0),), start_degree=18.0, stop_degree=120.0, displacement_degree=0.01
)

# Soller slits of 0.04 rad give a variance of 0.04^2 / 6 of the axial angle in radians squared: 0.0153 degrees
ASYMMETRIC = LABORATORY.adjusted({"axial": 0.0153, "lag": 0.005})
DISPLACED, MISSET = 0.04, 0.02  # degrees, standard deviations: 0.1 mm at 240 mm; the zero of a maintained goniometer


@cache
def calibrated() -> Instrument:
    """The instrument found from a simulated LaB6 scan by the same pipeline."""
    standard = diffraction.simulate(STANDARD, np.random.default_rng(660))
    instrument = diffraction.TECHNIQUE.references["instrument"](standard, Settings())
    assert isinstance(instrument, Instrument)
    return instrument


def powder(
    *phases: tuple[str, float, float], sigma: float = 0.3, change: float = 0.0, displacement: float = -0.02
) -> Parameters:
    """Phases as (name, height, L_V in nm)."""
    made = tuple(
        Crystallites(phase=name, height=height, column_length_nm=length, sigma=sigma, cell_change=change)
        for name, height, length in phases
    )
    return Parameters(phases=made, displacement_degree=displacement)


def scanned(parameters: Parameters, seed: int, settings: Settings) -> Scan:
    """A simulated scan as the analysis sees it."""
    return scan(diffraction.simulate(parameters, np.random.default_rng(seed)), settings)[0]
