"""The verbs of a study as people type them."""

from __future__ import annotations

import json


def test_run_prints_a_line_an_item_and_the_report(drawn, shell) -> None:
    first = shell("run", "--no-report", cwd=drawn.root)
    assert first.returncode == 0, first.stderr
    lines = first.stderr.splitlines()
    assert "Fig. S2    made (1 result, 1 correction, simulated)" in lines
    assert "    correction: Si: one weight was doubted [simulated]" in lines
    assert lines[-1] == "5 analyses computed, 0 found in the store"
    again = shell("run", "--no-report", cwd=drawn.root)
    assert again.stderr.splitlines()[-1] == "nothing changed: 3 items are up to date, nothing was computed"
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
    assert texts[0].startswith("S1:Si/Sn-10 (A2):weight_per_mass = 2.5\n  in          Table S1\n")
    assert "  setting     active_mass_mg = 1.2  (cells.csv)\n" in texts[0]
    assert "  from        raw/A2.wgt\n              sha256 " in texts[0]
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
    assert "died" in left["deadly.wgt"]
    cells = (tmp_path / "mine/cells.csv").read_text().splitlines()
    assert cells[1].startswith("cell,sample,label,active_mass_mg")
    assert cells[2] == "A1,,,", "nothing is guessed"
    checked = shell("check", cwd=tmp_path / "mine")
    assert checked.returncode == 0, checked.stderr
    ran = shell("run", "--no-report", cwd=tmp_path / "mine")
    assert ran.returncode == 0, ran.stderr
    again = shell("new", str(tmp_path / "mine"), "--from", str(raw))
    assert again.returncode == 2
    assert "holds study.toml already" in again.stderr


def test_new_copies_only_when_asked(small, shell, tmp_path) -> None:
    raw = tmp_path / "instruments"
    (small.root / "raw").rename(raw)
    done = shell("new", str(tmp_path / "mine"), "--from", str(raw), "--copy")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "mine/raw/A1.wgt").read_bytes() == (raw / "A1.wgt").read_bytes()
    assert 'weighing = "raw/{cell}.wgt"' in (tmp_path / "mine/study.toml").read_text()
