"""Runs of a study: what is made, what is found again, what is made anew and why."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from pathlib import Path

import pytest

import halfcell
from halfcell.cli.common.study_arguments import Reporter
from halfcell.core.document import Document
from halfcell.core.errors import InputError, StudyError
from halfcell.core.plugins import plugins
from halfcell.study.cache.code_hash import _files_below, code_stamp, drawing_code
from halfcell.study.execute.outcome import Progress
from study_environment import PLUGIN
from study_runs import states_of, study_of


def _publish(document: Document, folder: Path) -> tuple[Path, ...]:
    path = folder / "si.txt"
    path.write_text(f"{document.title}: {', '.join(item.name for item in document.items)}\n")
    return (path,)


def test_first_run_makes_everything(small) -> None:
    outcome = study_of(small).run(workers=1)
    assert states_of(outcome) == {"Fig. S1": "made", "Fig. S2": "made", "Table S1": "made"}
    assert outcome.computed == 5 == small.analyses  # four cells, and A1 once more with another factor
    assert outcome.exit_status == 0
    made = set(small.outputs())
    assert {f"out/figures/S1.{suffix}" for suffix in ("svg", "pdf", "png", "csv")} <= made
    assert {"out/tables/S1.csv", "out/numbers.csv", "study.lock"} <= made
    table = (small.root / "out/tables/S1.csv").read_text().splitlines()
    assert table[0] == "Name,Weight (mg),Per mass"
    assert table[1] == "Si (A1),2.00,1.818"
    assert [line.split(",")[0] for line in table[1:]] == ["Si (A1)", "Si (A3)", "Si/Sn-10 (A2)", "Si/Sn-10 (A4)"]


def test_every_number_is_traced(small) -> None:
    study_of(small).run(workers=1)
    with (small.root / "out/numbers.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if row["id"] == "S1:Si (A1):weight_per_mass")
    assert row["printed"] == "1.818"
    assert float(row["value"]) == pytest.approx(2 / 1.1, rel=1e-12)
    assert row["technique"] == "weighing"
    settings = json.loads((small.root / "out/settings.json").read_text(encoding="utf-8"))["settings"]
    assert settings[row["settings"]]["active_mass_mg"] == 1.1
    path, sha256 = row["sources"].split("@")
    assert path == "raw/A1.wgt"
    assert len(sha256) == 64
    assert row["code_version"] == f"halfcell {halfcell.__version__}"
    assert len({row["id"] for row in rows}) == len(rows) == 8 + 4 * 2 + 2


def test_second_run_computes_nothing_and_touches_nothing(small) -> None:
    first = study_of(small).run(workers=1, publish=_publish)
    before = {p: p.stat().st_mtime_ns for p in small.root.rglob("*") if p.is_file()}
    second = study_of(small).run(workers=1, publish=_publish)
    assert second.nothing_changed
    assert (second.computed, second.reused) == (0, first.computed)
    assert small.analyses == 5
    assert {p: p.stat().st_mtime_ns for p in small.root.rglob("*") if p.is_file()} == before


def test_touching_a_file_computes_nothing(small) -> None:
    study_of(small).run(workers=1)
    (small.root / "raw/A1.wgt").touch()
    outcome = study_of(small).run(workers=1)
    assert not outcome.nothing_changed
    assert outcome.computed == 0
    assert small.analyses == 5


def test_one_mass_computes_only_what_depends_on_it(small) -> None:
    study_of(small).run(workers=1)
    before = small.outputs()
    small.edit("cells.csv", "1.2", "1.25")
    stale = study_of(small).why("S1:Si (A1):weight_per_mass")
    assert stale.stale
    assert "  warning: out of date, the study has changed since its last run (run again: halfcell run)\n" in str(stale)
    outcome = study_of(small).run(workers=1)
    assert outcome.computed == 1
    assert small.analyses == 6
    assert states_of(outcome) == {"Fig. S1": "made", "Fig. S2": "unchanged", "Table S1": "made"}
    reason = "Si/Sn-10 (A2): active_mass_mg 1.2 -> 1.25 (cells.csv)"
    assert outcome.items[2].reasons == (reason,)
    assert small.outputs()["out/figures/S2.svg"] == before["out/figures/S2.svg"]
    told = study_of(small).why("S1:Si/Sn-10 (A2):weight_per_mass")
    assert not told.stale
    assert told.changed == ("active_mass_mg 1.2 -> 1.25 (cells.csv)",)
    assert "active_mass_mg = 1.25  (cells.csv)" in str(told)
    assert study_of(small).why("S1:Si (A1):mean_weight").changed == ()


def test_lost_and_altered_outputs_are_made_again(small) -> None:
    study_of(small).run(workers=1)
    before = small.outputs()
    (small.root / "out/figures/S1.svg").unlink()
    (small.root / "out/tables/S1.csv").write_text("forged\n")
    outcome = study_of(small).run(workers=1)
    assert outcome.computed == 0
    assert states_of(outcome) == {"Fig. S1": "made", "Fig. S2": "unchanged", "Table S1": "made"}
    assert outcome.items[0].reasons == ("its files were missing or had been changed",)
    assert small.outputs() == before


def test_lost_and_damaged_store_is_made_again(small) -> None:
    study_of(small).run(workers=1)
    before = small.outputs()
    results = sorted((small.root / ".halfcell/results").rglob("*.results"))
    results[0].write_bytes(results[0].read_bytes()[:-20])
    results[1].unlink()
    (small.root / "out/figures/S1.svg").unlink()
    (small.root / "out/tables/S1.csv").unlink()
    study_of(small).run(workers=1)
    assert small.outputs() == before


def test_an_item_that_is_gone_takes_its_files_with_it(small) -> None:
    study_of(small).run(workers=1)
    small.edit("study.toml", 'id = "S2"', 'id = "S7"')
    outcome = study_of(small).run(workers=1)
    assert outcome.computed == 0
    assert not (small.root / "out/figures/S2.svg").exists()
    assert (small.root / "out/figures/S7.svg").exists()


def test_one_item_alone(small) -> None:
    outcome = study_of(small).run(["Fig. S2"], workers=1)
    assert states_of(outcome) == {"Fig. S2": "made"}
    assert small.analyses == 1
    outcome = study_of(small).run(workers=1)
    assert outcome.computed == 4
    assert states_of(outcome) == {"Fig. S1": "made", "Fig. S2": "unchanged", "Table S1": "made"}
    with pytest.raises(InputError, match="no item 'S9'"):
        study_of(small).run(["S9"])


def test_processes_and_one_process_give_the_same_bytes(drawn, write) -> None:
    study_of(drawn).run(workers=1)
    other = write("other")
    halfcell.Study.load(other).run(workers=2)
    again = {p.relative_to(other).as_posix(): p.read_bytes() for p in (other / "out").rglob("*") if p.is_file()}
    assert again == {name: content for name, content in drawn.outputs().items() if name.startswith("out/")}


def test_mistakes_run_nothing(small) -> None:
    small.edit("study.toml", '"Si", "Si/Sn-10"', '"Si", "Si/Sn-11"')
    with pytest.raises(StudyError) as caught:
        study_of(small).run(workers=1)
    assert [str(p) for p in caught.value.problems] == [
        "study.toml:24: unknown sample 'Si/Sn-11' (hint: did you mean 'Si/Sn-10'?)"
    ]
    assert small.analyses == 0
    assert not (small.root / "out").exists()


def test_two_runs_at_once_are_refused(small) -> None:
    from halfcell.study.cache.run_lock import only_run_in

    with only_run_in(small.root), pytest.raises(InputError, match="another run is already working on this study"):
        study_of(small).run(workers=1)


def test_the_api_makes_tables_figures_and_the_document(small) -> None:
    study = study_of(small)
    table = study.table("S1")
    assert table.rows[0][1].text == "2.00"
    assert table.simulated
    assert len(study.figure("S1").panels) == 1
    document = study.document()
    assert document.simulated
    assert [item.name for item in document.items] == ["Fig. S1", "Fig. S2", "Table S1"]
    assert document.truth is not None
    assert [entry.text for entry in document.truth.rows[0]][4:8] == ["2", "2.00(10)", "+0.00", "+0.0"]
    assert "Weights" in study._repr_html_()
    with pytest.raises(InputError, match="not a figure"):
        study.figure("Table S1")


def test_an_edited_show_is_drawn_again(small, tmp_path, monkeypatch) -> None:
    copied = tmp_path / "edited"
    shutil.copytree(PLUGIN, copied)
    monkeypatch.setattr(sys, "path", [str(copied), *(entry for entry in sys.path if entry != str(PLUGIN))])
    monkeypatch.setattr("halfcell.study.cache.code_hash.module_source", lambda module: copied / f"{module}.py")
    study_of(small).run(workers=1)
    (copied / "fake_weighing.py").touch()
    outcome = study_of(small).run(workers=1)
    assert not outcome.nothing_changed
    assert set(states_of(outcome).values()) == {"unchanged"}, "a time says nothing"
    drawing_code.cache_clear()
    with (copied / "fake_weighing.py").open("a") as file:
        file.write("\n# edited\n")
    outcome = study_of(small).run(workers=1)
    assert set(states_of(outcome).values()) == {"made"}
    assert outcome.computed == 0, "results follow the declared version"
    assert outcome.items[0].reasons == ("the code that draws it changed",)
    assert study_of(small).run(workers=1).nothing_changed


def test_what_a_file_from_elsewhere_imports_is_its_code(plugin, tmp_path, monkeypatch) -> None:
    copied = tmp_path / "edited"
    shutil.copytree(PLUGIN, copied)
    monkeypatch.setattr("halfcell.study.cache.code_hash.module_source", lambda module: copied / f"{module}.py")
    drawing_code.cache_clear()
    before = {name: drawing_code(name) for name in ("staging", "weighing")}
    stamp = code_stamp(["staging"])
    with (copied / "fake_weighing.py").open("a") as file:
        file.write("\n# edited\n")
    drawing_code.cache_clear()
    assert drawing_code("staging") != before["staging"], "it imports fake_weighing"
    assert code_stamp(["staging"]) != stamp
    before = {name: drawing_code(name) for name in ("staging", "weighing")}
    with (copied / "fake_staging.py").open("a") as file:
        file.write("\n# edited\n")
    drawing_code.cache_clear()
    assert drawing_code("staging") != before["staging"]
    assert drawing_code("weighing") == before["weighing"]
    drawing_code.cache_clear()


def test_the_script_that_draws_in_a_report_is_its_code() -> None:
    assets = Path(halfcell.__file__).parent / "render" / "assets"
    assert set(assets.glob("*.js")) <= set(map(Path, _files_below(("render",))))


def test_the_code_of_one_technique_does_not_touch_another() -> None:
    everything = {name: drawing_code(name) for name in plugins("techniques")}
    assert len(set(everything.values())) == len(everything)
    assert all(len(word) == 64 for word in everything.values())


@pytest.mark.parametrize("workers", [1, 2])
def test_progress_names_the_analyses_at_work(small, workers) -> None:
    told: list[Progress] = []
    halfcell.Study.load(small.root).run(workers=workers, on_progress=told.append)
    assert (told[0].done, told[0].busy[0]) == (0, "weighing of A1")
    named = {name for one in told for name in one.busy}
    assert {"weighing of A1", "weighing of A4", "Fig. S1", "Fig. S2", "Table S1"} <= named
    assert all(len(one.busy) <= workers for one in told)


def test_the_bar_names_what_is_at_work_in_one_line(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    report = Reporter(bar=True)
    blanked = f"\r{' ' * 59}\r"
    report(Progress(done=1, total=4, busy=("diffraction of Si", "Fig. S1")))
    assert capsys.readouterr().err == f"{blanked}[######..................] 1/4 diffraction of Si, Fig. S1"
    report(Progress(done=1, total=4, busy=("diffraction of Si/a-Sn/CoSi2/G/C", "Fig. S1")))
    shown = capsys.readouterr().err.removeprefix(blanked)
    assert len(shown) == 59
    assert shown.endswith("...")
    Reporter(bar=False)(Progress(done=1, total=4, busy=("x",)))
    assert capsys.readouterr().err == ""
