"""The page of the columns of cells.csv and samples.csv."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from pathlib import Path

from _make.markdown import MADE, page, table
from halfcell.core.sample import Cell, Sample
from halfcell.study.files.unit_heads import accepted, split_field

INTRO = """One row per cell in `cells.csv`, one row per sample in `samples.csv`. Both may be CSV (comma, semicolon
or tab, decimal point or comma) or an Excel workbook (`cells.xlsx`, its first sheet). A line that begins with `#` is
a comment. Nothing is assumed: a number that needs an empty column is refused, and the note says which.

The head of a column of numbers gives its unit. `active_mass_mg`, `Active mass (mg)` and `active mass (g)` are
understood and converted exactly; a missing unit is a mistake that `halfcell check` finds, and so is a unit of
something else."""
REST = """## Other columns

- A column that is named like a setting of a technique (`carrier`, `reference`, `first`, `retention_cycle` ...) sets
  it for that cell or sample. [The pages of the techniques](techniques.md) list them.
- `igsn`, `eln_url` and `instrument_pid` go into the [crate](../how-to/deposit-a-study.md).
- All others are remarks: they are kept, and `halfcell check` says that they are not used, in case one is misspelt."""


def columns() -> str:
    """The page."""
    meanings = tomllib.loads(Path(__file__).with_name("subject_columns.toml").read_text(encoding="utf-8"))
    parts = [MADE, "# The columns of cells.csv and samples.csv", INTRO]
    parts += [
        "## cells.csv",
        _columns(Cell, meanings["cell"]),
        "## samples.csv",
        _columns(Sample, meanings["sample"]),
        REST,
    ]
    return page(parts)


def _columns(record: type, meanings: Mapping[str, str]) -> str:
    known = {one.name for one in dataclasses.fields(record)} - {"meta"}
    if known != set(meanings):
        raise ValueError(f"docs/_make/subject_columns.toml: {sorted(known ^ set(meanings))} lack, or are no columns")
    rows = []
    for name, meaning in meanings.items():
        unit = split_field(name)[1]
        rows.append((f"`{name}`", accepted(unit) if unit else "", meaning))
    return table(("column", "units that are understood", "meaning"), rows)
