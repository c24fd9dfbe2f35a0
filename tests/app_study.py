"""A small study of two simulated half cells, for tests of the app."""

from __future__ import annotations

from pathlib import Path

TOKEN = "the-token-of-the-tests"  # noqa: S105
STUDY = """# my study
title = "Two cells"

[raw]
cycling = "raw/{cell}.csv" # one file per cell

[[figure]]
id = "S7"
caption = "Voltage profiles."   # said in the text
technique = "cycling"
show = "voltage profile"

[[table]]
id = "S1"
caption = "First cycles."
technique = "cycling"
show = "first cycle"
"""
CELLS = "name,kind,active_mass_mg\n# weighed on Monday\nA1,half,1.5\nB2,half,1.4\n"
HEAD = "Test_Time(s),Cycle_Index,Step_Index,Current(A),Voltage(V),Charge_Capacity(Ah),Discharge_Capacity(Ah)\n"


def cycler_file(fade: float, gain: float = 0.0) -> str:
    """Three cycles of constant current, an hour each way (Arbin); in the last one `gain` hours more come back."""
    lines = [HEAD]
    time, charge, discharge = 0.0, 0.0, 0.0
    for cycle in range(1, 4):
        for step, current in ((1, -1.5e-3), (2, 1.5e-3)):
            hours = 1.0 - fade * (cycle - 1) - (0.1 if step == 2 and cycle == 1 else 0.0)
            hours += gain if step == 2 and cycle == 3 else 0.0
            for point in range(21):
                part = point / 20
                amount = abs(current) * hours * part
                voltage = 0.6 - 0.59 * part if step == 1 else 0.05 + 1.45 * part
                given = (charge, discharge + amount) if step == 1 else (charge + amount, discharge)
                row = (time + 3600 * hours * part, cycle, step, current, voltage, *given)
                lines.append(",".join(f"{value:.8g}" for value in row) + "\n")
            time += 3600 * hours + 1
            charge, discharge = given
    return "".join(lines)


def write_study(root: Path) -> Path:
    """The study's files, not run."""
    (root / "raw").mkdir(parents=True)
    (root / "study.toml").write_text(STUDY, encoding="utf-8")
    (root / "cells.csv").write_text(CELLS, encoding="utf-8")
    for name, fade in (("A1", 0.01), ("B2", 0.02)):
        (root / "raw" / f"{name}.csv").write_text(cycler_file(fade), encoding="utf-8")
    return root
