"""Lines that a model leaves unexplained."""

from __future__ import annotations

from halfcell.maths.powder.line_search import FoundLine
from halfcell.techniques.diffraction.scan import Scan
from halfcell.techniques.diffraction.unidentified_lines import compared_lines, line_list, unidentified
from halfcell.techniques.diffraction.whole_pattern_fit import WholePatternFit


def test_a_fit_of_all_phases_explains_every_line(whole: WholePatternFit, powder: Scan) -> None:
    found = compared_lines(powder, whole.fit.solution.model)
    assert found.found
    assert found.unexplained == ()


def test_without_one_phase_its_lines_are_left(whole: WholePatternFit, powder: Scan) -> None:
    _, parts = whole.fit.parts()
    left = compared_lines(powder, whole.fit.solution.model - parts[0]).unexplained
    assert any(abs(line.position - 28.44) < 0.1 for line in left)  # silicon 111


def test_where_nothing_is_explained_the_lines_are_rows(powder: Scan) -> None:
    found = unidentified(powder, 40)
    assert len(found.rows) >= 3
    assert [note.code for note in found.notes] == ["unidentified"]


def test_lines_are_listed_by_angle_and_weak_ones_counted() -> None:
    lines = [FoundLine(position=20.0 + number, height=float(number), width=0.1) for number in range(12)]
    assert line_list(lines[:2]) == "unidentified lines at 20.00, 21.00 degrees"
    assert line_list(lines).endswith("and 4 weaker ones")
