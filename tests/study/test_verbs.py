"""The verbs of a study as people type them."""

from __future__ import annotations

import json

from halfcell.cli.common.study_arguments import tell_item
from halfcell.core.result import Note
from halfcell.study.execute.outcome import ItemDone


def test_run_prints_a_line_an_item_and_the_report(drawn, shell) -> None:
    first = shell("run", "--no-report", cwd=drawn.root)
    assert first.returncode == 0, first.stderr
    lines = first.stderr.splitlines()
    assert "Fig. S2    made (1 result, 1 correction, simulated)" in lines
    assert "    correction: Si: one weight was doubted [simulated]" in lines
    assert lines[-1] == "5 analyses computed, 0 reused"
    again = shell("run", "--no-report", cwd=drawn.root)
    assert again.stderr.splitlines()[-1] == "nothing to do: all 3 items are up to date"
    told = json.loads(shell("run", "--no-report", "--json", cwd=drawn.root).stdout)
    assert told["nothing_changed"] is True
    assert told["computed"] == 0
    assert drawn.analyses == 5


def test_why_by_id_by_words_and_as_json(drawn, shell) -> None:
    assert shell("why", "S1:Si:x", cwd=drawn.root).returncode == 2
    shell("run", "--no-report", cwd=drawn.root)
    texts = [
        shell("why", *words, cwd=drawn.root).stdout
        for words in (
            ["S1:Si/Sn-10 (A2):weight_per_mass"],
            ["table S1", "Si/Sn-10 (A2)", "WPM"],
            ["Table S1 Si/Sn-10 (A2) weight_per_mass"],
        )
    ]
    assert texts[0] == texts[1] == texts[2]
    assert texts[0].startswith("S1:Si/Sn-10 (A2):weight_per_mass = 2.5\n  item        Table S1\n")
    assert "  setting     active_mass_mg = 1.2  (cells.csv)\n" in texts[0]
    assert "  file        raw/A2.wgt\n              sha256 " in texts[0]
    told = json.loads(shell("why", "Fig. S2", "Si", "mean_weight", "--json", cwd=drawn.root).stdout)
    assert told["value"] == 4.0
    assert told["set_in"]["factor"] == "study.toml"
    assert told["std"] == 0.1
    wrong = shell("why", "S1:Si (A1):mean_wait", cwd=drawn.root)
    assert wrong.returncode == 2
    assert "did you mean 'mean_weight'?" in wrong.stderr


def test_check_of_a_good_study(small, shell) -> None:
    done = shell("check", "--json", cwd=small.root)
    assert done.returncode == 0
    assert json.loads(done.stdout) == {"problems": [], "remarks": []}


def test_new_drafts_a_study_that_checks_and_runs(small, shell, tmp_path) -> None:
    raw = tmp_path / "instruments"
    (small.root / "raw").rename(raw)
    (raw / "broken.wgt").write_text("weights\nx\n")
    (raw / "defect.wgt").write_text("weights\n?\n")
    (raw / "deadly.wgt").write_text("weights\n!\n")
    (raw / "notes.doc").write_text("x")
    (raw / "empty.wgt").write_bytes(b"")
    done = shell("new", str(tmp_path / "mine"), "--from", str(raw), "--json")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert [group["pattern"] for group in told["groups"]] == ["../instruments/{cell}.wgt"]
    assert told["groups"][0]["names"] == ["A1", "A2", "A3", "A4"]
    left = {item["path"].rsplit("/", 1)[1]: item["why"] for item in told["left"]}
    assert set(left) == {"broken.wgt", "defect.wgt", "deadly.wgt", "notes.doc", "empty.wgt"}
    assert "not a number" in left["broken.wgt"]
    assert "crashed" in left["deadly.wgt"]
    cells = (tmp_path / "mine/cells.csv").read_text().splitlines()
    assert cells[1].startswith("cell,sample,label,active_mass_mg")
    assert cells[2] == "A1,,,", "nothing is guessed"
    checked = shell("check", cwd=tmp_path / "mine")
    assert checked.returncode == 0, checked.stderr
    ran = shell("run", "--no-report", cwd=tmp_path / "mine")
    assert ran.returncode == 0, ran.stderr
    again = shell("new", str(tmp_path / "mine"), "--from", str(raw))
    assert again.returncode == 2
    assert "already contains study.toml" in again.stderr


def test_new_copies_only_when_asked(small, shell, tmp_path) -> None:
    raw = tmp_path / "instruments"
    (small.root / "raw").rename(raw)
    done = shell("new", str(tmp_path / "mine"), "--from", str(raw), "--copy")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "mine/raw/A1.wgt").read_bytes() == (raw / "A1.wgt").read_bytes()
    assert 'weighing = "raw/{cell}.wgt"' in (tmp_path / "mine/study.toml").read_text()


def test_an_item_alone_lists_its_numbers(drawn, shell) -> None:
    shell("run", "--no-report", cwd=drawn.root)
    listed = shell("why", "S1", cwd=drawn.root).stdout.splitlines()
    assert listed[0] == "S1:Si (A1):mean_weight = 2.00 mg"
    assert [line for line in listed[8:] if line.startswith("Fig. S1:Si (A1):mean_weight = 2.0")]
    assert all(line.startswith("S1:") for line in listed[:8])
    assert shell("why", "Table S1", cwd=drawn.root).stdout.splitlines() == listed[:8]
    assert json.loads(shell("why", "table", "S1", "--json", cwd=drawn.root).stdout) == {"numbers": listed[:8]}


def test_why_takes_a_columns_head_and_folds_defaults(drawn, shell) -> None:
    shell("run", "--no-report", cwd=drawn.root)
    told = shell("why", "S1:Si (A1):Per mass", cwd=drawn.root).stdout
    assert told.startswith("S1:Si (A1):weight_per_mass = ")
    defaults = " " * 14 + "2 settings left at their defaults (--all shows them)"
    assert f"  setting     active_mass_mg = 1.1  (cells.csv)\n{defaults}\n" in told
    every = shell("why", "--all", "S1:Si (A1):Per mass", cwd=drawn.root).stdout
    assert "  setting     factor = 1.0  (default)\n" in every
    assert "left at their defaults" not in every


def test_hints_of_why_are_of_the_table_alone(drawn, shell) -> None:
    drawn.edit("study.toml", 'samples = ["Si", "Si/Sn-10"]', 'cells = ["A1", "A3"]')
    shell("run", "--no-report", cwd=drawn.root)
    wrong = shell("why", "S1:Ge:mean_weight", cwd=drawn.root).stderr
    assert "known: Si (A1), Si (A3), A1, A3)" in wrong
    other = shell("why", "S1:A2:mean_weight", cwd=drawn.root)
    assert other.stdout.startswith("Fig. S1:Si/Sn-10 (A2):mean_weight")


def test_doubts_are_told_a_line_a_kind(capsys) -> None:
    doubts = [("Si", "overlap", "lines 1 and 2"), ("Sn", "overlap", "lines 3 and 4"), ("Sn", "strain", "too large")]
    notes = tuple((who, Note("doubt", code, text)) for who, code, text in doubts)
    tell_item(ItemDone(id="S1", kind="table", name="Table S1", state="made", results=2, notes=notes))
    assert capsys.readouterr().err.splitlines() == [
        "Table S1   made (2 results, 3 doubts)",
        "    doubt: Si: lines 1 and 2 (and 1 more of this kind: Sn) [overlap]",
        "    doubt: Sn: too large [strain]",
    ]
