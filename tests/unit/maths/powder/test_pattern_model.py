"""Kernel of powder diffraction: derivatives are those of the functions, integrals and limits are exact."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.maths.powder.background import Hump
from halfcell.maths.powder.instrument import Instrument
from halfcell.maths.powder.pattern_model import PatternModel, prepare
from halfcell.maths.powder.phase_lines import Lines
from halfcell.maths.powder.phase_model import PhaseModel
from halfcell.maths.powder.reciprocal_grid import Radiation, reciprocal
from halfcell.maths.powder.turbostratic_carbon import Bands


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
