"""What each of the minimal pages shows: a list of studies, a curve of 20,000 points, a table of cells."""

from __future__ import annotations

import math

STUDIES = ["example-study", "silicon", "graphite"]
CELLS = [{"name": f"C{n}", "kind": "half", "active_mass_mg": 1.5 + n / 100} for n in range(20)]
X = [n / 100 for n in range(20_000)]
Y = [0.5 + 0.45 * math.sin(x) + 0.05 * math.sin(17 * x) for x in X]
