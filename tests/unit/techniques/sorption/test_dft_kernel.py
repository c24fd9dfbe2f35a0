"""Kernels of DFT."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.core.errors import InputError
from halfcell.core.measurement import Measurement
from halfcell.techniques.sorption import Settings
from halfcell.techniques.sorption.dft_kernel import PoreWidths, kernel


def test_a_kernel_is_its_widths_and_one_row_per_pressure() -> None:
    columns = {"relative_pressure": np.array([0.1, 0.5]), "kernel_loading": np.array([[1.0, 2.0], [3.0, 4.0]])}
    meta = {"pore_width_nanometre": [1.0, 2.0]}
    found = kernel(Measurement(technique="sorption", columns=columns, meta=meta), Settings())
    assert found == ((0.0, 1.0, 2.0), (0.1, 1.0, 2.0), (0.5, 3.0, 4.0))


def test_an_isotherm_is_no_kernel() -> None:
    measurement = Measurement(technique="sorption", columns={"relative_pressure": np.zeros(1)})
    with pytest.raises(InputError, match="no DFT kernel"):
        kernel(measurement, Settings())


def test_volumes_per_decade_integrate_to_the_volume() -> None:
    width = np.geomspace(1.0, 30.0, 40)
    volume = np.exp(-0.5 * ((np.log(width) - 1.5) / 0.4) ** 2)
    found = PoreWidths(width=width, volume=volume, pressure=np.zeros(0), fitted=np.zeros(0))
    assert np.trapezoid(found.per_log_width, np.log10(width)) == pytest.approx(volume.sum(), rel=0.02)
