"""Diffraction on real files: published lattice parameters, published widths."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from halfcell.materials.phases import phase
from halfcell.readers import read
from halfcell.techniques import diffraction
from halfcell.techniques.diffraction import Settings
from halfcell.techniques.diffraction._calibrate import fit_standard
from halfcell.techniques.diffraction._scan import scan
from halfcell.techniques.diffraction._scherrer import measure_lines


def test_lab6_on_a_laboratory_diffractometer(data: Path) -> None:
    """D500 with PSD: the example it comes from uses a = 4.15692 A (SRM 660a); 142 degrees of lines to the noise."""
    measurement = read(data / "spectra" / "xrd" / "LaB6_d500_si_psd.xye.bz2")
    settings = Settings(low_degree=18.0)
    instrument = diffraction.REFERENCES["instrument"](measurement, settings)
    # widths of single lines, where axial divergence and overlap do not matter; 0.059 degrees is the narrowest
    data_, _ = scan(measurement, settings)
    single = [(p.position, p.width) for _, p in measure_lines("LaB6", data_) if 40 < p.position < 110]
    angles, widths = np.array(single).T
    assert instrument.width(angles) == pytest.approx(widths, rel=0.07)
    assert widths.min() == pytest.approx(0.059, abs=0.0006)
    fit = fit_standard(scan(measurement, settings)[0], "LaB6", instrument)
    assert fit.reduced_chi2 < 1.1
    assert phase("LaB6").cell[0] * (1 + fit.value("LaB6.cell0")) == pytest.approx(4.15692, abs=2e-4)
