"""One unusable file: its subject is missing, said everywhere; the rest of each figure and table is made."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import halfcell
from halfcell.core.document import Document
from halfcell.core.errors import InputError
from study_runs import states_of, study_of

WHY = "raw/A4.wgt: line 2: not a number"


def _publish(document: Document, folder: Path) -> tuple[Path, ...]:
    path = folder / "si.txt"
    path.write_text("".join(f"{item.name} {item.missing} {item.failure}\n" for item in document.items))
    return (path,)


def _damage(small, content: str = "weights\n1\nx\n") -> None:
    (small.root / "raw/A4.wgt").write_text(content)


def test_the_rest_is_made_and_the_missing_is_named(small) -> None:
    study_of(small).run(workers=1)
    _damage(small)
    outcome = study_of(small).run(workers=1, publish=_publish)
    assert states_of(outcome) == {"Fig. S1": "made", "Fig. S2": "unchanged", "Table S1": "made"}
    assert outcome.exit_status == 1
    assert [item.name for item in outcome.partial] == ["Fig. S1", "Table S1"]
    (label, why) = outcome.items[2].missing[0]
    assert label == "Si/Sn-10 (A4)"
    assert why.startswith(WHY)
    rows = list(csv.reader((small.root / "out/tables/S1.csv").read_text().splitlines()))
    assert [row[0] for row in rows[1:]] == ["Si (A1)", "Si (A3)", "Si/Sn-10 (A2)", "Si/Sn-10 (A4)"]
    assert rows[-1][1:] == ["", ""]
    numbers = (small.root / "out/numbers.csv").read_text()
    assert "S1:Si/Sn-10 (A2):" in numbers
    assert "(A4)" not in numbers
    assert WHY in (small.root / "out/si.txt").read_text()


def test_a_mended_file_brings_its_subject_back(small) -> None:
    study_of(small).run(workers=1)
    before = small.outputs()
    good = (small.root / "raw/A4.wgt").read_text()
    _damage(small)
    study_of(small).run(workers=1)
    _damage(small, good)
    outcome = study_of(small).run(workers=1)
    assert outcome.exit_status == 0
    assert outcome.computed == 0, "what was computed before the file was damaged is still there"
    after = small.outputs()
    assert {name: after[name] for name in after if name != "study.lock"} == {
        name: before[name] for name in before if name != "study.lock"
    }


def test_a_second_run_draws_nothing_and_still_says_so(small) -> None:
    _damage(small)
    study_of(small).run(workers=1, publish=_publish)
    before = small.outputs()
    outcome = study_of(small).run(workers=1, publish=_publish)
    assert set(states_of(outcome).values()) == {"unchanged"}
    assert outcome.exit_status == 1
    assert len(outcome.partial) == 2
    assert small.outputs() == before


def test_with_nobody_left_the_item_fails(small) -> None:
    study_of(small).run(workers=1)
    (small.root / "raw/A1.wgt").write_text("weights\nx\n")
    outcome = study_of(small).run(workers=1)
    assert states_of(outcome) == {"Fig. S1": "made", "Fig. S2": "failed", "Table S1": "made"}
    assert outcome.items[1].failure.startswith("Si: raw/A1.wgt: line 2: not a number")
    assert not (small.root / "out/figures/S2.svg").exists(), "an old figure beside a failure would be a lie"
    with pytest.raises(InputError, match="not a number"):
        study_of(small).figure("S2")


def test_the_api_shows_the_rest(small) -> None:
    _damage(small)
    table = study_of(small).table("S1")
    assert len(table.rows) == 3
    assert table.notes[0].startswith(f"Missing: Si/Sn-10 (A4): {WHY}")
    document = study_of(small).document()
    assert [bool(item.failure) for item in document.items] == [False, False, False]
    assert [len(item.missing) for item in document.items] == [1, 0, 1]


def test_a_composite_keeps_the_place_of_an_empty_panel(small) -> None:
    one = '{ technique = "weighing", cells = ["A4"], title = "four" }'
    two = '{ technique = "weighing", cells = ["A1"], title = "one" }'
    small.edit(
        "study.toml",
        'id = "S2"\ntechnique = "weighing"\ncells = ["A1"]\nset = { factor = 2 }',
        f'id = "S2"\npanels = [{one}, {two}]',
    )
    _damage(small)
    figure = study_of(small).figure("S2")
    assert [panel.title for panel in figure.panels] == ["four", "one"]
    assert figure.panels[0].layers[0].text == "missing: see the note"
    assert WHY in figure.notes[0]


def test_whom_a_show_refuses_is_left_out(small) -> None:
    small.edit("study.toml", '[[table]]\nid = "S1"', '[[table]]\nid = "S1"\nshow = "per mass"')
    small.edit("cells.csv", "A4,Si/Sn-10,half,1.4", "A4,Si/Sn-10,half,")
    outcome = study_of(small).run(workers=1)
    assert outcome.items[2].missing == (("Si/Sn-10 (A4)", "no mass (hint: cells.csv)"),)
    assert outcome.exit_status == 1
    again = study_of(small).run(workers=1)
    assert again.items[2].state == "unchanged"
    assert again.items[2].missing == outcome.items[2].missing


def test_a_defect_is_one_line_and_its_traceback_is_kept(small) -> None:
    _damage(small, "weights\n?\n")
    outcome = study_of(small).run(workers=1)
    said = outcome.items[0].missing[0][1]
    assert said.startswith("raw/A4.wgt: the reader 'weights' of fake 1.0 failed: RuntimeError: a defect")
    kept = list((small.root / ".halfcell/failures").iterdir())
    assert len(kept) == 1
    assert "Traceback" in kept[0].read_text()
    assert f".halfcell/failures/{kept[0].name}" in said


def test_a_reader_that_kills_its_process_fails_alone(small) -> None:
    _damage(small, "weights\n!\n")
    outcome = study_of(small).run(workers=2)
    assert states_of(outcome) == {"Fig. S1": "made", "Fig. S2": "made", "Table S1": "made"}
    assert "crashed" in outcome.items[0].missing[0][1]


def test_the_verbs_say_so(drawn, shell) -> None:
    _damage(drawn)
    done = shell("run", cwd=drawn.root)
    assert done.returncode == 1
    assert f"    missing: Si/Sn-10 (A4): {WHY}" in done.stderr
    assert "2 items incomplete" in done.stderr
    page = (drawn.root / "out/review.html").read_text(encoding="utf-8")
    assert "Subjects are missing" in page
    assert WHY in page
    done = shell("report", "--format", "html", "--json", cwd=drawn.root)
    assert done.returncode == 1
    missing = json.loads(done.stdout)["missing"]
    assert missing["Table S1"]["Si/Sn-10 (A4)"].startswith(WHY)


def test_why_finds_cells_and_says_what_is_missing(small) -> None:
    _damage(small)
    study_of(small).run(workers=1)
    ask = study_of(small).why
    assert ask("S1:A2:weight_per_mass").number.id == "S1:Si/Sn-10 (A2):weight_per_mass"
    assert ask("S1:a2:Mean_Weight").number.origin.label == "Si/Sn-10 (A2)"
    with pytest.raises(InputError, match=r"Si/Sn-10 \(A4\) is missing from this item: raw/A4.wgt: line 2"):
        ask("S1:Si/Sn-10 (A4):mean_weight")
    with pytest.raises(InputError, match="did you mean 'Si"):
        ask("S1:Sj (A1):mean_weight")
    with pytest.raises(InputError, match="no number 'hardness'"):
        ask("S1:A2:hardness")
    with pytest.raises(InputError, match="halfcell run says why an item failed"):
        ask("S9:A2:mean_weight")


@pytest.fixture
def states(small) -> halfcell.Study:
    """A study of one cell in three states, one file each."""
    for name, weight in (("A1_a", 1), ("A1_b", 3), ("A1_c", 2)):
        (small.root / f"raw/{name}.wgt").write_text(f"weights\n{weight}\n")
    text = '[raw]\nstaging = "raw/{cell}_{state}.wgt"\n[[table]]\nid = "S1"\ntechnique = "staging"\ncells = ["A1"]\n'
    (small.root / "study.toml").write_text(text)
    return study_of(small)


def test_of_a_series_the_states_that_can_be_read_are_shown(small, states) -> None:
    (small.root / "raw/A1_b.wgt").write_text("weights\nx\n")
    for _ in range(2):
        outcome = states.run(workers=1)
        assert outcome.exit_status == 1
        assert outcome.items[0].missing[0][0] == "b"
        assert outcome.items[0].missing[0][1].startswith("raw/A1_b.wgt: line 2: not a number")
    rows = [[entry.text if entry else "" for entry in row][:2] for row in states.table("S1").rows]
    assert rows == [["a", "0.00"], ["c", "1.00"]]


def test_without_its_first_state_a_series_fails(small, states) -> None:
    (small.root / "raw/A1_a.wgt").write_text("weights\nx\n")
    outcome = states.run(workers=1)
    assert outcome.items[0].state == "failed"
    assert "raw/A1_a.wgt: line 2" in outcome.items[0].failure
