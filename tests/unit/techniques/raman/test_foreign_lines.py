"""Lines that are not those of silicon, and what a spectrum shows besides."""

from __future__ import annotations

import numpy as np
import pytest

from halfcell.techniques.raman.foreign_lines import has_second_order, judged, narrow_doubt, sharp_lines

SHIFT = np.arange(80.0, 1800.0, 1.0)


def _spectrum(*lines: tuple[float, float], width: float = 8.0, seed: int = 0) -> np.ndarray:
    """Counts of Lorentzian lines (place, height) over a continuum of 200."""
    level = 200.0 + 0.0 * SHIFT + sum(height / (1.0 + ((SHIFT - place) / (width / 2)) ** 2) for place, height in lines)
    return np.random.default_rng(seed).poisson(level).astype(float)


def test_lines_are_found_with_place_and_height() -> None:
    found = sharp_lines(SHIFT, _spectrum((144.0, 3000.0), (520.5, 2000.0)))
    assert [line.place for line in found] == pytest.approx([144.0, 520.5], abs=1.5)
    assert [line.height for line in found] == pytest.approx([3000.0, 2000.0], rel=0.1)


def test_noise_has_no_lines() -> None:
    assert [sharp_lines(SHIFT, _spectrum(seed=seed)) for seed in range(5)] == [[]] * 5


def test_a_broad_band_is_no_sharp_line() -> None:
    assert sharp_lines(SHIFT, _spectrum((480.0, 500.0), width=90.0)) == []


def test_the_line_of_silicon_alone_is_taken() -> None:
    found = judged(SHIFT, _spectrum((520.5, 2000.0)), 520.5, 2000.0)
    assert found.refusal == ""


def test_a_line_beside_those_of_anatase_is_not_silicons() -> None:
    """Anatase at 144, 399, 515 and 639 1/cm (T. Ohsaka et al., J. Raman Spectrosc. 7 (1978) 321)."""
    y = _spectrum((144.0, 10000.0), (399.0, 1200.0), (515.0, 1400.0), (639.0, 1500.0), width=12.0)
    assert "anatase" in judged(SHIFT, y, 515.0, 1400.0).refusal


@pytest.mark.parametrize(("seen", "height"), [(True, 40.0), (False, 0.0)])
def test_the_second_order_of_silicon_is_a_band_at_940_to_980(seen: bool, height: float) -> None:
    y = _spectrum((520.5, 2000.0)) + height * ((SHIFT > 935) & (SHIFT < 985))
    assert has_second_order(SHIFT, y) is seen


@pytest.mark.parametrize(
    ("position", "width", "doubted"), [(520.5, 4.0, False), (512.0, 4.0, True), (512.0, 24.0, False)]
)
def test_a_low_line_that_is_narrower_than_confinement_makes_it_is_doubted(
    position: float, width: float, doubted: bool
) -> None:
    assert bool(narrow_doubt(position, width, None)) is doubted
