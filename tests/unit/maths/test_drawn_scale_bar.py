"""Bars drawn here in the ways of several microscopes, beside text, noise and compression."""

from __future__ import annotations

import io

import numpy as np
import pytest

from halfcell.maths.drawn_scale_bar import DrawnBar, drawn_bar

ImageDraw = pytest.importorskip("PIL.ImageDraw")
Image = pytest.importorskip("PIL.Image")


def _picture(kind: str, length: int, *, seed: int = 0, dark: bool = True) -> np.ndarray:
    """A noisy picture above a data bar with text and a bar of a length."""
    rng = np.random.default_rng(seed)
    grey = np.clip(120.0 + 40.0 * rng.normal(size=(360, 640)), 0, 255)
    strip = Image.new("L", (640, 48), 0 if dark else 255)
    draw, ink, left, row = ImageDraw.Draw(strip), 255 if dark else 0, 420, 30
    draw.text((10, 8), "15.0kV 8.2mm x5.00k SE(M)", fill=ink)
    if kind == "ticks at its ends":
        draw.line([(left, row), (left + length, row)], fill=ink)
        for column in (left, left + length):
            draw.line([(column, row - 6), (column, row + 6)], fill=ink)
    elif kind == "row of ticks":
        for place in np.linspace(left, left + length, 11):
            draw.line([(round(place), row - 6), (round(place), row + 6)], fill=ink)
    elif kind == "two halves":
        third = length // 3
        draw.line([(left, row), (left + third, row)], fill=ink, width=3)
        draw.line([(left + length - third, row), (left + length, row)], fill=ink, width=3)
    elif kind == "bare":
        draw.rectangle([(left, row), (left + length, row + 4)], fill=ink)
    draw.text((left, 8), "5 um", fill=ink)
    return np.vstack([grey, np.asarray(strip, dtype=float)])


def _compressed(picture: np.ndarray) -> np.ndarray:
    buffer = io.BytesIO()
    Image.fromarray(picture.astype("u1")).save(buffer, "JPEG", quality=92)
    return np.asarray(Image.open(buffer), dtype=float)


@pytest.mark.parametrize("kind", ["ticks at its ends", "row of ticks", "two halves", "bare"])
@pytest.mark.parametrize("length", [90, 133, 180])
@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("jpeg", [False, True])
def test_bars_are_found_within_two_pixels(kind: str, length: int, dark: bool, jpeg: bool) -> None:
    picture = _picture(kind, length, dark=dark)
    found = drawn_bar(_compressed(picture) if jpeg else picture)
    assert isinstance(found, DrawnBar)
    assert found.length == pytest.approx(length, abs=2.0)
    assert found.is_marked == (kind != "bare")


@pytest.mark.parametrize("seed", range(5))
def test_text_and_noise_are_no_bar(seed: int) -> None:
    assert drawn_bar(_picture("none", 100, seed=seed)) is None


def test_an_empty_picture_has_no_bar() -> None:
    assert drawn_bar(np.zeros((100, 100))) is None
