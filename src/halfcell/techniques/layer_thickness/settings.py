"""The settings of layer thicknesses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from halfcell.core.errors import InputError
from halfcell.techniques.common.picture_settings import PictureSettings


@dataclass(frozen=True, kw_only=True)
class Settings(PictureSettings):
    """How a layer is found, measured and shown.

    Parameters
    ----------
    scale_uncertainty_percent
        Standard uncertainty of the scale, in percent. Changes between pictures of one pixel size do not hold it.
    runs
        Whether the layer crosses the picture from left to right (horizontal) or from top to bottom (vertical).
    layer
        About where its two edges are, in pixels of the whole picture along the other direction; needed where the
        picture has more edges than two, as those of a foil.
    collector_um, collector_std_um
        Thickness of a foil between the two edges and its standard uncertainty, which is taken off; 0 where the edges
        are those of the coating alone.
    reference_state
        The state that changes are counted from; by default the first one.
    """

    runs: Literal["horizontal", "vertical"] = "horizontal"
    layer: tuple[float, float] | None = None
    collector_um: float | None = None
    collector_std_um: float = 0.0
    reference_state: str = ""

    def __post_init__(self) -> None:
        """Refuse a collector that cannot be.

        Raises
        ------
        InputError
            If its thickness or its uncertainty is negative.
        """
        super().__post_init__()
        if (self.collector_um or 0.0) < 0.0 or self.collector_std_um < 0.0:
            raise InputError("the thickness of a collector and its uncertainty are not negative", "collector_um")
