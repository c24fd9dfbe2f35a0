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
    # widths of single lines, where the tail of axial divergence does not matter
    data_, _ = scan(measurement, settings)
    single = [(p.position, p.width) for _, p in measure_lines("LaB6", data_) if 85 < p.position < 115]
    angles, widths = np.array(single).T
    assert instrument.width(angles) == pytest.approx(widths, rel=0.07)
    fit = fit_standard(scan(measurement, settings)[0], "LaB6", instrument)
    assert fit.reduced_chi2 < 1.0
    assert phase("LaB6").cell[0] * (1 + fit.value("LaB6.cell0")) == pytest.approx(4.15692, abs=2e-4)


def test_lab6_660c_lattice_parameter(data: Path) -> None:
    """NIST SRM 660c on a laboratory diffractometer; the certificate has a = 4.156826 A."""
    measurement = read(data / "spectra" / "xrd" / "NIST660C_LaB6.gsas")
    settings = Settings(low_degree=18.0)
    instrument = diffraction.REFERENCES["instrument"](measurement, settings)
    fit = fit_standard(scan(measurement, settings)[0], "LaB6", instrument)
    assert phase("LaB6").cell[0] * (1 + fit.value("LaB6.cell0")) == pytest.approx(4.156826, abs=2e-4)
