"""Slips that people make at the command line and in their files, and the answer that helps."""

from __future__ import annotations

import os
import re
import shlex
import shutil

import pytest

from halfcell.cli import main
from halfcell.core.plugins import load, plugins
from study_runs import study_of


def test_a_study_folder_is_the_argument_of_its_verbs(drawn, shell, tmp_path) -> None:
    assert shell("check", str(drawn.root), cwd=tmp_path).returncode == 0
    done = shell("run", str(drawn.root), "S2", "--no-report", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Fig. S2" in done.stderr
    assert "Table S1" not in done.stderr
    shown = shell("why", str(drawn.root), "Fig. S2:Si:mean_weight", cwd=tmp_path)
    assert shown.stdout.startswith("Fig. S2:Si:mean_weight = 4.0")
    inside = shell("why", "Fig. S2:Si:mean_weight", cwd=drawn.root)
    assert inside.stdout == shown.stdout


def test_a_name_that_is_no_study_is_named(shell, tmp_path) -> None:
    done = shell("run", "my-stduy", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("halfcell: my-stduy: no such study file")


@pytest.mark.parametrize(("word", "meant"), [("analyze", "analyse"), ("lst", "list"), ("chek", "check")])
def test_a_misspelt_verb(word: str, meant: str, capsys) -> None:
    assert main([word, "x"]) == 2
    assert f"did you mean '{meant}'" in capsys.readouterr().err


def test_the_word_of_the_caption_in_an_id(small) -> None:
    small.edit("study.toml", '[[table]]\nid = "S1"', '[[table]]\nid = "Table 3"')
    (problem,) = study_of(small).check()
    assert "its caption would begin with 'Table Table 3'" in problem.what
    assert problem.hint == 'id = "3"'
    line = (small.root / "study.toml").read_text().splitlines().index('id = "Table 3"') + 1
    assert problem.where == f"study.toml:{line}"


def test_a_unit_in_the_cell_of_a_number(small) -> None:
    small.edit("cells.csv", "A1,Si,half,1.1", "A1,Si,half,1.25 mg")
    (problem,) = study_of(small).check()
    assert problem.where == "cells.csv:2 (active_mass_mg)"
    assert "'1.25 mg' is not a number; write 1.25, the unit belongs into the head" in problem.what


def test_a_file_in_a_figure(small) -> None:
    small.edit("study.toml", 'id = "S2"\n', 'id = "S2"\nfile = "photo.jpg"\n')
    (problem,) = study_of(small).check()
    assert problem.what == "unknown key 'file'"
    assert 'image = "photo.jpg"' in problem.hint


def test_a_copied_study_is_not_out_of_date(small) -> None:
    study_of(small).run(workers=1)
    copy = small.root.with_name("copy")
    shutil.copytree(small.root, copy)
    for path in (copy / "raw").iterdir():
        os.utime(path, (1, 1))
    number = type(study_of(small)).load(copy).why("Fig. S2:Si:mean_weight")
    assert not number.stale
    (copy / "raw" / "A1.wgt").write_text("weights\n5\n9\n")
    assert type(study_of(small)).load(copy).why("Fig. S2:Si:mean_weight").stale


@pytest.mark.parametrize("name", [name for name, plugin in plugins("verbs").items() if not plugin.is_foreign])
def test_every_verb_shows_examples_that_it_understands(name: str, capsys) -> None:
    import argparse

    verb = load("verbs", name)
    assert verb.EXAMPLES
    parser = argparse.ArgumentParser(prog=f"halfcell {name}", exit_on_error=False)
    verb.add_arguments(parser)
    for example in verb.EXAMPLES:
        words = shlex.split(re.findall(r"halfcell [^>)#]*", example)[0])  # as a shell gives it, without its own signs
        assert words[:2] == ["halfcell", name]
        parser.parse_args(words[2:])
    with pytest.raises(SystemExit):
        main([name, "--help"])
    assert f"  {verb.EXAMPLES[0]}\n" in capsys.readouterr().out
