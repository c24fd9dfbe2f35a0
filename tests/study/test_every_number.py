"""Every number of numbers.csv is traced by its id to file, hash, settings and formula; a changed file changes few."""

from __future__ import annotations

from study_runs import states_of, study_of
from walked_numbers import assert_traced, walked


def test_why_answers_for_each_number_by_its_id(small) -> None:
    panels = 'panels = [{ cells = ["A1"] }, { cells = ["A1"], set = { factor = 2 } }]'
    small.edit("study.toml", 'cells = ["A1"]\nset = { factor = 2 }', panels)
    assert study_of(small).run(workers=1).exit_status == 0
    found = walked(small.root)
    assert len(found) > 10
    for row, one in found:
        assert_traced(row, one)
    assert [row["id"] for row, _ in found if row["id"].endswith("#2")]  # one label and quantity in two panels
    first = next(one for row, one in found if row["id"] == "Fig. S2:Si:mean_weight")
    assert first.alike == ("Fig. S2:Si:mean_weight#2 = 4.00(10)",)


def test_one_changed_raw_file_computes_only_what_depends_on_it(small) -> None:
    assert study_of(small).run(workers=1).exit_status == 0
    before, outputs = small.analyses, small.outputs()
    (small.root / "raw" / "A2.wgt").write_text("weights\n7\n9\n")
    outcome = study_of(small).run(workers=1)
    assert small.analyses - before == 1
    assert states_of(outcome) == {"Fig. S1": "made", "Fig. S2": "unchanged", "Table S1": "made"}
    changed = {name for name, content in small.outputs().items() if outputs[name] != content}
    assert not [name for name in changed if name.startswith("out/figures/S2")]
    for row, one in walked(small.root):
        assert_traced(row, one)
        assert bool(one.changed) is ("A2" in row["label"]), row["id"]
