"""Simulate Raman spectra of silicon and carbon as a grating spectrometer records them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.measurement import Measurement
from halfcell.maths.line_shapes import gauss, lorentz, tailed_voigt

if TYPE_CHECKING:
    from numpy.random import Generator


_LO = 0.15  # area of the LO band of amorphous silicon over that of its TO band, 0 to 0.3 (Brodsky 1977)


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """A simulated spectrum.

    Parameters
    ----------
    position_per_cm, gauss_per_cm, lorentz_per_cm
        The crystalline line: position and FWHM of its parts.
    tail_per_cm, tail_share
        Length of the instrument's tail towards low wavenumbers, and the share of the line that has it.
    amorphous_fraction, cross_section_ratio
        Volume fraction X, and y = sigma_c / sigma_a; areas obey A_a / A_c = X / ((1 - X) y).
    counts, amorphous_counts
        Area of the crystalline line (counts x 1/cm), and additional area of the amorphous band.
    carbon_d, carbon_g
        Areas of the D and G bands relative to the crystalline line.
    background, slope
        Baseline in counts, and in counts per 1/cm.
    exposure_second
        Exposure, which goes to the measurement's meta only.
    range_per_cm, step_per_cm
        The axis.
    title
        Title of the spectrum.
    """

    position_per_cm: float = 520.5
    gauss_per_cm: float = 3.5
    lorentz_per_cm: float = 3.2
    tail_per_cm: float = 0.0
    tail_share: float = 0.0
    amorphous_fraction: float = 0.0
    cross_section_ratio: float = 1.0
    counts: float = 60000.0
    amorphous_counts: float = 0.0
    carbon_d: float = 0.0
    carbon_g: float = 0.0
    background: float = 300.0
    slope: float = 0.1
    exposure_second: float = 10.0
    range_per_cm: tuple[float, float] = (200.0, 900.0)
    step_per_cm: float = 0.6
    title: str = ""


def simulate(parameters: Parameters, rng: Generator) -> Measurement:
    """A spectrum with Poisson noise; the steps of the axis decrease with the shift, as those of a grating do.

    Parameters
    ----------
    parameters
        Lines, bands, baseline and axis.
    rng
        Where the noise comes from.

    Returns
    -------
    Measurement
        Columns ``raman_shift_per_cm`` and ``intensity_count``, shape (n,).

    Source: definition.
    """
    p = parameters
    low, high = p.range_per_cm
    count = int((high - low) / p.step_per_cm)
    t = np.linspace(0.0, 1.0, count)
    x = low + (high - low) * (1.08 * t - 0.08 * t**2)
    expected = p.background + p.slope * (x - low)
    widths = p.gauss_per_cm, p.lorentz_per_cm
    expected = expected + p.counts * tailed_voigt(x, p.position_per_cm, widths, p.tail_per_cm, p.tail_share)
    share = p.amorphous_fraction
    glass = p.counts * share / ((1.0 - share) * p.cross_section_ratio) + p.amorphous_counts
    expected += glass * (gauss(x, 480.0, 70.0) + _LO * gauss(x, 390.0, 85.0))
    expected += p.counts * (p.carbon_d * lorentz(x, 1348.0, 130.0) + p.carbon_g * lorentz(x, 1592.0, 75.0))
    counts = rng.poisson(expected).astype(float)
    meta = {"simulated": True, "laser_nm": 532.0, "title": p.title, "exposure_second": p.exposure_second}
    return Measurement(technique="raman", columns={"raman_shift_per_cm": x, "intensity_count": counts}, meta=meta)
