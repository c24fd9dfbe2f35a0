"""Arcs of a circuit: their times, frequencies and sum."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.impedance.arcs import arc_notes, arc_quantities, arc_rows, arc_sum, strongest_pair
from halfcell.techniques.impedance.spectrum import Spectrum
from halfcell.techniques.impedance.spectrum_fit import FittedSpectrum


def test_time_constant_and_apex_are_those_of_r_q_and_n(fitted: FittedSpectrum, spectrum: Spectrum) -> None:
    """tau = (R Q)^(1/n); the apex lies at 1 / (2 pi tau)."""
    rows = arc_rows(fitted.main, fitted.others, spectrum, 20.0, 1.0)
    tau = (25.0 * 4e-5) ** (1 / 0.9)
    assert rows[0]["time_constant_s"] == pytest.approx(tau, rel=0.03)
    assert rows[0]["apex_frequency_hz"] == pytest.approx(1 / (2 * np.pi * tau), rel=0.03)


def test_arcs_that_are_known_are_quoted_without_a_doubt(fitted: FittedSpectrum, spectrum: Spectrum) -> None:
    rows = arc_rows(fitted.main, fitted.others, spectrum, 20.0, 1.0)
    assert [row["quoted"] for row in rows] == [True, True]
    assert arc_notes(rows, 20.0) == ()


def test_the_capacitance_of_hsu_and_mansfeld_is_tau_over_r(fitted: FittedSpectrum, spectrum: Spectrum) -> None:
    """Corrosion 57 (2001) 747."""
    rows = arc_rows(fitted.main, fitted.others, spectrum, 20.0, 1.0)
    made = arc_quantities(fitted.main, rows)
    name = rows[0]["arc"]
    tau, size = made[f"{name}.time_constant"].value, made[f"{name}.capacitance_hsu_mansfeld"].value
    assert size == pytest.approx(tau / fitted.main.values["R1"], rel=1e-6)


def test_the_sum_of_the_arcs_is_known_better_than_its_parts(fitted: FittedSpectrum) -> None:
    found = arc_sum(fitted.main)
    assert found is not None
    assert found.value == pytest.approx(85.0, rel=0.01)
    assert (found.std or 0.0) < 85.0 * float(np.max(fitted.main.uncertainty.log_std[[1, 4]]))


def test_one_arc_alone_is_correlated_with_none(fitted: FittedSpectrum) -> None:
    one = fitted.others[0]
    assert strongest_pair(one.model, one.uncertainty.correlation) == ("", "", 0.0)
    names = strongest_pair(fitted.main.model, fitted.main.uncertainty.correlation)[:2]
    assert set(names) == {"R1", "R2"}
