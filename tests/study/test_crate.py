"""The crate of a study: of one moment, complete, with files from outside, and its study gives the same numbers."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path

import pytest

from halfcell import report
from halfcell.core.errors import InputError
from halfcell.study.items.deposit import deposit_of_study
from study_runs import study_of


def write_crate(small, folder: Path, date: str = "2026-11-22") -> Path:
    """Write the crate of a study into a folder; returns the folder."""
    report.write_crate(deposit_of_study(small.root / "study.toml"), folder, (), date)
    return folder


def graph_of(crate: Path) -> dict[str, dict]:
    """The entities of a crate by their ids."""
    entities = json.loads((crate / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    assert len({entity["@id"] for entity in entities}) == len(entities)
    return {entity["@id"]: entity for entity in entities}


def listed(value: object) -> list:
    """The values of a property: a single one stands alone."""
    return value if isinstance(value, list) else [value]


def files_of(crate: Path) -> set[str]:
    """The files in a crate."""
    return {path.relative_to(crate).as_posix() for path in crate.rglob("*") if path.is_file()}


def numbers_of(root: Path) -> bytes:
    """numbers.csv of a study or a crate."""
    return (root / "out" / "numbers.csv").read_bytes()


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


PUBLICATION = """
[[author]]
name = "Josiah Carberry"
affiliation = "Brown University"
ror = "https://ror.org/05gq02987"
orcid = "0000-0002-1825-0097"
email = "josiah.carberry@example.org"

[publication]
license = "CC-BY-4.0"
doi = "10.5281/zenodo.1234"
keywords = ["silicon", "weights"]
publisher = "Zenodo"
publisher_url = "https://zenodo.org"
funding = [{ funder = "A foundation", award = "4711" }]
related = [{ id = "10.1021/acs.chemmater.1c00001", title = "The paper" }]

[raw]"""


def publish(small) -> None:
    """Give the study what a repository asks for, and its first sample and cell identifiers."""
    small.edit("study.toml", "\n[raw]", PUBLICATION)
    small.edit("samples.csv", "name,Si_wt_percent\nSi,100\n", "name,Si_wt_percent,igsn\nSi,100,10.60510/ABC\n")
    small.edit("samples.csv", "Si/Sn-10,90", "Si/Sn-10,90,")
    head, first, *others = (small.root / "cells.csv").read_text(encoding="utf-8").splitlines()
    lines = [f"{head},instrument_pid", f"{first},21.T11148/7fce73bf96c8af63d0ea", *(f"{line}," for line in others)]
    (small.root / "cells.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_what_a_repository_asks_for_is_in_the_crate(small, tmp_path) -> None:
    publish(small)
    assert study_of(small).run(workers=1).exit_status == 0
    graph = graph_of(write_crate(small, tmp_path / "crate"))
    root = graph["./"]
    assert graph[root["license"]["@id"]]["identifier"] == "CC-BY-4.0"
    author = graph[root["author"]["@id"]]
    assert (author["@id"], author["affiliation"]) == (
        "https://orcid.org/0000-0002-1825-0097",
        {"@id": "https://ror.org/05gq02987"},
    )
    assert graph[root["identifier"]["@id"]]["value"] == "doi:10.5281/zenodo.1234"
    assert graph[root["citation"]["@id"]]["name"] == "The paper"
    assert graph[graph[root["funding"]["@id"]]["funder"]["@id"]]["name"] == "A foundation"
    assert graph[graph["#sample-Si"]["identifier"]["@id"]]["value"] == "10.60510/ABC"
    assert graph["#cell-A1"]["isRelatedTo"] == {"@id": "https://hdl.handle.net/21.T11148/7fce73bf96c8af63d0ea"}
    assert graph["raw/A1.wgt"]["about"] == {"@id": "#cell-A1"}
    assert graph["raw/A1.wgt"]["encodingFormat"][0] == "text/plain"
    for action in (entity for entity in graph.values() if entity["@type"] == "CreateAction"):
        assert action["agent"] == {"@id": author["@id"]}
        assert action["actionStatus"] == "http://schema.org/CompletedActionStatus"
        assert action["endTime"].endswith("+00:00")


def test_the_forms_of_repositories(small, tmp_path) -> None:
    publish(small)
    small.edit("study.toml", 'name = "Josiah Carberry"', 'name = "Josiah Carberry"\nfamily_name = "Carberry"')
    small.edit("study.toml", "\n[publication]", '\n[[author]]\nname = "Ada \\"L\\" Lovelace"\n\n[publication]')
    crate = write_crate(small, tmp_path / "crate")
    zenodo = json.loads((crate / ".zenodo.json").read_text(encoding="utf-8"))
    assert zenodo["creators"] == [
        {"name": "Carberry, Josiah", "affiliation": "Brown University", "orcid": "0000-0002-1825-0097"},
        {"name": 'Ada "L" Lovelace'},
    ]
    assert (zenodo["license"], zenodo["doi"], zenodo["upload_type"]) == ("cc-by-4.0", "10.5281/zenodo.1234", "dataset")
    assert zenodo["related_identifiers"] == [
        {"identifier": "10.1021/acs.chemmater.1c00001", "relation": "isSupplementTo"}
    ]
    cited = pytest.importorskip("yaml").safe_load((crate / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["authors"][0]["family-names"] == "Carberry"
    assert cited["authors"][1] == {"name": 'Ada "L" Lovelace'}
    assert (cited["type"], cited["license"], cited["doi"]) == ("dataset", "CC-BY-4.0", "10.5281/zenodo.1234")
    assert "halfcell run" in (crate / "README.md").read_text(encoding="utf-8")


def test_an_archive_for_notebooks(small, tmp_path) -> None:
    publish(small)
    deposit = deposit_of_study(small.root / "study.toml")
    path = report.write_eln(deposit, tmp_path / "weights.eln", (), "2026-11-22")
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert {name.split("/")[0] for name in names} == {"weights.eln"}  # one folder, named like the archive
        metadata = json.loads(archive.read("weights.eln/ro-crate-metadata.json"))
        graph = {entity["@id"]: entity for entity in metadata["@graph"]}
        assert graph["./"]["hasPart"] == {"@id": "./study/"}
        assert graph[graph["ro-crate-metadata.json"]["sdPublisher"]["@id"]]["@type"] == "Organization"
        parts = [part["@id"] for part in graph["./study/"]["hasPart"]]
        assert {f"weights.eln/{part.removeprefix('./')}" for part in parts} == set(names) - {
            "weights.eln/ro-crate-metadata.json"
        }
        raw = archive.read("weights.eln/study/raw/A1.wgt")
        assert graph["./study/raw/A1.wgt"]["sha256"] == hashlib.sha256(raw).hexdigest()
        assert graph["./study/"]["author"] == {"@id": "https://orcid.org/0000-0002-1825-0097"}
    again = report.write_eln(deposit, tmp_path / "again" / "weights.eln", (), "2026-11-22")
    assert again.read_bytes() == path.read_bytes()
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
