"""Study: from study.toml and raw files to figures, tables and traced numbers.

Its packages import each other in one direction: `files`, `cache`, `plan`, `execute`, `items`, each only those before
it; `run` has the loop that uses them all, and `draft` writes a new study.
"""

from __future__ import annotations

from halfcell.study.execute.cluster import Cluster
from halfcell.study.study import Study

__all__ = ["Cluster", "Study"]
