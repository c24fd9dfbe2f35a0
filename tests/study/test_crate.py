"""The crate of a study: of one moment, complete, with files from outside, and its study gives the same numbers."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil

import pytest

from crates import files_of, graph_of, listed, numbers_of, write_crate
from halfcell import report
from halfcell.core.errors import InputError
from halfcell.study.items.deposit import deposit_of_study
from study_runs import study_of


def test_every_file_is_described_and_every_action_refers_to_what_is_there(small, tmp_path) -> None:
    crate = write_crate(small, tmp_path / "crate")
    graph = graph_of(crate)
    assert graph["./"]["datePublished"] == "2026-11-22"
    parts = {part["@id"] for part in graph["./"]["hasPart"]}
    assert files_of(crate) == parts | {"ro-crate-metadata.json"}
    for part in parts:
        assert graph[part]["sha256"] == hashlib.sha256((crate / part).read_bytes()).hexdigest()
        assert graph[part]["contentSize"] == str((crate / part).stat().st_size)
    actions = {entity["name"]: entity for entity in graph.values() if entity["@type"] == "CreateAction"}
    assert list(actions) == ["Fig. S1", "Fig. S2", "Table S1"]
    for action in actions.values():
        referred = [*listed(action["object"]), *listed(action["result"]), action["instrument"]]
        assert all(one["@id"] in graph for one in referred)
    assert {"@id": "raw/A1.wgt"} in actions["Fig. S2"]["object"]
    assert {"@id": "out/figures/S2.svg"} in actions["Fig. S2"]["result"]
    assert actions["Table S1"]["result"] == {"@id": "out/tables/S1.csv"}


def test_a_crate_is_one_moment(small, tmp_path) -> None:
    assert study_of(small).run(workers=1).exit_status == 0
    before = numbers_of(small.root)
    (small.root / "raw" / "A1.wgt").write_text("weights\n7\n9\n")
    crate = write_crate(small, tmp_path / "crate")
    assert numbers_of(crate) != before
    raw = hashlib.sha256((crate / "raw" / "A1.wgt").read_bytes()).hexdigest()
    assert raw in numbers_of(crate).decode()
    lock = json.loads((crate / "study.lock").read_text(encoding="utf-8"))
    assert raw in {sha for step in lock["steps"].values() for sha in step["sources"].values()}
    for key, item in lock["items"].items():
        for path, sha256 in item["outputs"].items():
            assert hashlib.sha256((crate / path).read_bytes()).hexdigest() == sha256, key
    assert study_of(small).run(workers=1).exit_status == 0
    assert numbers_of(crate) == numbers_of(small.root)
    assert (crate / "out/figures/S2.csv").read_bytes() == (small.root / "out/figures/S2.csv").read_bytes()


def test_drawings_of_another_state_are_not_taken(small, tmp_path) -> None:
    assert study_of(small).run(workers=1).exit_status == 0
    first = (small.root / "out" / "figures" / "S2.csv").read_bytes()
    small.edit("study.toml", "factor = 2", "factor = 3")
    assert study_of(small).run(workers=1).exit_status == 0
    small.edit("study.toml", "factor = 3", "factor = 2")  # the record of the first run is there, its drawings are not
    crate = write_crate(small, tmp_path / "crate")
    assert (crate / "out" / "figures" / "S2.csv").read_bytes() == first


def test_a_file_that_changes_meanwhile_refuses_the_crate(small, tmp_path) -> None:
    folder = write_crate(small, tmp_path / "crate")
    before = {name: (folder / name).read_bytes() for name in files_of(folder)}
    deposit = deposit_of_study(small.root / "study.toml")
    (small.root / "raw" / "A2.wgt").write_text("weights\n7\n9\n")
    with pytest.raises(InputError, match=r"raw/A2.wgt: has changed since its numbers were computed"):
        report.write_crate(deposit, folder, (), "2026-11-22")
    assert {name: (folder / name).read_bytes() for name in files_of(folder)} == before
    assert [path.name for path in tmp_path.iterdir() if "crate" in path.name] == ["crate"]
    deposit = deposit_of_study(small.root / "study.toml")
    small.edit("cells.csv", "1.1", "1.7")
    with pytest.raises(InputError, match=r"cells.csv: has changed"):
        report.write_crate(deposit, folder, (), "2026-11-22")


def test_a_stale_file_is_not_deposited(small, tmp_path) -> None:
    crate = write_crate(small, tmp_path / "crate")
    assert "raw/A4.wgt" in files_of(crate)
    (small.root / "raw" / "A4.wgt").unlink()
    text = (small.root / "cells.csv").read_text(encoding="utf-8")
    (small.root / "cells.csv").write_text("".join(line for line in text.splitlines(True) if "A4" not in line))
    assert "raw/A4.wgt" not in files_of(write_crate(small, tmp_path / "crate"))


def test_files_of_somebody_else_are_not_removed(small, tmp_path) -> None:
    crate = write_crate(small, tmp_path / "crate")
    (crate / "cover letter.txt").write_text("Dear editor")
    with pytest.raises(InputError, match=r"halfcell did not write cover letter.txt"):
        write_crate(small, tmp_path / "crate")
    assert (crate / "cover letter.txt").is_file()


def move_raw_files_out(small) -> None:
    """The files of A1 and A2 go to two folders outside the study, under names that are alike; the others stay."""
    outside = small.root.parent / "lab"
    for cell in ("A1", "A2"):
        (outside / "ext" / cell).mkdir(parents=True)
        shutil.move(small.root / "raw" / f"{cell}.wgt", outside / "ext" / cell / "data.wgt")
    for cell in ("A3", "A4"):
        (small.root / "ext" / cell).mkdir(parents=True)
        shutil.move(small.root / "raw" / f"{cell}.wgt", small.root / "ext" / cell / "data.wgt")
    patterns = 'weighing = ["../lab/ext/{cell}/data.wgt", "ext/{cell}/data.wgt"]  # two drives'
    small.edit("study.toml", 'weighing = "raw/{cell}.wgt"', patterns)


def test_a_crate_with_outside_files_gives_the_same_numbers_elsewhere(small, tmp_path) -> None:
    move_raw_files_out(small)
    crate = write_crate(small, tmp_path / "crate")
    raw = sorted(name for name in files_of(crate) if name.endswith(".wgt"))
    assert [name.split("/", 2)[-1] for name in raw] == ["data.wgt", "data.wgt", "A1/data.wgt", "A2/data.wgt"]
    assert "# two drives" in (crate / "study.toml").read_text(encoding="utf-8")
    elsewhere = tmp_path / "another" / "disk" / "study"
    elsewhere.parent.mkdir(parents=True)
    shutil.move(crate, elsewhere)
    shutil.rmtree(small.root.parent / "lab")
    deposited = numbers_of(elsewhere)
    small_elsewhere = type(small)(elsewhere, small.log)
    assert study_of(small_elsewhere).check() == ()
    assert study_of(small_elsewhere).run(workers=1).exit_status == 0
    assert numbers_of(elsewhere) == deposited


def test_a_path_that_cannot_be_replaced_refuses_the_crate(small, tmp_path) -> None:
    move_raw_files_out(small)
    small.edit("study.toml", '"../lab/ext/{cell}/data.wgt"', '"../la\\u0062/ext/{cell}/data.wgt"')
    with pytest.raises(InputError, match=r"the crate cannot replace \.\./lab/ext"):
        write_crate(small, tmp_path / "crate")
    assert not (tmp_path / "crate").exists()


def test_a_failed_item_says_so(small, tmp_path) -> None:
    (small.root / "raw" / "A1.wgt").write_text("weights\nx\n")
    crate = write_crate(small, tmp_path / "crate")
    actions = {entity["name"]: entity for entity in graph_of(crate).values() if entity["@type"] == "CreateAction"}
    assert actions["Fig. S2"]["actionStatus"] == "http://schema.org/FailedActionStatus"
    assert "raw/A1.wgt" in files_of(crate)


def test_tables_bibliography_and_absolute_folders_from_outside(small, tmp_path) -> None:
    pytest.importorskip("citeproc", reason="citeproc-py is not installed")
    lab = tmp_path / "lab"
    lab.mkdir()
    for name in ("samples.csv", "cells.csv", "raw"):
        shutil.move(small.root / name, lab / name)
    (lab / "refs.bib").write_text("@article{a, title={T}, author={B, A}, journal={J}, year={2020}}\n", encoding="utf-8")
    small.edit("study.toml", 'weighing = "raw/{cell}.wgt"', f'weighing = "{lab.as_posix()}/raw/{{cell}}.wgt"')
    small.edit("study.toml", "Weights of all.", "Weights of all [@a].")
    small.edit(
        "study.toml",
        'title = "Weights"\n',
        'title = "Weights"\nsamples = "../lab/samples.csv"\ncells = "../lab/cells.csv"\n',
    )
    text = (small.root / "study.toml").read_text(encoding="utf-8")
    (small.root / "study.toml").write_text(f'{text}\n[references]\nfile = "../lab/refs.bib"\n', encoding="utf-8")
    crate = write_crate(small, tmp_path / "crate")
    assert str(lab) not in (crate / "study.toml").read_text(encoding="utf-8")
    assert str(lab) not in (crate / "out" / "numbers.csv").read_text(encoding="utf-8-sig")
    deposited = numbers_of(crate)
    shutil.rmtree(lab)
    assert study_of(type(small)(crate, small.log)).run(workers=1).exit_status == 0
    assert numbers_of(crate) == deposited


def test_a_study_that_would_differ_in_the_crate_is_refused(small, tmp_path) -> None:
    deposit = deposit_of_study(small.root / "study.toml")
    first, *others = deposit.plan.items
    slot, *slots = first.parts[0]
    other = dataclasses.replace(slot, step=dataclasses.replace(slot.step, id="0" * 64))
    items = (dataclasses.replace(first, parts=((other, *slots),)), *others)
    deposit = dataclasses.replace(deposit, plan=dataclasses.replace(deposit.plan, items=items))
    with pytest.raises(InputError, match="the crate's study would give another figure S1"):
        report.write_crate(deposit, tmp_path / "crate", (), "2026-11-22")
    assert not (tmp_path / "crate").exists()


def test_a_table_that_vanished_is_told(small, tmp_path) -> None:
    deposit = deposit_of_study(small.root / "study.toml")
    (small.root / "samples.csv").unlink()
    with pytest.raises(InputError, match=r"samples\.csv: cannot be read"):
        report.write_crate(deposit, tmp_path / "crate", (), "2026-11-22")
