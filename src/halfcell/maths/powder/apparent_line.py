"""The line of a standard as a pseudo-Voigt fit sees it: the instrument function with its tail, fitted like a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.maths.powder.line_fit import fit_peak
from halfcell.maths.powder.pattern_model import PatternModel, prepare
from halfcell.maths.powder.phase_lines import Lines
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.maths.powder.reciprocal_grid import reciprocal

if TYPE_CHECKING:
    from halfcell.maths.powder.instrument import Instrument
    from halfcell.maths.powder.reciprocal_grid import Radiation


def apparent_line(instrument: Instrument, two_theta: float, radiation: Radiation) -> tuple[float, float]:
    """The pseudo-Voigt nearest to the instrument's own line at an angle.

    The noise-free profile of an unbroadened line, including the tail of axial divergence, is fitted in the same way
    as a measured line, so that like is compared with like when the instrument is removed.

    Parameters
    ----------
    instrument
        The instrument function.
    two_theta
        Angle of the line (degrees).
    radiation
        Emission lines.

    Returns
    -------
    tuple of float
        FWHM (degrees) and Lorentzian share.

    Source: procedure of this package.
    """
    width = float(instrument.width(np.array([two_theta]))[0])
    reach = 8 * width + 2 * abs(float(instrument.tail(np.array([two_theta]))[0])) + 0.4
    x = np.arange(two_theta - reach, two_theta + reach, min(width, 0.1) / 8)
    s = reciprocal(np.array([two_theta]), radiation.first)
    line = Lines(name="line", parts=s[None] ** 2, intensity=np.ones(1), column=np.zeros(1, dtype=np.int64))
    phase = PhaseModel(lines=line, size=None)
    pattern = prepare(
        PatternModel(two_theta=x, radiation=radiation, instrument=instrument, phases=(phase,), degree=0, shifts=())
    )
    profile = pattern.evaluate(pattern.start)[0][:, 0]
    counts = 1e4 * profile / profile.max()
    peak = fit_peak(x, counts, counts + 100.0, (two_theta, width), radiation)
    return peak.width, peak.eta
