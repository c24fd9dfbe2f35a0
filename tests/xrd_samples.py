"""What the truth tests of diffraction share: an instrument calibrated on a simulated standard, simulated powders."""

from __future__ import annotations

from functools import cache

import numpy as np

from halfcell.maths.powder.instrument import Instrument
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import Crystallites, Parameters, Settings
from halfcell.techniques.diffraction.scan import Scan, scan

STANDARD = Parameters(
    phases=(Crystallites(phase="LaB6", height=20000.0),), start_degree=18.0, stop_degree=120.0, displacement_degree=0.01
)


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
