"""A law of a study's tables: the order of their rows and columns changes no sample and no cell."""

from __future__ import annotations

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
