"""The size of a picture's pixels: as its file states it, or as it is set by hand, each with its uncertainty."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.errors import InputError, Refused
from halfcell.core.result import Note

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.common.picture_settings import PictureSettings

    Array = NDArray[np.float64]

_AGREES = 0.02  # relative: a size that is set and one that the file states
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

    The ends of a drawn bar are read to a pixel, which adds half a pixel over its length to the uncertainty.

    Raises
    ------
    InputError
        If only one of `scale_bar_pixels` and `scale_bar_nm` is set, or the scale is set twice.
    """
    meta = measurement.meta
    stated = _stated(meta.get("pixel_height_nm"), meta.get("pixel_width_nm"))
    by_hand = _by_hand(settings)
    std = settings.scale_uncertainty_percent / 100.0
    if by_hand is not None:
        reading = _BAR_END / settings.scale_bar_pixels if settings.scale_bar_pixels else 0.0
        notes = (_beside(by_hand, stated, 2.0 * reading, is_bar=settings.scale_bar_pixels is not None),)
        return PictureScale(pixel=(by_hand, by_hand), relative_std=float(np.hypot(std, reading)), notes=notes)
    if stated:
        return PictureScale(pixel=stated, relative_std=std)
    reciprocal = _stated(meta.get("pixel_height_per_nm"), meta.get("pixel_width_per_nm"))
    return PictureScale(pixel=reciprocal, per_nm=reciprocal is not None, relative_std=std)


def _stated(height: float | None, width: float | None) -> tuple[float, float] | None:
    return (float(height), float(width)) if height and width else None


def _by_hand(settings: PictureSettings) -> float | None:
    """The size of a pixel that the settings state (nm)."""
    bar = (settings.scale_bar_pixels, settings.scale_bar_nm)
    if (bar[0] is None) != (bar[1] is None):
        raise InputError(
            "a scale bar needs both its length in pixels and what it stands for", "scale_bar_pixels, scale_bar_nm"
        )
    by_bar = bar[1] / bar[0] if bar[0] and bar[1] else None
    if by_bar and settings.pixel_size_nm:
        raise InputError("the scale is set twice", "pixel_size_nm, scale_bar_pixels", "leave one out")
    return settings.pixel_size_nm or by_bar


def _beside(size: float, stated: tuple[float, float] | None, reading: float, *, is_bar: bool) -> Note:
    """What is set, beside what the file states: a bar agrees within a pixel of its length."""
    how = "by the drawn scale bar" if is_bar else "by hand"
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


def cropped(picture: Array, crop: tuple[int, int, int, int] | None) -> Array:
    """The part of a picture that is shown and analysed: left, top, right, bottom (pixels).

    Raises
    ------
    InputError
        If it lies outside the picture.
    """
    if crop is None:
        return picture
    left, top, right, bottom = crop
    rows, columns = picture.shape
    if not (0 <= left < right <= columns and 0 <= top < bottom <= rows):
        hint = f"left, top, right, bottom; the picture has {columns} columns and {rows} rows"
        raise InputError(f"the crop {crop} is outside the picture", "crop", hint)
    return picture[top:bottom, left:right]
