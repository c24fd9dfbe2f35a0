"""A small study of a made-up technique and format, for tests of the machinery."""

from __future__ import annotations

from pathlib import Path

STUDY = """title = "Weights"

[raw]
weighing = "raw/{cell}.wgt"

[truth]
file = "truth.csv"

[[figure]]
id = "S1"
caption = "Weights of all."
technique = "weighing"
replicates = "single"

[[figure]]
id = "S2"
technique = "weighing"
cells = ["A1"]
set = { factor = 2 }

[[table]]
id = "S1"
technique = "weighing"
samples = ["Si", "Si/Sn-10"]
replicates = "single"
"""


def small_study(folder: Path, name: str = "study", cells: int = 4) -> Path:
    """Write a small study into a folder; `cells` is the number of cells, two a sample."""
    root = folder / name
    (root / "raw").mkdir(parents=True)
    (root / "study.toml").write_text(STUDY, encoding="utf-8")
    (root / "samples.csv").write_text("name,Si_wt_percent\nSi,100\nSi/Sn-10,90\n", encoding="utf-8")
    rows = [f"A{n},{'Si' if n % 2 else 'Si/Sn-10'},half,1.{n}" for n in range(1, cells + 1)]
    (root / "cells.csv").write_text("\n".join(["cell,sample,kind,active_mass_mg", *rows]) + "\n", encoding="utf-8")
    (root / "truth.csv").write_text("subject,technique,quantity,value,unit\nA1,weighing,mean_weight,2.0,mg\n")
    for n in range(1, cells + 1):
        (root / "raw" / f"A{n}.wgt").write_text(f"weights\n{n}\n{n + 2}\n")
    return root
