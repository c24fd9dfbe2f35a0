"""How high the layers of a cell are drawn: true to scale where they can be seen, thin ones enlarged and marked."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_WHOLE = 60.0  # height of the stack in the units of the drawing
_THINNEST = 4.0  # below this a layer cannot be seen, and is enlarged to it


@dataclass(frozen=True, kw_only=True)
class Heights:
    """The height of each layer, which of them are enlarged, and the scale of the others (units of drawing per um).

    `scale` is None where the thickness of a layer is not known: nothing is to scale then.
    """

    drawn: tuple[float, ...]
    enlarged: tuple[bool, ...]
    scale: float | None

    def bar(self) -> tuple[float, str] | None:
        """A scale bar: its height in the drawing and its text; None where nothing is to scale."""
        if self.scale is None:
            return None
        most = 0.3 * _WHOLE / self.scale
        power = 10.0 ** math.floor(math.log10(most))
        length = max(digit * power for digit in (1, 2, 5) if digit * power <= most)
        text = f"{length / 1000:g} mm" if length >= 1000 else f"{length:g} µm"
        return length * self.scale, text


def heights(thicknesses_um: Sequence[float | None]) -> Heights:
    """Heights of layers from their thicknesses (um; None where it is not known)."""
    count = len(thicknesses_um)
    known = [thickness for thickness in thicknesses_um if thickness is not None]
    if len(known) < count:
        return Heights(drawn=(_WHOLE / count,) * count, enlarged=(False,) * count, scale=None)
    thin: set[int] = set()
    while True:
        rest = sum(value for index, value in enumerate(known) if index not in thin)
        scale = (_WHOLE - _THINNEST * len(thin)) / rest
        more = {index for index, value in enumerate(known) if value * scale < _THINNEST} - thin
        if not more or len(thin | more) == count:
            break
        thin |= more
    drawn = tuple(_THINNEST if index in thin else value * scale for index, value in enumerate(known))
    return Heights(drawn=drawn, enlarged=tuple(index in thin for index in range(count)), scale=scale)
