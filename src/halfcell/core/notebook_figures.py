"""How a figure shows itself in a notebook: what draws it is found by its name, as plug-ins are, when needed."""

from __future__ import annotations

from importlib import import_module
from typing import Final

_DRAWING: Final = "halfcell.render.notebook"


def figure_bundle(figure: object, include: object = None, exclude: object = None) -> dict[str, object]:  # noqa: ARG001
    """A figure by media type: its picture, and the interactive figure; notebooks give `include` and `exclude`."""
    shown: dict[str, object] = import_module(_DRAWING).bundle(figure)
    return shown
