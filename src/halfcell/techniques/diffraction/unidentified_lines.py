"""Lines that no known phase explains: found without a model and listed with their spacings, not given a wrong name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from halfcell.core.result import Note, Row
from halfcell.maths.powder.line_search import FoundLine, averaged, find_lines, smooth_background
from halfcell.techniques.diffraction.result import DiffractionResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from halfcell.techniques.diffraction.scan import Scan

    Array = NDArray[np.float64]

UNIDENTIFIED = "unidentified"
_SHOWN = 8  # lines that are listed in a note
_SHARP = 1.0  # degrees, chosen: wider humps without a phase are amorphous
_ON_TOP = 0.25  # of the width of a line: how near it must be to the calculated line to which it belongs
_WEAKER = 0.25  # of the height of a line that must be calculated: preferred orientation raises a line severalfold
_ITS_TOP = 0.98  # of the highest residual around: the top of a line is its own


@dataclass(frozen=True, kw_only=True)
class ComparedLines:
    """The lines of a scan, those that a model does not explain, and those of its phases that are too high.

    The last are more than twice as high as in the fit: their intensities are not those of a powder.
    """

    found: tuple[FoundLine, ...]
    unexplained: tuple[FoundLine, ...]
    too_high: tuple[FoundLine, ...] = ()

    @property
    def are_identified(self) -> bool:
        """Whether phases may be named: the strongest line and most of the area of all lines are explained.

        A single sharp line fits a line of any phase and identifies none.
        """
        if not self.found:
            return True
        if len(self.found) == 1 and self.found[0].width < _SHARP:
            return False
        area, left = (sum(line.height * line.width for line in lines) for lines in (self.found, self.unexplained))
        return max(self.found, key=lambda line: line.height) not in self.unexplained and left < 0.5 * area


def compared_lines(
    data: Scan, model: Array, calculated: Array | None = None, *, without_phases: bool = False
) -> ComparedLines:
    """All lines of a scan, and those of which a model, shape (n,), leaves more than half the height.

    A line that has the place of one of the phases in the model belongs to them even if it is up to four times as high
    as `calculated`, the pattern of all phases with the intensities of their structures, shape (n,). A model
    `without_phases` explains no sharp line, whatever its background does.
    """
    found = find_lines(data.two_theta, data.counts, data.noise)
    left = averaged(data.two_theta, data.counts - model)
    place = np.searchsorted(data.two_theta, [line.position for line in found])
    missed = [
        line
        for line, i in zip(found, place, strict=True)
        if left[i] > 0.5 * line.height or (without_phases and line.width < _SHARP)
    ]
    own = [] if calculated is None else [line for line in missed if _is_calculated(line, data.two_theta, calculated)]
    return ComparedLines(
        found=tuple(found), unexplained=tuple(one for one in missed if one not in own), too_high=tuple(own)
    )


def _is_calculated(line: FoundLine, two_theta: Array, calculated: Array) -> bool:
    """Whether a line stands on top of a calculated one which is at least a quarter as high."""
    near = np.abs(two_theta - line.position) < line.width
    top = np.abs(two_theta - line.position) < _ON_TOP * line.width
    if not top.any():
        return False
    rise = calculated - calculated[near].min()
    return bool(rise[top].max() > _WEAKER * line.height and rise[top].max() > _ITS_TOP * rise[near].max())


def unidentified(data: Scan, searched: int) -> DiffractionResult:
    """The result where no phase explains the strongest lines: the lines as found, without phases or sizes.

    Parameters
    ----------
    data
        The scan.
    searched
        How many phases were tried.

    Returns
    -------
    DiffractionResult
        One row per line: angle, spacing and height.

    Source: as `maths.powder.line_search`.
    """
    found = find_lines(data.two_theta, data.counts, data.noise)
    place = np.array([line.position for line in found])
    height = np.array([line.height for line in found])
    if len(found) == 1:
        text = f"one line, at {place[0]:.2f} degrees: a phase cannot be identified from a single line"
    else:
        text = f"{line_list(found)}: none of the {searched} phases that were searched explains the strongest lines"
    return DiffractionResult(
        technique="diffraction",
        rows=tuple(_row(line, data) for line in found),
        notes=(Note("doubt", "unidentified", text),),
        two_theta=data.two_theta,
        counts=data.counts,
        variance=data.noise,
        background=smooth_background(data.two_theta, data.counts),
        ticks={UNIDENTIFIED: (place, height / height.max(initial=1.0))},
    )


def line_list(lines: Sequence[FoundLine], what: str = "unidentified lines") -> str:
    """The strongest lines in order of angle: ``unidentified lines at 9.07, 19.61 degrees``."""
    strongest = sorted(lines, key=lambda line: -line.height)[:_SHOWN]
    shown = ", ".join(f"{line.position:.2f}" for line in sorted(strongest, key=lambda line: line.position))
    more = f" and {len(lines) - _SHOWN} weaker ones" if len(lines) > _SHOWN else ""
    return f"{what} at {shown} degrees{more}"


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
