"""List the small panels inside a panel: that of the analysis, and those that its author adds."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from halfcell.core.figure import Box, Panel


def insets(panel: Panel) -> tuple[tuple[Panel, Box], ...]:
    """Return all insets of a panel with their boxes, in the order in which they are drawn."""
    first = ((panel.inset, panel.inset_box),) if panel.inset is not None else ()
    return (*first, *panel.more_insets)


def with_insets(panel: Panel, change: Callable[[Panel], Panel]) -> Panel:
    """Return a panel with each of its insets changed."""
    inset = None if panel.inset is None else change(panel.inset)
    more = tuple((change(small), box) for small, box in panel.more_insets)
    return dataclasses.replace(panel, inset=inset, more_insets=more)
