"""Environment of processes that tests of the study start: the package and the made-up technique are found."""

from __future__ import annotations

import os
from pathlib import Path

PLUGIN = Path(__file__).parent / "study" / "plugin"
SOURCE = Path(__file__).resolve().parents[1] / "src"


def environment(log: Path, **more: str) -> dict[str, str]:
    """Environment of a process that finds the package and the plugin; each analysis leaves a line in `log`."""
    path = os.pathsep.join([str(SOURCE), str(PLUGIN), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {**os.environ, "PYTHONPATH": path, "FAKE_LOG": str(log), **more}
