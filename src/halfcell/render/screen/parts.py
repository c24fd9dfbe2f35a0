"""Hold one part of plotly's JSON that a layer gives: a trace, a shape, an annotation or an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from halfcell.core.json_values import JsonObject


@dataclass(frozen=True, slots=True)
class Part:
    """One entry of the list `kind` of plotly's JSON (traces are in ``data``, the others in the layout)."""

    kind: Literal["data", "shapes", "annotations", "images"]
    entry: JsonObject
