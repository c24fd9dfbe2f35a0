"""Kernel of powder diffraction: derivatives are those of the functions, integrals and limits are exact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.maths.powder import size_models
from halfcell.maths.powder.background import Hump
from halfcell.maths.powder.instrument import Instrument, mixing, remove_instrument, voigt_parts, voigt_width
from halfcell.maths.powder.line_fit import doublet
from halfcell.maths.powder.pattern_model import PatternModel, prepare
from halfcell.maths.powder.phase_lines import Lines
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.maths.powder.reciprocal_grid import Radiation, angle, reciprocal
from halfcell.maths.powder.turbostratic_carbon import Bands, warren

LENGTH = np.linspace(0.0, 400.0, 200001)


def sphere(length: np.ndarray, diameter: float) -> np.ndarray:
    """A(L) = 1 - 3/2 u + 1/2 u^3 of one sphere, u = L/D up to 1 (Stokes and Wilson 1942)."""
    u = np.minimum(length / diameter, 1.0)
    return 1.0 - 1.5 * u + 0.5 * u**3


@pytest.mark.parametrize("sigma", [0.05, 0.3, 0.7])
@pytest.mark.parametrize("mean", [4.0, 12.0])
def test_all_size_models_have_the_same_mean_column_length(mean: float, sigma: float) -> None:
    for value in (
        size_models.lognormal_spheres(LENGTH, mean, sigma)[0],
        size_models.gamma_spheres(LENGTH, mean, sigma)[0],
        size_models.lorentzian(LENGTH, mean)[0],
        sphere(LENGTH, 4 / 3 * mean),
    ):
        assert value[0] == pytest.approx(1.0)
        assert 2 * np.trapezoid(value, LENGTH) == pytest.approx(mean, rel=1e-4)


@given(mean=st.floats(2.0, 60.0), sigma=st.floats(0.05, 0.9))
def test_size_derivatives(mean: float, sigma: float) -> None:
    length, e = np.linspace(0.0, 4 * mean, 200), 1e-5
    value, by_mean, by_sigma = size_models.lognormal_spheres(length, mean, sigma)
    up, down = (size_models.lognormal_spheres(length, mean * np.exp(s * e), sigma)[0] for s in (1, -1))
    assert by_mean == pytest.approx((up - down) / 2 / e, abs=1e-6)
    up, down = (size_models.lognormal_spheres(length, mean, sigma + s * e)[0] for s in (1, -1))
    assert by_sigma == pytest.approx((up - down) / 2 / e, abs=1e-6)
    assert (np.diff(value) <= 1e-9).all()


@pytest.mark.parametrize(("sigma", "factor"), [(0.02, 0.83), (0.2, 0.80), (0.3, 0.78), (0.5, 0.70)])
def test_width_of_sphere_profiles(sigma: float, factor: float) -> None:
    """FWHM over integral breadth of lognormal spheres; Langford and Wilson (1978) have 0.8290 for one sphere."""
    assert size_models.scherrer_factor(12.0, sigma) == pytest.approx(factor, abs=0.005)


@given(g=st.floats(0.01, 1.0), l=st.floats(0.01, 1.0))
def test_voigt_comes_apart_and_together(g: float, l: float) -> None:
    parts = voigt_parts(voigt_width(g, l), mixing(g, l))
    assert parts == pytest.approx((g, l), abs=0.02 * (g + l))


@given(width=st.floats(0.1, 2.0), eta=st.floats(0.0, 1.0), factor=st.floats(0.1, 10.0))
def test_deconvolution_scales_with_the_widths(width: float, eta: float, factor: float) -> None:
    one = remove_instrument(width, eta, 0.05, 0.03)
    two = remove_instrument(width * factor, eta, 0.05 * factor, 0.03 * factor)
    assert two == pytest.approx(tuple(factor * value for value in one), rel=1e-6)
    assert one[0] < width


@given(s=st.floats(1.5, 12.0), wave=st.floats(0.05, 0.16))
def test_angle_and_reciprocal_length_are_inverse(s: float, wave: float) -> None:
    assert reciprocal(angle(np.array([s]), wave), wave)[0] == pytest.approx(s)


def test_doublet_derivatives() -> None:
    x, at, e = np.arange(45.0, 50.0, 0.02), np.array([47.3, np.log(0.5), 0.4]), 1e-6
    slopes = doublet(x, at[0], np.exp(at[1]), at[2], Radiation())[1:]
    for index, slope in enumerate(slopes):
        step = np.eye(3)[index] * e
        up, down = (doublet(x, p[0], np.exp(p[1]), p[2], Radiation())[0] for p in (at + step, at - step))
        assert slope == pytest.approx((up - down) / 2 / e, abs=1e-6)


def _lines(name: str, a: float) -> Lines:
    squares = np.array([3, 8, 11, 16, 19, 24])
    return Lines(
        name=name, parts=squares[None] / a**2, intensity=np.array([1, 1, 0.8, 0.3, 0.5, 1]), column=np.arange(6)
    )


def _model(**changes: object) -> PatternModel:
    phases = (
        PhaseModel(lines=_lines("one", 0.5431), size=12.0, strain=True),
        PhaseModel(lines=_lines("two", 0.5365), size=9.0),
    )
    instrument = Instrument(u=0.004, t=0.4, w=0.004, x=0.01, y=0.012, axial=0.012, lag=0.015)
    settings = {"humps": (Hump(centre=25.0, width=8.0),), "air": True, **changes}
    x = np.arange(20.0, 95.0, 0.05)
    return PatternModel(two_theta=x, radiation=Radiation(), instrument=instrument, phases=phases, **settings)


@pytest.mark.parametrize(
    "changes", [{}, {"shifts": ("zero", "displacement", "transparency")}, {"free_instrument": True}, {"bands": Bands()}]
)
def test_every_derivative_of_the_pattern_is_that_of_the_pattern(changes: dict[str, object]) -> None:
    pattern = prepare(_model(**changes))
    phi, slope = pattern.evaluate(pattern.start)
    c = np.random.default_rng(0).uniform(0.5, 1.5, phi.shape[1])
    made = slope(c)
    for index, name in enumerate(pattern.names):
        e = 1e-5 if ".cell" not in name else 1e-6
        step = np.eye(len(pattern.start))[index] * e
        up, down = (pattern.evaluate(pattern.start + s * step)[0] @ c for s in (1, -1))
        numeric = (up - down) / 2 / e
        assert np.abs(made[:, index] - numeric).max() < 2e-3 * np.abs(numeric).max(), name


@settings(max_examples=10)
@given(factor=st.floats(0.5, 2.0))
def test_line_widths_scale_inversely_with_size(factor: float) -> None:
    """A property of the transform: twice the size, half the breadth, the same area."""
    x = np.arange(20.0, 95.0, 0.02)
    bare = Instrument()
    one = Lines(name="one", parts=np.array([[8 / 0.5431**2]]), intensity=np.ones(1), column=np.zeros(1, int))
    areas, tops = [], []
    for size in (8.0, 8.0 * factor):
        phase = PhaseModel(lines=one, size=size)
        single = Radiation(lines=((0.154, 1.0),))
        pattern = prepare(PatternModel(two_theta=x, radiation=single, instrument=bare, phases=(phase,), degree=0))
        y = pattern.evaluate(pattern.start)[0][:, 0]
        half = np.radians(x) / 2
        y = y * np.sin(half) ** 2 / (1 + np.cos(2 * half) ** 2)
        s = reciprocal(x, single.first)
        areas.append(np.trapezoid(y, s))
        tops.append(y.max())
    assert areas[1] == pytest.approx(areas[0], rel=0.02)
    assert tops[1] / tops[0] == pytest.approx(factor, rel=0.02)


@pytest.mark.parametrize("a", [-3.0, -1.0, 0.0, 1.0, 3.0, 7.9, 8.1, 60.0])
def test_warren_function(a: float) -> None:
    """Against adaptive quadrature of the integral."""
    from scipy.integrate import quad

    middle = np.sqrt(max(a, 0.0))
    parts = [
        quad(lambda x: np.exp(-((x * x - a) ** 2)), low, high)[0] for low, high in ((0, middle), (middle, middle + 5))
    ]
    value, slope = warren(np.array([a - 1e-4, a, a + 1e-4]))
    assert value[1] == pytest.approx(sum(parts), rel=1e-4, abs=1e-9)
    assert slope[1] == pytest.approx((value[2] - value[0]) / 2e-4, rel=1e-4, abs=1e-7)
