"""What a notebook shows of a figure: its picture, and the interactive figure for those that can draw plotly's."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from halfcell.core.markup import plain

if TYPE_CHECKING:
    from halfcell.core.figure import Figure


def bundle(figure: Figure) -> dict[str, Any]:
    """The figure by media type, as ``_repr_mimebundle_`` gives it."""
    from halfcell.render import print_figure, screen_figure

    with tempfile.TemporaryDirectory() as folder:
        paths = print_figure(figure, Path(folder) / "figure")
        svg = next(path for path in paths if path.suffix == ".svg").read_text(encoding="utf-8")
    shown = {key: value for key, value in screen_figure(figure).items() if key in {"data", "layout"}}
    name = getattr(figure, "name", "") or "figure"
    return {
        "image/svg+xml": svg,
        "application/vnd.plotly.v1+json": shown,
        "text/plain": f"<{name}: {plain(figure.caption)}>" if figure.caption else f"<{name}>",
    }
