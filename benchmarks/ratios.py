"""Ratios that a benchmark hands to ``python -m benchmarks``, which makes one table of all of them."""

from __future__ import annotations

import json
import os
from pathlib import Path

VARIABLE = "HALFCELL_BENCHMARK_RATIOS"
"""Names the file that the ratios are written into; without it a script only prints."""


def record(work: str, peer: str, theirs: float, ours: float) -> None:
    """Hand on how much longer a peer took for the same piece of work.

    Parameters
    ----------
    work
        What both did; the records of one work and peer (other files, other sizes) become one row.
    peer
        The other program.
    theirs, ours
        Seconds of both, in one run.
    """
    place = os.environ.get(VARIABLE, "")
    if place and ours > 0:
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(json.dumps({"work": work, "peer": peer, "ratio": float(f"{theirs / ours:.3g}")}) + "\n")
