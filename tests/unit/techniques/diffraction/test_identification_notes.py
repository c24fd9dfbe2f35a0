"""What is said of the phases that were found."""

from __future__ import annotations

import pytest

from halfcell.maths.powder.line_search import FoundLine
from halfcell.techniques.diffraction import Settings
from halfcell.techniques.diffraction.identification_notes import broad_search, found_phases, incomplete
from halfcell.techniques.diffraction.phase_identification import Identification, PhaseSet

LINE = FoundLine(position=33.1, height=100.0, width=0.2)


def test_sets_that_explain_the_pattern_as_well_are_named_with_a_doubt() -> None:
    sets = (
        PhaseSet(names=("Si",), behind=0.0),
        PhaseSet(names=("Si", "NiSi2"), behind=3.0),
        PhaseSet(names=("NiSi2",), behind=900.0),
    )
    notes = found_phases(Identification(best=("Si",), sets=sets, searched=40))
    assert [note.code for note in notes] == ["phases", "phases_tied"]
    assert "Si + NiSi2 (BIC higher by 3)" in notes[1].text


def test_a_clear_answer_tells_its_margin() -> None:
    sets = (PhaseSet(names=("Si",), behind=0.0), PhaseSet(names=("NiSi2",), behind=900.0))
    (note,) = found_phases(Identification(best=("Si",), sets=sets, searched=40))
    assert "higher by 900" in note.text


@pytest.mark.parametrize(("settings", "doubted"), [(Settings(), True), (Settings(elements=("Si",)), False)])
def test_a_search_among_all_phases_is_doubted(settings: Settings, doubted: bool) -> None:
    assert bool(broad_search(settings)) is doubted


def test_lines_that_no_phase_explains_are_told_with_their_angles() -> None:
    notes = incomplete(Identification(best=("Si",), sets=(), searched=40, unexplained=(LINE,), too_high=(LINE,)))
    assert [note.code for note in notes] == ["phases_incomplete", "lines_too_high"]
    assert "33.10" in notes[0].text
