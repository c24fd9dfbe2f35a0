"""The depth distribution of XPP: its curve has the integral, surface value and mean depth that it was made for."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.maths.depth_distribution import Matrix, depth_distribution

SAMPLES = {
    "C": Matrix(share=np.array([1.0]), number=np.array([6.0]), mass=np.array([12.011])),
    "SiO2": Matrix(share=np.array([0.467, 0.533]), number=np.array([14.0, 8.0]), mass=np.array([28.085, 15.999])),
    "Au": Matrix(share=np.array([1.0]), number=np.array([79.0]), mass=np.array([196.97])),
}


@pytest.mark.parametrize("name", sorted(SAMPLES))
@pytest.mark.parametrize(("beam", "edge"), [(5.0, 1.0), (15.0, 1.84), (20.0, 7.11), (30.0, 1.56)])
def test_the_curve_has_its_integral_and_is_nowhere_negative(name: str, beam: float, edge: float) -> None:
    curve = depth_distribution(SAMPLES[name], beam, edge, "K", 14.0)
    depth = np.linspace(0.0, 12.0 * curve.mean_depth, 20001)
    grown = curve.big_a * np.exp(-curve.a * depth)
    values = grown + (curve.big_b * depth + curve.surface - curve.big_a) * np.exp(-curve.b * depth)
    assert np.trapezoid(values, depth) == pytest.approx(curve.integral, rel=2e-3)
    assert np.trapezoid(values * depth, depth) / curve.integral == pytest.approx(curve.mean_depth, rel=0.02)
    assert values.min() > -1e-6
    assert float(curve.emitted(0.0)) == pytest.approx(curve.integral)
    for chi in (100.0, 5000.0):
        assert float(curve.emitted(chi)) == pytest.approx(np.trapezoid(values * np.exp(-chi * depth), depth), rel=2e-3)


def test_heavy_matrices_scatter_back_to_the_surface() -> None:
    """phi(0) of Cu Ka at 30 kV is near 2 in Au and near 1.1 in C (tracer experiments, Pouchou and Pichoir 1991)."""
    assert depth_distribution(SAMPLES["Au"], 30.0, 8.98, "K", 29.0).surface == pytest.approx(1.95, abs=0.25)
    assert depth_distribution(SAMPLES["C"], 30.0, 8.98, "K", 29.0).surface == pytest.approx(1.15, abs=0.12)


def test_a_beam_below_the_edge_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not ionise"):
        depth_distribution(SAMPLES["C"], 5.0, 7.11, "K", 26.0)
