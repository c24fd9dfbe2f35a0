"""Shapes of the crystalline line before a fit."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.raman.described_line import described
from halfcell.techniques.raman.line_models import crystalline, is_determined, started_at
from halfcell.techniques.raman.silicon_line import Line

X = np.arange(400.0, 600.0, 0.5)
Y = 100.0 + 900.0 / (1.0 + ((X - 515.0) / 4.0) ** 2)


def test_the_fit_begins_at_the_highest_point() -> None:
    assert crystalline(X, Y, None).position.start == pytest.approx(515.0)


def test_with_a_wafer_the_part_of_the_instrument_is_fixed(line: Line) -> None:
    wafer = described(line)
    peak = crystalline(X, Y, wafer)
    assert (peak.gauss.start, peak.gauss.std) == (wafer.gauss_per_cm, 0.0)


def test_a_plain_line_is_determined(line: Line) -> None:
    assert is_determined(line.fit, line.peaks[0])


def test_free_parameters_begin_where_a_fit_ended(line: Line) -> None:
    started = started_at(crystalline(X, Y, None), line.fit)
    assert started.lorentz.start == pytest.approx(line.fit.values["c-Si", "lorentz"], abs=1e-3)
