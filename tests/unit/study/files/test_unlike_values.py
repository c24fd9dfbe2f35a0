"""A value of one cell that is a unit away from the others is remarked by `check`."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from halfcell.core.sample import Cell
from halfcell.study.files.subjects import Subjects
from halfcell.study.files.unlike_values import unlike_values


def _remarks(masses: Sequence[float | None]) -> list[str]:
    cells = {f"c{i}": Cell(name=f"c{i}", active_mass_mg=mass) for i, mass in enumerate(masses)}
    places = {("cell", name, "active_mass_mg"): f"cells.csv:{i + 2} (active_mass_mg)" for i, name in enumerate(cells)}
    return list(unlike_values(Subjects(cells=cells, places=places)))


@pytest.mark.parametrize("slip", [1000.0, 0.001, 100.0])
def test_one_mass_in_another_unit_is_named_with_its_place(slip: float) -> None:
    (remark,) = _remarks([1.2, 1.3 * slip, 1.1, 1.25])
    assert remark.startswith("cells.csv:3 (active_mass_mg): ")
    assert "is it in mg?" in remark


def test_of_two_cells_both_are_named() -> None:
    assert len(_remarks([1.2, 0.0012])) == 2


@pytest.mark.parametrize("masses", [[1.2], [1.2, 9.0, 30.0, 0.5], [None, 1.0, None], [1.0, 1.0]])
def test_usual_masses_are_not(masses: list[float | None]) -> None:
    assert not _remarks(masses)
