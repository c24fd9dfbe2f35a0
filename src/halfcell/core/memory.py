"""How often Python looks for records that refer to each other in a circle."""

from __future__ import annotations

import gc
from typing import Final

_NEW_OBJECTS: Final = 50_000  # Python: 700, with which a run of the example study spends a sixth of its time on looking


def collect_rarely() -> None:
    """Look for unused circles after 50,000 new objects, which are some megabytes: frozen records make few circles.

    For programs that work once and end; a library leaves its user's program as it is.
    """
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
