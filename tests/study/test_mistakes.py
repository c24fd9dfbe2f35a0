"""Mistakes of a study: all of them at once, each with its place and a hint; nothing is run."""

from __future__ import annotations

import json

import pytest

import halfcell
from halfcell.core.errors import InputError

STUDY = """title = "Mistakes"
samples = "sample.csv"

[raw]
weighing = "raw/{cell}.wgt"
staging = "raw/{cell}_*.wgd"
wheying = "raw/{cell}.wgt"
diffraction = "raw/*.xy"

[settings.weighing]
facter = 2
blank = "raw/blnk.wgt"

[[figure]]
id = "S1"
technique = "weighing"
show = "barz"
cells = ["A1"]

[[figure]]
id = "S1"
technique = "weighing"
cells = ["A1", "B1"]
set = { factor = "two" }
width_mm = 1000

[[table]]
id = "S2"
technique = "weighing"
samples = ["Si", "Sn"]
colour = "red"

[[figure]]
id = "S3"
panels = [
  { technique = "weighing", cells = ["A1"] },
  { technique = "weighing", show = "bars", cells = ["A2"], select = { state = "full" } },
]

[truth]
file = "truths.csv"
"""

EXPECTED = """
study.toml:2: no such file 'sample.csv' (hint: did you mean 'samples.csv'?)
study.toml:6: pattern 'raw/{cell}_*.wgd' matches no file (hint: found raw/A1.wgt and 4 more files)
study.toml:7: unknown technique 'wheying' (hint: did you mean 'weighing'?)
study.toml:8: pattern 'raw/*.xy' contains neither {cell} nor {sample}
study.toml:11: unknown setting 'facter' (hint: did you mean 'factor'?)
study.toml:12: blank: no such file 'raw/blnk.wgt' (hint: did you mean 'blank.wgt'?)
study.toml:17: unknown show 'barz' (hint: did you mean 'bars'?)
study.toml:21: two figures have the id 'S1' (hint: the first is at study.toml:15
study.toml:23: unknown cell 'B1' (hint: known: A1, A2
study.toml:24: factor: 'two' is not a number
study.toml:25: width_mm: input should be less than or equal to 300 (hint: got 1000)
study.toml:30: unknown sample 'Sn' (hint: known: Si, Si/Sn-10)
study.toml:31: unknown key 'colour'
study.toml:37: the file names have no {state}
study.toml:41: no such file 'truths.csv' (hint: did you mean 'truth.csv'?)
cells.csv:1 (area_mg): column 'area_mg': 'mg' is not a unit of area
cells.csv:3 (active_mass_mg): active_mass_mg is -1.2; it must be positive
cells.csv:4 (kind): 'haf' is not a kind of cell; did you mean 'half'?
cells.csv:5 (cell): cell 'A1' appears twice (hint: first in cells.csv:2 (cell))
cells.csv:6 (active_mass_mg): '1,3' is not a number; use a decimal point
""".strip().splitlines()


@pytest.fixture
def wrong(small):
    """A study with twenty mistakes."""
    (small.root / "study.toml").write_text(STUDY)
    (small.root / "cells.csv").write_text(
        "cell,sample,kind,active_mass_mg,area_mg\n"
        "A1,Si,half,1.1,1\n"
        "A2,Si/Sn-10,half,-1.2,1\n"
        "A3,Si,haf,1.3,1\n"
        "A1,Si,half,1.4,1\n"
        'A4,Si,half,"1,3",1\n'
    )
    (small.root / "raw/blank.wgt").write_text("weights\n1\n")
    return small


def test_all_mistakes_at_once(wrong) -> None:
    problems = [str(problem) for problem in halfcell.Study.load(wrong.root).check()]
    for expected in EXPECTED:
        assert any(problem.startswith(expected) for problem in problems), expected
    assert len(problems) == len(EXPECTED), [p for p in problems if not any(p.startswith(e) for e in EXPECTED)]
    assert wrong.analyses == 0


def test_the_verbs_say_so_and_run_nothing(wrong, shell) -> None:
    checked = shell("check", "--study", str(wrong.root))
    assert checked.returncode == 1
    assert checked.stderr.count("error: ") == len(EXPECTED)
    assert "   at: study.toml:17\n hint: did you mean 'bars'?" in checked.stderr
    ran = shell("run", "--study", str(wrong.root), "--json")
    assert ran.returncode == 2
    assert len(json.loads(ran.stdout)["problems"]) == len(EXPECTED)
    assert "Traceback" not in checked.stderr + ran.stderr
    assert not (wrong.root / "out").exists()
    assert wrong.analyses == 0


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"title = Weights", "not TOML"),
        (b"\xff\xfe\x00title", "not UTF-8"),
        (b"[[figure]\nid=1", "not TOML"),
    ],
)
def test_what_is_no_study_file(small, content, message) -> None:
    (small.root / "study.toml").write_bytes(content)
    with pytest.raises(InputError, match=message):
        halfcell.Study.load(small.root).check()


def test_no_study_there(tmp_path, shell) -> None:
    done = shell("run", "--study", str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert done.stderr.startswith("halfcell: ")
    assert "no such study file" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('technique = "weighing"\nsamples = ["Si"]\ncells = ["A1"]', "both samples and cells are given"),
        ('technique = "xdr"', "did you mean 'xrd'"),
        ('technique = "xrd"', "[raw] has no files for diffraction"),
        (
            'technique = "weighing"\nshow = "weights"',
            "unknown show 'weights' (hint: it is a table of weighing, not a figure)",
        ),
        ('show = "bars"\npanels = [{ technique = "weighing" }]', "'show' and panels are both given"),
        ('show = "stripes"', "technique is missing"),
    ],
)
def test_mistakes_of_an_item(small, line, message) -> None:
    (small.root / "study.toml").write_text(f'[raw]\nweighing = "raw/{{cell}}.wgt"\n[[figure]]\nid = "S1"\n{line}\n')
    problems = [str(problem) for problem in halfcell.Study.load(small.root).check()]
    assert len(problems) == 1
    assert message in problems[0]


def test_files_that_nothing_takes_are_listed(small) -> None:
    (small.root / "raw/A44.wgt").write_text("weights\n1\n")
    (small.root / "raw/notes.doc").write_text("x")
    outcome = halfcell.Study.load(small.root).run(workers=1)
    assert outcome.unmatched == (
        "raw/A44.wgt: cell 'A44' is not in the table of cells; did you mean 'A4'?",
        "raw/notes.doc: no pattern in [raw] matches",
    )


def test_a_bad_row_is_the_only_mistake_told(small) -> None:
    small.edit("cells.csv", "A3,Si,half,1.3\n", "A3,,Si,half,1.3\n")
    small.edit("study.toml", 'cells = ["A1"]', 'cells = ["A1", "A3", "A4"]')
    (problem,) = halfcell.Study.load(small.root).check()
    assert str(problem).startswith("cells.csv:4: 5 cells in a table of 4 columns (hint: one comma too many?")


def test_a_table_that_cannot_be_read_is_told_without_what_follows(small) -> None:
    small.edit("cells.csv", "cell,sample,kind,", "cell,sample,sample,")
    small.edit("study.toml", 'samples = ["Si", "Si/Sn-10"]', 'cells = ["A1", "B7"]')
    (problem,) = halfcell.Study.load(small.root).check()
    assert str(problem) == "cells.csv:1: column 'sample' appears twice (hint: rename one)"


def test_roots_stand_before_other_mistakes(small) -> None:
    small.edit("cells.csv", "A4,Si/Sn-10", "A4,,Si/Sn-10")
    small.edit("study.toml", "factor = 2", "facter = 2")
    assert [one.where for one in halfcell.Study.load(small.root).check()] == ["cells.csv:5", "study.toml:19"]


def test_a_wrong_pattern_is_told_once(small) -> None:
    small.edit("study.toml", "raw/{cell}.wgt", "row/{cell}.wgt")
    (problem,) = halfcell.Study.load(small.root).check()
    assert problem.what == "pattern 'row/{cell}.wgt' matches no file"


@pytest.mark.parametrize(("head", "meant"), [("knd", "kind"), ("lable", "label"), ("sampel", "sample")])
def test_a_column_nearly_of_a_known_name_is_asked_about(small, head, meant) -> None:
    small.edit("cells.csv", "active_mass_mg\n", f"active_mass_mg,{head},operator\n")
    small.edit("cells.csv", "A4,Si/Sn-10,half,1.4", "A4,Si/Sn-10,half,1.4,full,Ada")
    assert halfcell.Study.load(small.root).check() == ()
    assert halfcell.Study.load(small.root).remarks() == (
        f"cells.csv:1: column {head!r} is not used; did you mean {meant!r}?",
        "cells.csv:1: column 'operator' is not a known column; only a setting of that name would use it",
    )


def test_files_of_no_known_format_are_told_before_a_run(small) -> None:
    (small.root / "raw/A2.wgt").write_bytes(b"")
    (small.root / "raw/A3.wgt").write_text("no weights at all\n")
    remarks = halfcell.Study.load(small.root).remarks()
    assert remarks[0] == "raw/A2.wgt: the file is empty"
    assert remarks[1].startswith("raw/A3.wgt: no reader recognises the file")
    assert len(remarks) == 2
