"""Lines that no known phase explains: found without a model, told with their spacings, never named by the next best."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note, Row
from halfcell.maths.powder.line_search import FoundLine, averaged, find_lines, smooth_background
from halfcell.techniques.diffraction.result import DiffractionResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.core.measurement import Measurement
    from halfcell.techniques.diffraction.scan import Scan

    Array = NDArray[np.float64]

UNIDENTIFIED = "unidentified"
_SHOWN = 8


def open_lines(data: Scan, model: Array, empty: bool) -> tuple[tuple[FoundLine, ...], tuple[FoundLine, ...]]:
    """All lines of a scan, and those of which a model, shape (n,), leaves more than half the height.

    A model that is `empty` of phases explains no line narrower than a degree, whatever its background bends to.
    """
    found = find_lines(data.two_theta, data.counts, data.noise)
    left = averaged(data.two_theta, data.counts - model)
    place = np.searchsorted(data.two_theta, [line.position for line in found])
    pairs = zip(found, place, strict=True)
    kept = (line for line, i in pairs if left[i] > 0.5 * line.height or (empty and line.width < 1.0))
    return tuple(found), tuple(kept)


def is_identified(found: tuple[FoundLine, ...], left: tuple[FoundLine, ...]) -> bool:
    """Whether phases may be named: the strongest line and most of the lines' area are explained.

    A single sharp line fits a line of any phase and names none.
    """
    if not found:
        return True
    if len(found) == 1 and found[0].width < 1.0:
        return False
    area = sum(line.height * line.width for line in found)
    open_area = sum(line.height * line.width for line in left)
    return max(found, key=lambda line: line.height) not in left and open_area < 0.5 * area


def unidentified(measurement: Measurement, data: Scan, known: int) -> DiffractionResult:
    """The result where no known phase explains the strongest lines: the lines as found, no phase, no size."""
    found = find_lines(data.two_theta, data.counts, data.noise)
    place = np.array([line.position for line in found])
    height = np.array([line.height for line in found])
    if len(found) == 1:
        text = f"one line, at {place[0]:.2f} degrees: a phase cannot be identified from a single line"
    else:
        text = f"{told(found)}: none of the {known} phases that were searched explains the strongest lines"
    return DiffractionResult(
        technique="diffraction",
        rows=tuple(_row(line, data) for line in found),
        notes=(Note("doubt", "unidentified", text),),
        simulated=measurement.is_simulated,
        two_theta=data.two_theta,
        counts=data.counts,
        variance=data.noise,
        background=smooth_background(data.two_theta, data.counts),
        ticks={UNIDENTIFIED: (place, height / height.max(initial=1.0))},
    )


def told(lines: tuple[FoundLine, ...] | list[FoundLine]) -> str:
    """``unidentified lines at 9.07, 19.61 degrees``: the strongest ones, by angle."""
    strongest = sorted(lines, key=lambda line: -line.height)[:_SHOWN]
    shown = ", ".join(f"{line.position:.2f}" for line in sorted(strongest, key=lambda line: line.position))
    more = f" and {len(lines) - _SHOWN} weaker ones" if len(lines) > _SHOWN else ""
    return f"unidentified lines at {shown} degrees{more}"


def _row(line: FoundLine, data: Scan) -> Row:
    """A found line with its spacing for the first wavelength."""
    spacing = 10 * data.radiation.first / 2 / np.sin(np.radians(line.position) / 2)
    return {
        "phase": UNIDENTIFIED,
        "hkl": "-",
        "position": line.position,
        "spacing": float(spacing),
        "fwhm": line.width,
        "height": line.height,
    }
