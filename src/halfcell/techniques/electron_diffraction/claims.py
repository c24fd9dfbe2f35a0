"""When a picture looks like a diffraction pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from halfcell.core.measurement import Measurement


def claims(measurement: Measurement) -> str:
    """Why a picture is taken for a diffraction pattern: its file states pixels in reciprocal nm."""
    if measurement.technique == "microscopy" and measurement.meta.get("pixel_width_per_nm"):
        return "the file states the size of a pixel in 1/nm: a diffraction pattern"
    return ""
