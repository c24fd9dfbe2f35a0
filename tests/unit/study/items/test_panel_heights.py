"""Panels of one figure are as high as their curves need, and fit on a page."""

from __future__ import annotations

import pytest

from halfcell.core.figure import Figure
from halfcell.study.files.item_spec import ItemSpec, Part
from halfcell.study.items.compose import panel_height


@pytest.mark.parametrize(
    ("shows", "heights", "rows", "height"),
    [
        (("pattern", "pattern"), (60.0, 90.0), 1, 90.0),  # stacked curves need their height
        (("pattern", "pattern"), (60.0, 160.0), 2, 105.0),  # two rows on one page
        (("pattern", "pattern"), (60.0, 90.0), 4, 60.0),
        (("pattern", "sizes"), (120.0, 50.0), 1, 50.0),
    ],
)
def test_of_parts(shows: tuple[str, str], heights: tuple[float, float], rows: int, height: float) -> None:
    parts = tuple(Part(technique="diffraction", show=show) for show in shows)
    spec = ItemSpec(id="1", kind="figure", parts=parts, composite=True)
    figures = [Figure(panels=(), panel_height_mm=one) for one in heights]
    assert panel_height(spec, figures, rows) == height
