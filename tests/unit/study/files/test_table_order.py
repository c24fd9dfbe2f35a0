"""Laws of a study's tables: order of rows and columns, and the unit of a head, change no sample and no cell."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from halfcell.study.files.sheets import read_sheet
from halfcell.study.files.subjects import read_subjects

SAMPLES = (("sample", "label"), ("Si", "bare"), ("Si/C", "coated"), ("Sn", ""))
CELLS = (
    ("cell", "sample", "Active mass (mg)", "area (mm²)"),
    ("A1", "Si", "1.2", "113"),
    ("A2", "Si", "1.31", "113"),
    ("B1", "Si/C", "0.98", ""),
    ("C1", "Sn", "2.4", "50.3"),
)


def _written(path: Path, rows: list[tuple[str, ...]], columns: list[int]) -> Path:
    lines = (",".join(row[place] for place in columns) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@settings(max_examples=20)
@given(
    samples=st.permutations(SAMPLES[1:]),
    cells=st.permutations(CELLS[1:]),
    of_samples=st.permutations(range(2)),
    of_cells=st.permutations(range(4)),
)
def test_subjects_do_not_depend_on_the_order(
    tmp_path_factory,
    samples: list[tuple[str, ...]],
    cells: list[tuple[str, ...]],
    of_samples: list[int],
    of_cells: list[int],
) -> None:
    folder = tmp_path_factory.mktemp("study")
    plain, problems = read_subjects(
        read_sheet(_written(folder / "samples.csv", list(SAMPLES), [0, 1])),
        read_sheet(_written(folder / "cells.csv", list(CELLS), [0, 1, 2, 3])),
    )
    turned, others = read_subjects(
        read_sheet(_written(folder / "samples.csv", [SAMPLES[0], *samples], of_samples)),
        read_sheet(_written(folder / "cells.csv", [CELLS[0], *cells], of_cells)),
    )
    assert problems == others == []
    assert turned.samples == plain.samples
    assert turned.cells == plain.cells
    assert plain.cells["A2"].active_mass_mg == 1.31


@settings(max_examples=20)
@given(milligram=st.decimals("0.01", "1000", places=4))
def test_a_mass_is_the_same_in_any_unit(tmp_path_factory, milligram: Decimal) -> None:
    """Digits are moved, not rounded: 1.2 mg, 0.0012 g and 1200 µg are one mass."""
    path = tmp_path_factory.mktemp("study") / "cells.csv"
    found = []
    for unit, moved in (("mg", 0), ("g", -3), ("µg", 3), ("kg", -6)):
        path.write_text(f"cell,Active mass ({unit})\nA1,{milligram.scaleb(moved):f}\n", encoding="utf-8")
        subjects, problems = read_subjects(None, read_sheet(path))
        assert problems == []
        found.append(subjects.cells["A1"].active_mass_mg)
    assert found == [float(milligram)] * 4
