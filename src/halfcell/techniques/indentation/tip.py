"""The tip: its area function or the ideal one, Poisson's ratio of the sample, and how far both can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from halfcell.core.result import Note
from halfcell.maths import oliver_pharr

if TYPE_CHECKING:
    from halfcell.techniques.indentation.raw_tests import RawTest
    from halfcell.techniques.indentation.settings import Settings

_IDEAL_BERKOVICH = (24.5,)  # A = 24.5 h2 (Oliver and Pharr 1992)
_ASSUMED_POISSON, _POISSON_DOUBT = 0.25, 0.05  # ceramics and glasses have 0.17 to 0.30
_SHALLOW_NM = 500.0  # depth of contact below which the rounding of a tip decides its area


@dataclass(frozen=True, kw_only=True)
class Tip:
    """Coefficients of the tip's area function (nm), Poisson's ratio of the sample with its doubt, what was assumed.

    `scale` multiplies the area.
    """

    area: tuple[float, ...]
    poisson: float
    poisson_doubt: float = 0.0
    is_ideal: bool = False
    scale: float = 1.0
    notes: tuple[Note, ...] = ()

    def area_at(self, depth: float) -> float:
        """Projected area (m2) at a depth of contact (m)."""
        return self.scale * oliver_pharr.tip_area(depth, self.area)

    def area_doubt(self, depth: float, settings: Settings) -> float:
        """Relative standard uncertainty of the area at a depth of contact (m).

        Of a calibrated tip the one that is set; an ideal one lacks the rounding, as if it stood deeper by that much.
        """
        if not self.is_ideal:
            return 0.01 * settings.tip_area_doubt_percent
        return (1.0 + settings.tip_rounding_nm / max(depth * 1e9, 1.0)) ** 2 - 1.0

    def shallow(self, depth: float, settings: Settings) -> tuple[Note, ...]:
        """A doubt where an ideal tip was taken for a contact (m) that is shallow."""
        if not self.is_ideal or depth * 1e9 >= _SHALLOW_NM:
            return ()
        text = (
            f"No tip calibration at a contact depth of {depth * 1e9:.3g} nm: below {_SHALLOW_NM:g} nm the rounding of"
            f" the tip decides its area (here by {self.area_doubt(depth, settings):.0%}); hardness comes out too high."
            " Calibrate the tip on fused silica and set tip_area_nm."
        )
        return (Note("doubt", "ideal_tip_shallow", text),)


def tip_of(test: RawTest, settings: Settings) -> Tip:
    """The tip area and Poisson's ratio that were set, else those of the file, else assumed ones.

    Parameters
    ----------
    test
        What its file states.
    settings
        What is set.

    Returns
    -------
    Tip
        Coefficients of A(h_c) (nm), and notes on what was assumed.

    Source: W. C. Oliver, G. M. Pharr, J. Mater. Res. 7 (1992) 1564, for the area function and the ideal tip.
    """
    notes = []
    area = settings.tip_area_nm or tuple(test.meta.get("tip_area_nm", ()))
    is_ideal = not area
    if is_ideal:
        area = _IDEAL_BERKOVICH
        notes.append(Note("info", "ideal_tip", "No tip calibration: the area is the ideal Berkovich 24.5 h_c^2."))
    given = settings.poisson_ratio if settings.poisson_ratio is not None else test.meta.get("poisson_ratio")
    if given is None:
        text = f"No Poisson's ratio was given: the modulus takes {_ASSUMED_POISSON} +- {_POISSON_DOUBT}."
        notes.append(Note("info", "assumed_poisson", text))
    return Tip(
        area=area,
        poisson=_ASSUMED_POISSON if given is None else float(given),
        poisson_doubt=_POISSON_DOUBT if given is None else 0.0,
        is_ideal=is_ideal,
        notes=tuple(notes),
    )
