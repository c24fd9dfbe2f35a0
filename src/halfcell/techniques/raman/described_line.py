"""A fitted line of silicon as the reference for other spectra."""

from __future__ import annotations

from typing import TYPE_CHECKING

from halfcell.techniques.raman.lopsided_line import CRYSTAL, SHAPE
from halfcell.techniques.raman.silicon_line import full_width, top, widened
from halfcell.techniques.raman.wafer_line import WaferLine

if TYPE_CHECKING:
    from halfcell.techniques.raman.silicon_line import Line


def described(line: Line) -> WaferLine:
    """The line as a reference for other spectra."""
    (place, std, _), (width, width_std, _) = widened(line, top), widened(line, full_width)
    values = {which: line.fit.values[CRYSTAL, which] for which in ("position", *SHAPE)}
    return WaferLine(
        position_per_cm=place,
        position_std_per_cm=std,
        core_per_cm=values["position"],
        gauss_per_cm=values["gauss"],
        lorentz_per_cm=values["lorentz"],
        lorentz_std_per_cm=line.fit.stds[CRYSTAL, "lorentz"],
        width_per_cm=width,
        width_std_per_cm=width_std,
        tail_per_cm=values["tail"],
        tail_share=values["tail_share"],
        inverse_size_per_nm=values["inverse_size"],
        size_spread=values["size_spread"],
    )
