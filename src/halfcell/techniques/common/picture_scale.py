"""The size of a picture's pixels: as its file states it, or as it is set by hand, each with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.result import Note
from halfcell.maths.drawn_scale_bar import drawn_bar
from halfcell.techniques.common.picture_panel import length_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.common.picture_settings import PictureSettings

    Array = NDArray[np.float64]

_AGREES = 0.02  # relative: a size that is set and one that the file states
_ROUND = (1.0, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)  # lengths that bars stand for, times a power of ten
_FOUND_END = 1.0  # pixels: the same of a bar that is found in the picture: ticks and arrows are some pixels wide
_BAR_END = 0.5  # pixels: standard uncertainty of the length of a drawn bar, read to a pixel at each end


@dataclass(frozen=True, kw_only=True)
class PictureScale:
    """Height and width of a pixel, in nm (or in 1/nm), None where unknown, and their relative uncertainty."""

    pixel: tuple[float, float] | None
    per_nm: bool = False
    relative_std: float = 0.03
    notes: tuple[Note, ...] = ()

    def needed(self, where: str) -> tuple[float, float]:
        """The pixel in nm.

        Raises
        ------
        Refused
            If the picture has no scale in nm.
        """
        if self.pixel is None or self.per_nm:
            what = "the picture has no scale: a size in pixels is no size"
            raise Refused(what, where, "set pixel_size_nm, or scale_bar_pixels and scale_bar_nm")
        return self.pixel


def picture_scale(measurement: Measurement, settings: PictureSettings) -> PictureScale:
    """The scale as the settings, or else the file, state it; what is set by hand is said, and held against the file.

    The ends of a drawn bar are read to a pixel, which adds half a pixel over its length to the uncertainty (a pixel,
    where it is found in the picture). Without a scale by hand the file's is held against a bar that is found.

    Parameters
    ----------
    measurement
        The picture, and the pixel (nm) that its file states.
    settings
        A pixel or a scale bar by hand, and the uncertainty of the scale (%).

    Returns
    -------
    PictureScale
        The pixel (nm, or 1/nm of a diffraction pattern), its relative uncertainty, and notes.

    Raises
    ------
    InputError
        If `scale_bar_pixels` is set without `scale_bar_nm`, the scale is set twice, or no single bar is found for the
        length that is set.

    Source: procedure of this package.
    """
    meta = measurement.meta
    stated = _stated(meta.get("pixel_height_nm"), meta.get("pixel_width_nm"))
    bar = _typed_bar(measurement, settings)
    if bar and settings.pixel_size_nm:
        raise InputError("the scale is set twice", "pixel_size_nm, scale_bar_nm", "leave one out")
    by_hand = bar.nm / bar.pixels if bar else settings.pixel_size_nm
    std = settings.scale_uncertainty_percent / 100.0
    if by_hand is not None:
        reading = bar.end / bar.pixels if bar else 0.0
        notes = (_beside(by_hand, stated, 2.0 * reading, bar),)
        return PictureScale(pixel=(by_hand, by_hand), relative_std=float(np.hypot(std, reading)), notes=notes)
    if stated:
        return PictureScale(pixel=stated, relative_std=std, notes=tuple(_bar_notes(measurement["image"], stated[1])))
    reciprocal = _stated(meta.get("pixel_height_per_nm"), meta.get("pixel_width_per_nm"))
    return PictureScale(pixel=reciprocal, per_nm=reciprocal is not None, relative_std=std)


def _stated(height: float | None, width: float | None) -> tuple[float, float] | None:
    return (float(height), float(width)) if height and width else None


@dataclass(frozen=True, kw_only=True)
class _Bar:
    """A drawn bar: pixels, what it stands for (nm), the uncertainty of its length (pixels), whether it was found."""

    pixels: float
    nm: float
    end: float
    is_found: bool = False


def _typed_bar(measurement: Measurement, settings: PictureSettings) -> _Bar | None:
    """The bar of the settings; its pixels are found in the picture where only its label is set."""
    if settings.scale_bar_nm is None:
        if settings.scale_bar_pixels is not None:
            raise InputError("a scale bar needs what it stands for", "scale_bar_nm", "its label, in nm")
        return None
    if settings.scale_bar_pixels is not None:
        return _Bar(pixels=settings.scale_bar_pixels, nm=settings.scale_bar_nm, end=_BAR_END)
    found = drawn_bar(measurement["image"])
    if found is None:
        hint = "measure it in the picture and set scale_bar_pixels"
        raise InputError("no scale bar was found in the picture, or several", "scale_bar_nm", hint)
    return _Bar(pixels=found.length, nm=settings.scale_bar_nm, end=_FOUND_END, is_found=True)


def _beside(size: float, stated: tuple[float, float] | None, reading: float, bar: _Bar | None) -> Note:
    """What is set, beside what the file states: a bar agrees within a pixel of its length."""
    how = "by the drawn scale bar" if bar else "by hand"
    how += f" (found: {bar.pixels:g} pixels)" if bar and bar.is_found else ""
    if stated is None:
        return Note("info", "scale_set", f"The size of a pixel, {size:.5g} nm, was set {how}; the file states none.")
    if abs(size / stated[1] - 1.0) <= max(_AGREES, reading):
        text = f"The size of a pixel, {size:.5g} nm, was set {how}; the file states {stated[1]:.5g} nm, which agrees."
        return Note("info", "scale_set", text)
    text = (
        f"The size of a pixel was set {how} to {size:.5g} nm, but the file states {stated[1]:.5g} nm"
        f" ({size / stated[1]:.3g} times as much): the picture may have been resized, or one of them is wrong. The"
        " one that was set is used."
    )
    return Note("doubt", "scales_disagree", text)


def _bar_notes(picture: Array, width: float) -> Iterator[Note]:
    """A bar that is found, beside the scale of the file: bars stand for round lengths."""
    found = drawn_bar(picture)
    if found is None or not found.is_marked:
        return
    length = found.length * width
    power = 10.0 ** np.floor(np.log10(length))
    near = float(min((part * power for part in _ROUND), key=lambda round_one: abs(round_one - length)))
    text = (
        f"A bar of {found.length:g} pixels is drawn in the picture, {length_text(length, 3)} by the scale of the file"
    )
    if abs(near / length - 1.0) <= max(_AGREES, 2.0 * _FOUND_END / found.length):
        yield Note("info", "drawn_bar", f"{text}: {length_text(near)}, as its label should say.")
        return
    reason = (
        "which is no round length: the picture may have been resized, or it is no scale bar. Set scale_bar_nm to its"
    )
    yield Note("doubt", "drawn_bar_odd", f"{text}, {reason} label.")


def cropped(picture: Array, crop: tuple[int, int, int, int] | None) -> Array:
    """The part of a picture that is shown and analysed: left, top, right, bottom (pixels).

    Parameters
    ----------
    picture
        Grey values, shape (rows, columns).
    crop
        Left, top, right and bottom, pixels; None for all of it.

    Returns
    -------
    numpy.ndarray
        Shape (bottom - top, right - left).

    Raises
    ------
    InputError
        If it lies outside the picture.

    Source: definition.
    """
    if crop is None:
        return picture
    left, top, right, bottom = crop
    rows, columns = picture.shape
    if not (0 <= left < right <= columns and 0 <= top < bottom <= rows):
        hint = f"left, top, right, bottom; the picture has {columns} columns and {rows} rows"
        raise InputError(f"the crop {crop} is outside the picture", "crop", hint)
    return picture[top:bottom, left:right]
